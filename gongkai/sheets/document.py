"""What stands on a printed sheet, as values that the typesetter takes. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from gongkai.sheets.blocks import Block, Cell, Row, Run, printable
from gongkai.sheets.grid import Grid, ems, grid_of

LONGEST_KEPT_TOGETHER: Final = 400
"""A row of more characters may break across pages."""

_LONG_WORD: Final = re.compile(r"[\x21-\x7e]{25,}")
_AFTER_MARK: Final = re.compile(r"(?<=[-/_.,;:?&=])(?=[^-/_.,;:?&=])")
_PIECE: Final = 12
LONGEST_HALF_LINE_EMS: Final = 15.0

AS_IT_IS: Final = frozenset({"language", "href", "address", "qr", "digest", "styles", "kind"})
"""Keys whose text is an address or a code and stays as it is in every script."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled fact of the head or the receipt; ``is_wide`` takes the whole line."""

    label: str
    text: str
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class FileLine:
    """An attachment: what it is called, its kind and size, the digest of what is served."""

    title: str
    detail: str
    digest: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What proves the sheet: the record's digest, its place in the log, the way to the page."""

    title: str
    facts: tuple[Fact, ...]
    digest_label: str
    digest: str
    address: str
    qr: str  # SVG
    caption: str
    note: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One disclosure on A4: head, facts, body, attachments, receipt, foot."""

    language: str  # BCP 47
    title: str
    byline: str
    head_left: str
    head_right: str
    foot: str
    page_words: tuple[str, str, str]  # before, between and after the page numbers
    dated_on: str  # of the file's metadata: YYYY-MM-DD
    notes: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    blocks: tuple[Block, ...] = ()
    files_title: str = ""
    files: tuple[FileLine, ...] = ()
    receipt: Receipt | None = field(default=None)


def as_json(sheet: Sheet, *, convert: Callable[[str], str] | None = None) -> str:
    """The sheet as the typesetter reads it; ``convert`` puts every text into another script."""
    values = {
        "language": sheet.language,
        "title": sheet.title,
        "byline": sheet.byline,
        "head": [sheet.head_left, sheet.head_right],
        "foot": sheet.foot,
        "page_words": list(sheet.page_words),
        "dated_on": [int(part) for part in sheet.dated_on.split("-")],
        "notes": list(sheet.notes),
        "facts": [_fact(fact) for fact in sheet.facts],
        "blocks": [_block(block) for block in sheet.blocks],
        "files_title": sheet.files_title,
        "files": [
            {"title": file.title, "detail": file.detail, "digest": file.digest}
            for file in sheet.files
        ],
        "receipt": _receipt(sheet.receipt) if sheet.receipt else None,
    }
    return json.dumps(_cleaned(values, convert or _same), ensure_ascii=False, sort_keys=True)


def _same(text: str) -> str:
    return text


def _cleaned(value: Any, convert: Callable[[str], str]) -> Any:
    """The same values with every text printable and converted."""
    if isinstance(value, dict):
        return {
            key: _cleaned(part, _same if key in AS_IT_IS else convert)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [_cleaned(part, convert) for part in value]
    return convert(printable(value)) if isinstance(value, str) else value


def breakable(text: str) -> str:
    """The text with places to break (zero-width spaces) in words that no line might hold."""
    return _LONG_WORD.sub(lambda word: "\u200b".join(_pieces(word[0])), text)


def _pieces(word: str) -> list[str]:
    """An address breaks after its punctuation, anything else every twelve letters."""
    return [
        part[at : at + _PIECE]
        for part in _AFTER_MARK.split(word)
        for at in range(0, len(part), _PIECE)
    ]


def _fact(fact: Fact) -> dict[str, Any]:
    is_wide = fact.is_wide or ems(fact.text) > LONGEST_HALF_LINE_EMS
    return {"label": fact.label, "text": breakable(fact.text), "is_wide": is_wide}


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "title": receipt.title,
        "facts": [_fact(fact) for fact in receipt.facts],
        "digest_label": receipt.digest_label,
        "digest": receipt.digest,
        "address": receipt.address,
        "qr": receipt.qr,
        "caption": receipt.caption,
        "note": receipt.note,
    }


def _block(block: Block) -> dict[str, Any]:
    if block.kind == "table":
        return {"kind": "table", **_grid(grid_of(block.rows))}
    return {
        "kind": block.kind,
        "level": block.level,
        "label": block.label,
        "runs": _runs(block.runs),
    }


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "columns": [
            {"share": column.share, "is_number": column.is_number} for column in grid.columns
        ],
        "is_wide": grid.is_wide,
        "head": [_row(row) for row in grid.rows[: grid.n_head_rows]],
        "body": [_row(row) for row in grid.rows[grid.n_head_rows :]],
    }


def _row(row: Row) -> dict[str, Any]:
    n_characters = max((len(cell.text) for cell in row.cells), default=0)
    return {
        "is_total": row.is_total,
        "may_break": n_characters > LONGEST_KEPT_TOGETHER,
        "cells": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "runs": _runs(cell.runs),
        "n_columns": cell.n_columns,
        "n_rows": cell.n_rows,
        "is_head": cell.is_head,
        "is_number": cell.is_number,
    }


def _runs(runs: tuple[Run, ...]) -> list[dict[str, Any]]:
    return [
        {"text": breakable(run.text), "styles": list(run.styles), "href": run.href} for run in runs
    ]
