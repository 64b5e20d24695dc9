"""A record as a surface shows it: typed values turned into words, personal ones masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.template import engines
from django.utils.safestring import SafeString, mark_safe

from gongkai.disclosures import record_templates
from gongkai.disclosures.checking import is_total_label, is_web_address
from gongkai.disclosures.masking import is_shown, masked_values
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.prose import sanitised
from gongkai.disclosures.reading_values import shown_value
from gongkai.disclosures.schema import Field, Kind, RecordTemplate, Surface, Values

NO_HTML = SafeString("")


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column of a shown table."""

    name: str
    label: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as text."""

    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a shown table; ``is_total`` marks the 合计 row."""

    cells: tuple[ShownCell, ...]
    is_total: bool


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One field with its label: text, a list of items, or a table.

    Prose has its ``html`` as well: what was typed plain is paragraphs there, formatted text keeps
    its structure.
    """

    name: str
    label: str
    text: str = ""
    items: tuple[str, ...] = ()
    columns: tuple[ShownColumn, ...] = ()
    rows: tuple[ShownRow, ...] = ()
    url: str = ""
    is_long: bool = False
    html: SafeString = NO_HTML

    @property
    def is_table(self) -> bool:
        """Whether it is shown as a table."""
        return bool(self.columns)


@dataclass(frozen=True, slots=True)
class RecordView:
    """What a partial needs to show a record on one surface."""

    code: str
    template: str
    template_label: str
    title: str
    text: SafeString
    parts: tuple[ShownPart, ...]
    is_masked: bool

    @property
    def part(self) -> dict[str, ShownPart]:
        """The parts by the name of their field."""
        return {part.name: part for part in self.parts}


def view_of(disclosure: Disclosure, surface: Surface = Surface.WEB) -> RecordView:
    """The record (row or draft) as ``surface`` shows it."""
    return _view(
        code=disclosure.code,
        template=record_templates.get(disclosure.template),
        title=disclosure.title,
        text=disclosure.text,
        values=disclosure.values,
        surface=surface,
    )


def view_of_record(record: Mapping[str, Any]) -> RecordView:
    """The view of a canonical record, for earlier revisions; values are masked already."""
    return _view(
        code=str(record.get("code", "")),
        template=record_templates.get(str(record.get("template", "article"))),
        title=str(record.get("title", "")),
        text=str(record.get("text", "")),
        values=record.get("values") or {},
        surface=Surface.WEB,
    )


def rendered(view: RecordView, *, partial: str = "web") -> SafeString:
    """The record's body through its template folder's ``web.html`` or ``print.html``."""
    text: str = _partial(view.template, partial).render({"record": view})
    return mark_safe(text)


@cache
def _partial(template: str, name: str) -> Any:
    source = (record_templates.FOLDER / template / f"{name}.html").read_text(encoding="utf-8")
    return engines["django"].from_string(source)


def _view(
    *, code: str, template: RecordTemplate, title: str, text: str, values: Values, surface: Surface
) -> RecordView:
    shown = masked_values(template, values, surface)
    parts = (part_of(field, shown.get(field.name), surface) for field in template.fields)
    return RecordView(
        code=code,
        template=template.name,
        template_label=template.label,
        title=title,
        text=mark_safe(sanitised(text)),
        parts=tuple(part for part in parts if part is not None),
        is_masked=surface is not Surface.CONSOLE and template.holds_personal_fields,
    )


def part_of(field: Field, value: Any, surface: Surface) -> ShownPart | None:
    """The field as words; None when it is empty or not for this surface."""
    if value in (None, "", []) or not is_shown(field, surface):
        return None
    if field.kind is Kind.TABLE:
        return _table(field, value, surface)
    if field.kind is Kind.LIST and isinstance(value, list):
        return ShownPart(field.name, field.label, items=tuple(str(item) for item in value))
    text = shown_value(field, value)
    if field.kind is Kind.PROSE:
        html = mark_safe(sanitised(text))
        return ShownPart(field.name, field.label, text=text, html=html, is_long=True)
    if field.kind is Kind.DATE:
        text = shown_date(text)
    url = text if field.kind is Kind.URL and is_web_address(text) else ""
    is_long = len(text) > 80 and not url
    return ShownPart(field.name, field.label, text=text, url=url, is_long=is_long)


def shown_date(text: str) -> str:
    """2026-09-18 → 2026年9月18日; anything else as it is."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"


def _table(field: Field, rows: Any, surface: Surface) -> ShownPart | None:
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    columns = [
        column
        for column in field.columns
        if is_shown(column, surface)
        and (column.is_required or any(row.get(column.name) not in (None, "") for row in rows))
    ]
    if not rows or not columns:
        return None
    label_column = field.total_row.label_column if field.total_row else ""
    shown_rows = tuple(
        ShownRow(
            tuple(
                ShownCell(shown_value(column, row.get(column.name)), _is_number(column))
                for column in columns
            ),
            is_total_label(row.get(label_column)),
        )
        for row in rows
    )
    shown = tuple(ShownColumn(c.name, c.label, _is_number(c)) for c in columns)
    return ShownPart(field.name, field.label, columns=shown, rows=shown_rows)


def _is_number(column: Field) -> bool:
    return column.kind in (Kind.MONEY, Kind.NUMBER)
