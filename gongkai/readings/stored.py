"""Pure rules between read tables, their stored JSON, and the items of a catalogue."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gongkai.catalogue.schema import (
    BasisFacts,
    ChannelFacts,
    DeadlineFacts,
    EditionContent,
    ItemFacts,
)
from gongkai.readings.export import reading_from_json
from gongkai.readings.fields.basis import render_basis
from gongkai.readings.fields.bodies import render_bodies
from gongkai.readings.fields.channels import render_channels
from gongkai.readings.fields.deadline import render_deadlines
from gongkai.readings.reading import (
    Audience,
    Basis,
    Channel,
    Deadline,
    Mode,
    Reading,
    ReadRow,
    ReadTable,
    Source,
    reading_as_json,
)

_NO_SOURCE = Source("", "json", "")


def table_as_json(table: ReadTable) -> dict[str, Any]:
    """The table as JSON values, for storing."""
    stored: dict[str, Any] = reading_as_json(Reading(_NO_SOURCE, (table,)))["tables"][0]
    return stored


def table_from_json(stored: dict[str, Any]) -> ReadTable:
    """The table that ``table_as_json`` gave."""
    whole = {"source": {"name": "", "format": "json", "sha256": ""}, "tables": [stored]}
    reading = reading_from_json(json.dumps(whole).encode())
    if reading is None:
        raise ValueError("not a stored table")
    return reading.tables[0]


def one_table_per_domain(tables: Sequence[ReadTable]) -> list[ReadTable]:
    """Tables of one domain joined into one: a catalogue may be printed over several tables.

    Tables without a domain are joined only under one and the same title. Empty ones fall away.
    """
    joined: dict[tuple[str, str], ReadTable] = {}
    for table in tables:
        if not table.rows:
            continue
        name = (table.domain or "", "" if table.domain else table.title)
        before = joined.get(name)
        joined[name] = table if before is None else replace(before, rows=before.rows + table.rows)
    return list(joined.values())


def content_of(
    table: ReadTable, rows: Sequence[ReadRow], *, source_name: str, source_sha256: str
) -> EditionContent:
    """The catalogue that a settled table stands for."""
    headers = dict.fromkeys(name for row in rows for name in row.extra)
    return EditionContent(
        title=table.title,
        items=tuple(facts_of(row) for row in rows),
        source_name=source_name,
        source_sha256=source_sha256,
        extra_headers=tuple(headers),
    )


def facts_of(row: ReadRow) -> ItemFacts:
    """The row as an item of a catalogue."""
    return ItemFacts(
        number=_text(row.number),
        level1=_text(row.level1),
        level2=_text(row.level2),
        level3=_text(row.level3),
        contents=tuple(_text(element) for element in row.contents),
        bases=tuple(
            BasisFacts(_text(b.name), _text(b.document_number), _text(b.article), _text(b.raw))
            for b in row.basis
        ),
        deadlines=tuple(_deadline_facts(rule) for rule in row.deadlines),
        bodies=tuple(dict.fromkeys(_text(name) for name in row.bodies)),
        channels=tuple(
            ChannelFacts(_text(box.code), _text(box.label), box.ticked, _text(box.note))
            for box in row.channels
        ),
        basis_text=render_basis(row.basis),
        deadline_text=render_deadlines(row.deadlines),
        bodies_text=render_bodies(row.bodies),
        channels_text=render_channels(row.channels),
        to_society=row.audience.society,
        to_group=row.audience.group,
        audience_text=_text(row.audience.text),
        is_proactive=row.mode.proactive,
        is_on_request=row.mode.on_request,
        levels=dict(row.levels),
        extra=dict(row.extra),
    )


def _deadline_facts(rule: Deadline) -> DeadlineFacts:
    return DeadlineFacts(
        kind=rule.kind,
        raw=_text(rule.raw),
        n=rule.n if rule.n is not None and 0 <= rule.n <= 32_767 else None,
        unit=_text(rule.unit),
        trigger=_text(rule.trigger),
        every=_text(rule.every),
        day_rule=_text(rule.day_rule),
        subject=_text(rule.subject),
        condition=_text(rule.condition),
        inferred=rule.inferred,
        override_clause=rule.override_clause,
    )


def _text(value: object) -> str:
    return "" if value is None else str(value).replace("\x00", "")


def row_of(facts: ItemFacts) -> ReadRow:
    """An item of a catalogue as a row, for export in the official columns."""
    return ReadRow(
        number=facts.number or None,
        level1=facts.level1 or None,
        level2=facts.level2 or None,
        level3=facts.level3 or None,
        contents=facts.contents,
        basis=tuple(
            Basis(b.name or None, b.document_number or None, b.article or None, b.raw)
            for b in facts.bases
        ),
        deadlines=tuple(_deadline_of(rule) for rule in facts.deadlines),
        bodies=facts.bodies,
        channels=tuple(Channel(b.code, b.label, b.is_ticked, b.note) for b in facts.channels),
        audience=Audience(facts.to_society, facts.to_group, facts.audience_text),
        mode=Mode(facts.is_proactive, facts.is_on_request),
        levels=dict(facts.levels),
        extra=dict(facts.extra),
    )


def _deadline_of(rule: DeadlineFacts) -> Deadline:
    return Deadline(
        kind=rule.kind,
        raw=rule.raw,
        n=rule.n,
        unit=rule.unit or None,
        trigger=rule.trigger or None,
        every=rule.every or None,
        day_rule=rule.day_rule or None,
        subject=rule.subject or None,
        condition=rule.condition or None,
        inferred=rule.inferred,
        override_clause=rule.override_clause,
    )
