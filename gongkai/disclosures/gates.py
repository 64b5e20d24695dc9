"""The gates: checks that may stop a publication. An app adds its own with ``register``.

A gate is a function of a ``Candidate`` that yields findings. Gates run before the transaction of
the act and do no I/O: files were scanned when they were accepted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gongkai.disclosures import record_templates
from gongkai.disclosures.canonical import digest_of
from gongkai.disclosures.checking import check_values
from gongkai.disclosures.findings import Finding, Place
from gongkai.disclosures.masking import is_shown, masked_value
from gongkai.disclosures.models import Attachment, Disclosure, ReviewPaper
from gongkai.disclosures.privacy import Leak, folded, scan, scan_health
from gongkai.disclosures.prose import plain_text, sanitised
from gongkai.disclosures.reading_values import plain
from gongkai.disclosures.schema import Field, Kind, Personal, RecordTemplate, Surface


class Entrance(StrEnum):
    """How a record comes to the narrow waist."""

    REVIEWED = "reviewed"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Candidate:
    """The record that wants to become public, as it would stand there."""

    record: Disclosure
    template: RecordTemplate
    digest: str
    attachments: dict[str, Attachment]  # by sha256
    papers: tuple[ReviewPaper, ...]
    today: dt.date
    entrance: Entrance = Entrance.REVIEWED


Gate = Callable[[Candidate], Iterable[Finding]]
_gates: dict[str, tuple[Gate, frozenset[Entrance]]] = {}


def register(gate: Gate, *, entrances: frozenset[Entrance] = frozenset(Entrance)) -> Gate:
    """Every publication through ``entrances`` also asks this gate; once per name."""
    _gates[f"{gate.__module__}.{gate.__qualname__}"] = (gate, entrances)
    return gate


def candidate_of(
    record: Disclosure, *, now: dt.datetime, entrance: Entrance = Entrance.REVIEWED
) -> Candidate:
    """The candidate of a row or draft, with its files and papers read (two queries)."""
    stored = Disclosure(pk=record.pk)
    return Candidate(
        record=record,
        template=record_templates.get(record.template),
        digest=digest_of(record),
        attachments={file.sha256: file for file in stored.attachments.all()},
        papers=tuple(stored.papers.order_by("-added_at", "-pk")),
        today=now.astimezone(_zone()).date(),
        entrance=entrance,
    )


def _zone() -> dt.tzinfo:
    from django.utils import timezone

    return timezone.get_default_timezone()


def findings_of(candidate: Candidate) -> list[Finding]:
    """What every gate of the entrance finds, blocking ones first."""
    found = [
        finding
        for gate, entrances in _gates.values()
        if candidate.entrance in entrances
        for finding in gate(candidate)
    ]
    return sorted(found, key=lambda finding: not finding.is_blocking)


FACT_LABELS = {
    "title": "标题", "summary": "内容概述", "document_number": "文号", "dated_on": "成文日期",
    "valid_from": "施行日期", "valid_until": "失效日期", "validity": "有效性", "text": "正文",
    "index_number": "索引号", "collaborators": "联合发布机构",
}  # fmt: skip


def required_elements(candidate: Candidate) -> Iterator[Finding]:
    """The facts and values that the template cannot do without; sums that must close."""
    record, template = candidate.record, candidate.template
    for name in ("title", *sorted(template.required_facts)):
        if not getattr(record, name):
            yield Finding("gate.fact_missing", Place(name), {"field": FACT_LABELS[name]})
    if record.title != plain(record.title):
        yield Finding("gate.title_control", Place("title"))
    is_empty = not plain_text(record.text) and not record.attachment_list
    if template.needs_text_or_attachment and is_empty:
        yield Finding("gate.text_missing", Place("text"))
    yield from check_values(template, record.values)
    for entry in record.attachment_list:
        if entry["sha256"] not in candidate.attachments:
            place = Place("attachments", attachment=entry["sha256"])
            yield Finding("gate.attachment_unknown", place, {"title": entry["title"]})


def honest_dates(candidate: Candidate) -> Iterator[Finding]:
    """A document's own date is not in the future; its validity does not end before it begins.

    The time of publication is no field at all: the server's clock writes it.
    """
    record = candidate.record
    if record.dated_on and record.dated_on > candidate.today:
        facts = {"value": record.dated_on.isoformat()}
        yield Finding("gate.dated_in_future", Place("dated_on"), facts)
    if record.valid_from and record.valid_until and record.valid_until < record.valid_from:
        yield Finding("gate.validity_order", Place("valid_until"))


def no_personal_data(candidate: Candidate) -> Iterator[Finding]:
    """No resident ID, mobile or bank card in anything that the web would show, files included."""
    record = candidate.record
    allowed = frozenset({re.sub(r"\D", "", folded(record.body.phone))} - {""})
    for name in ("title", "summary", "document_number", "collaborators"):
        yield from _leaks(Place(name), FACT_LABELS[name], getattr(record, name), allowed)
    yield from _leaks(Place("text"), FACT_LABELS["text"], plain_text(record.text), allowed)
    for field in candidate.template.fields:
        yield from _leaks_of_field(field, record.values.get(field.name), allowed)
    for entry in record.attachment_list:
        yield from _leaks(Place("attachments"), "附件标题", entry["title"], allowed)
        yield from _leaks_of_file(entry["title"], candidate.attachments.get(entry["sha256"]))


def _leaks(place: Place, label: str, text: str, allowed: frozenset[str]) -> Iterator[Finding]:
    for leak in scan(text, allowed=allowed)[:20]:
        yield Finding("gate.privacy", place, _facts(label, leak))


def _facts(label: str, leak: Leak) -> dict[str, Any]:
    return {"field": label, "kind": leak.kind.value, "sample": leak.sample}


def _leaks_of_field(field: Field, value: Any, allowed: frozenset[str]) -> Iterator[Finding]:
    if field.kind is not Kind.TABLE:
        if is_shown(field, Surface.WEB):
            yield from _leaks(Place(field.name), field.label, _words(field, value), allowed)
        return
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    names_people = any(c.personal is Personal.PERSON_NAME for c in field.columns)
    for number, row in enumerate(rows, start=1):
        for column in field.columns:
            if not is_shown(column, Surface.WEB):
                continue
            words = _words(column, row.get(column.name))
            place = Place(field.name, number, column.name)
            where = {"row": number, "column": column.label}
            for leak in scan(words, allowed=allowed):
                yield Finding("gate.privacy_cell", place, _facts(field.label, leak) | where)
            if names_people and row.get(_name_column(field)):
                for leak in scan_health(words):
                    yield Finding("gate.health", place, _facts(field.label, leak) | where)


def _name_column(table: Field) -> str:
    return next(c.name for c in table.columns if c.personal is Personal.PERSON_NAME)


def _words(field: Field, value: Any) -> str:
    shown = masked_value(field, value, Surface.WEB)
    if isinstance(shown, list):
        return "\n".join(str(item) for item in shown)
    return "" if shown is None or field.kind is Kind.MONEY else str(shown)


def _leaks_of_file(title: str, file: Attachment | None) -> Iterator[Finding]:
    if file is None:
        return
    place = Place("attachments", attachment=file.sha256)
    for find in file.findings:
        facts = {"title": title, **find}
        spotted = Place("attachments", attachment=file.sha256, spot=find["spot"])
        yield Finding("gate.privacy_attachment", spotted, facts)
    if not file.is_read:
        yield Finding("gate.attachment_unread", place, {"title": title}, is_blocking=False)


def review_papers(candidate: Candidate) -> Iterator[Finding]:
    """Every paper that the template demands is there, signed, and about this very content."""
    labels = dict(ReviewPaper.Kind.choices)
    for kind in candidate.template.papers:
        of_kind = [paper for paper in candidate.papers if paper.kind == kind.value]
        facts = {"paper": labels[kind.value]}
        bound = [paper for paper in of_kind if paper.digest == candidate.digest]
        if not of_kind:
            yield Finding("gate.paper_missing", Place("papers"), facts)
        elif not bound:
            yield Finding("gate.paper_stale", Place("papers"), facts)
        elif all(paper.signed_on > candidate.today for paper in bound):
            yield Finding("gate.paper_in_future", Place("papers"), facts)


def no_hidden_code(candidate: Candidate) -> Iterator[Finding]:
    """Prose is sanitised, and no one-line value would run as a formula in an export."""
    record = candidate.record
    if sanitised(record.text) != record.text:
        yield Finding("gate.unsafe_text", Place("text"))
    for name in ("title", "summary", "document_number", "collaborators"):
        if _is_formula(getattr(record, name)):
            sample = getattr(record, name)[:12]
            facts = {"field": FACT_LABELS[name], "sample": sample}
            yield Finding("gate.formula", Place(name), facts)
    for field in candidate.template.fields:
        value = record.values.get(field.name)
        if field.kind is Kind.TABLE and isinstance(value, list):
            yield from _formulas_in_table(field, value)
        elif isinstance(value, str) and field.kind is Kind.LINE and _is_formula(value):
            facts = {"field": field.label, "sample": value[:12]}
            yield Finding("gate.formula", Place(field.name), facts)


def _formulas_in_table(table: Field, rows: list[Any]) -> Iterator[Finding]:
    for number, row in enumerate(rows, start=1):
        for column in table.columns:
            value = row.get(column.name) if isinstance(row, dict) else None
            if isinstance(value, str) and column.kind is Kind.LINE and _is_formula(value):
                facts = {"field": f"{table.label}·{column.label}", "sample": value[:12]}
                yield Finding("gate.formula", Place(table.name, number, column.name), facts)


def _is_formula(text: str) -> bool:
    """Whether a spreadsheet would execute the text: =…, @… or +/- before a letter or bracket."""
    return bool(re.match(r"^\s*(?:[=@]|[+-](?=[A-Za-z(]))", folded(text)))


register(required_elements)
register(honest_dates)
register(no_personal_data)
register(review_papers, entrances=frozenset({Entrance.REVIEWED}))
register(no_hidden_code)
