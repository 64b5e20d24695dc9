"""One public disclosure as the index holds it: tokens to find it by, filters, text to show."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import tantivy
from django.conf import settings

from gongkai.disclosures import record_templates
from gongkai.disclosures.masking import masked_values
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.reading_values import shown_value
from gongkai.disclosures.schema import Field, Kind, Surface, Values
from gongkai.search.pinyin import initial_pairs, syllables
from gongkai.search.tokens import fold, indexed_tokens

LONGEST_PLAIN = 20_000
NO_VALIDITY = "none"
_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|div|li|h\d|tr|td|th|table)>|<br\s*/?>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def plain_text(markup: str) -> str:
    """The words of sanitised HTML on one line; block ends become spaces, so words never fuse."""
    words = html.unescape(_TAG.sub("", _BLOCK_END.sub(" ", markup)))
    return _SPACE.sub(" ", words).strip()


def to_document(disclosure: Disclosure) -> tantivy.Document:
    """The document of a public disclosure; body, division, domain and item must be loaded."""
    moment = published_at(disclosure)
    plain = shown_text(disclosure)
    title = fold(disclosure.title)
    read = syllables(disclosure.title)
    document = tantivy.Document()
    document.add_text("code", disclosure.code)
    document.add_text("title_tokens", " ".join(indexed_tokens(title)))
    everything = " \n ".join((title, fold(plain), fold(_found_by(disclosure))))
    document.add_text("tokens", " ".join(indexed_tokens(everything)))
    document.add_text("syllables", " ".join(read))
    document.add_text("initials", " ".join(initial_pairs(read)))
    document.add_bytes("plain", plain.encode())
    document.add_unsigned("published", int(moment.timestamp() * 1_000_000))
    document.add_float("recency", recency(moment))
    for name, value in _filters(disclosure, moment).items():
        document.add_text(name, value)
    place = disclosure.body.division.code
    for length in range(1, len(place) + 1):
        document.add_text("place", place[:length])
    return document


def recency(moment: dt.datetime) -> float:
    """A gentle weight (0.2 a decade) that lets the newer of two like records stand first."""
    return max(1.0, 1.0 + (moment.timestamp() / 31_557_600 - 30) * 0.02)


def shown_text(disclosure: Disclosure) -> str:
    """The text that a snippet is cut from: the summary, the prose, the values shown on the web."""
    parts = (disclosure.summary, plain_text(disclosure.text), *_shown_values(disclosure))
    return " ".join(part for part in parts if part)[:LONGEST_PLAIN]


def _shown_values(disclosure: Disclosure) -> Iterator[str]:
    """Each value as it stands on the web: what is masked there can be neither found nor shown."""
    template = record_templates.registry().get(disclosure.template)
    if template is None:
        return
    values = masked_values(template, disclosure.values, Surface.WEB)
    yield from _texts(template.fields, values)


def _texts(fields: tuple[Field, ...], values: Values) -> Iterator[str]:
    for field in fields:
        value = values.get(field.name)
        if field.kind is Kind.TABLE and isinstance(value, list):
            for row in value:
                yield from _texts(field.columns, row)
        elif field.kind is Kind.PROSE and value:
            yield plain_text(str(value))
        elif value:
            yield shown_value(field, value)


def _found_by(disclosure: Disclosure) -> str:
    """What else a reader may type: numbers, the body, the domain, the item, the file names."""
    body, domain, item = disclosure.body, disclosure.domain, disclosure.item
    files = [str(entry.get("title", "")) for entry in disclosure.attachment_list]
    return " \n ".join(
        (
            disclosure.document_number,
            disclosure.index_number,
            disclosure.code,
            body.name,
            body.short_name,
            body.division.name,
            domain.name if domain else "",
            item.path if item else "",
            *files,
        )
    )


def _filters(disclosure: Disclosure, moment: dt.datetime) -> dict[str, str]:
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    place = disclosure.body.division.code
    return {
        "body": disclosure.body.code,
        "domain": disclosure.domain.code if disclosure.domain else "",
        "year": str(local.year),
        "template": disclosure.template,
        "validity": disclosure.validity or NO_VALIDITY,
        "township": place[:9],
        "village": place,
    }


def published_at(disclosure: Disclosure) -> dt.datetime:
    """The time of first publication, which every public record has (a database constraint)."""
    if disclosure.published_at is None:
        raise ValueError(f"{disclosure.code} was never public")
    return disclosure.published_at
