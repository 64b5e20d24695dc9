"""The canonical record: what is reviewed, published, logged and hashed, in one spelling.

It holds what the web may show. Where raw personal values stand behind it, ``sealed`` is a keyed
digest of them: a change of what is masked changes the digest too, and it gives no name away.
"""

from __future__ import annotations

import copy
from typing import Any, Final

from django.utils.crypto import salted_hmac
from wagtail.models import Revision

from gongkai.disclosures import record_templates
from gongkai.disclosures.masking import masked_values
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.schema import Surface
from gongkai.log.rules import canonical_json, digest

FORMAT: Final = "gongkai.disclosure/1"

CONTENT_FIELDS: Final = (
    "title",
    "summary",
    "domain_id",
    "item_id",
    "item_key",
    "duty_id",
    "index_number",
    "document_number",
    "dated_on",
    "valid_from",
    "valid_until",
    "validity",
    "text",
    "values",
    "attachment_list",
    "collaborators",
)
"""Columns that a draft may change; they are copied from the revision to the row on publication."""


def content_of(disclosure: Disclosure) -> dict[str, Any]:
    """The content columns of a record or draft, as values for ``update``."""
    return {name: getattr(disclosure, name) for name in CONTENT_FIELDS}


def draft_of(disclosure: Disclosure, revision: Revision | None) -> Disclosure:
    """An unsaved copy of ``disclosure`` with the content of ``revision`` (None: its own)."""
    for named in ("body", "domain", "duty"):
        getattr(disclosure, named)  # read once here: a copy would keep what it reads to itself
    draft = copy.copy(disclosure)
    draft._state = copy.copy(disclosure._state)
    draft._state.fields_cache = dict(disclosure._state.fields_cache)
    if revision is None:
        return draft
    for name in CONTENT_FIELDS:
        field: Any = Disclosure._meta.get_field(name.removesuffix("_id"))
        if field.name in revision.content:
            value = revision.content[field.name]
            setattr(draft, name, value if field.is_relation else field.to_python(value))
    return draft


def canonical_record(disclosure: Disclosure) -> dict[str, Any]:
    """The canonical record of a row or draft: JSON types only, personal values as the web shows."""
    template = record_templates.get(disclosure.template)
    shown = masked_values(template, disclosure.values, Surface.WEB)
    sealed = "" if shown == disclosure.values else _seal(disclosure)
    return {
        "format": FORMAT,
        "code": disclosure.code,
        "template": disclosure.template,
        "title": disclosure.title,
        "summary": disclosure.summary,
        "body": disclosure.body.code,
        "collaborators": disclosure.collaborators,
        "domain": disclosure.domain.code if disclosure.domain else "",
        "item": disclosure.item_key,
        "duty": disclosure.duty.code if disclosure.duty else "",
        "index_number": disclosure.index_number,
        "document_number": disclosure.document_number,
        "dated_on": _date(disclosure.dated_on),
        "valid_from": _date(disclosure.valid_from),
        "valid_until": _date(disclosure.valid_until),
        "validity": disclosure.validity,
        "text": disclosure.text,
        "values": shown,
        "attachments": [
            {"sha256": entry["sha256"], "title": entry["title"]}
            for entry in disclosure.attachment_list
        ],
        "origin": _origin(disclosure),
        "sealed": sealed,
    }


def digest_of(disclosure: Disclosure) -> str:
    """The digest of a row or draft: what a reviewer decides on and what the log keeps."""
    return digest(canonical_record(disclosure))


def tombstone(disclosure: Disclosure, *, reason: str, is_privacy: bool) -> dict[str, Any]:
    """The record that stands in the place of a withdrawn one."""
    return {
        "format": FORMAT,
        "code": disclosure.code,
        "body": disclosure.body.code,
        "withdrawn": True,
        "is_privacy": is_privacy,
        "reason": reason,
        "digest": disclosure.digest,
    }


def _origin(disclosure: Disclosure) -> dict[str, str] | None:
    """Where an imported record stood before, and the date that its site gave."""
    if not disclosure.origin_key:
        return None
    return {
        "url": disclosure.origin_url,
        "published_on": _date(disclosure.origin_published_on),
    }


def _seal(disclosure: Disclosure) -> str:
    raw = canonical_json(disclosure.values)
    salt = f"gongkai.disclosures.sealed:{disclosure.code}"
    return salted_hmac(salt, raw, algorithm="sha256").hexdigest()


def _date(value: Any) -> str:
    return value.isoformat() if value else ""
