"""Rows from an outline: 一、制度类 with 1. 2. 3. below it and no table at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongkai.readings.grid import Grid
from gongkai.readings.tables.titles import is_footer, is_title
from gongkai.readings.tables.tokens import Ledger, Token

_SECTION = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?|第[一二三四五六七八九十]+[类部][、:：]?)\s*(?P<name>\S.{0,40})$"
)
_ITEM = re.compile(
    r"^[(（]?(?P<number>\d{1,3})[)）]?\s*[.、．)）:：]?\s*(?P<name>(?=\D)\S.*)$", re.DOTALL
)
MIN_ITEMS = 3


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One numbered item under its section."""

    number: str
    section: str | None
    name: str
    token: Token


@dataclass(slots=True)
class Outline:
    """An outline with its title and the lines that are neither section nor item."""

    title: str = ""
    heading: list[Token] = field(default_factory=list)
    sections: list[Token] = field(default_factory=list)
    rows: list[OutlineRow] = field(default_factory=list)
    notes: list[Token] = field(default_factory=list)
    loose: list[Token] = field(default_factory=list)


def outline_of(grid: Grid, ledger: Ledger) -> Outline | None:
    """The outline that the lines form, or None where they are prose or something else."""
    tokens = [ledger.token(c.text.strip(), f"line {c.row}") for c in grid.cells if c.text.strip()]
    outline = Outline()
    section: str | None = None
    expected = 1
    for token in tokens:
        item = _ITEM.match(token.text)
        heading = _SECTION.match(token.text)
        if item and int(item["number"]) in {expected, 1} and (section or outline.title):
            expected = int(item["number"]) + 1
            name = item["name"].strip().rstrip(";；。")
            outline.rows.append(OutlineRow(item["number"], section, name, token))
        elif heading and not item and len(token.text) <= 24:
            section, expected = heading["name"].strip().rstrip(":："), 1
            outline.sections.append(token)
        elif not outline.rows and not outline.sections:
            outline.heading.append(token)
            outline.title = token.text if is_title(token.text) else outline.title
        elif is_footer(token.text):
            outline.notes.append(token)
        else:
            outline.loose.append(token)
    good = len(outline.rows) >= MIN_ITEMS and len(outline.rows) > len(outline.loose)
    listed = bool(outline.title) and len(outline.sections) >= 1
    return outline if good and listed else None
