"""Rows from text in columns of spaces, where one catalogue row may run over many lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.readings.tables.evidence import (
    is_channels,
    is_deadline,
    is_number,
    is_tick,
    is_tick_field,
)
from gongkai.readings.tables.heads import Head, head_at
from gongkai.readings.tables.tokens import ABSENT, Ledger, SourceRow, Token

MANY_LOCAL = 2
"""Local columns, which no content tells: with more of them rows cut at spaces are a guess."""


def is_multiline(rows: Sequence[SourceRow], start: int, column: int) -> bool:
    """Whether lines without a number stand between the numbered ones."""
    return any(not _number(row, column) for row in rows[start:])


def joined_lines(rows: Sequence[SourceRow], ledger: Ledger) -> list[SourceRow] | None:
    """The rows with the lines of each joined column by column; None where they cannot be parted.

    Certain only where every row begins on its numbered line with the tops of all its cells.
    """
    found = _first_head(rows)
    if found is None:
        return list(rows)
    start, head = found
    if "number" not in head.keys:
        return list(rows)
    column = head.keys.index("number")
    first = start + head.n_rows
    if not is_multiline(rows, first, column):
        return list(rows)
    if first >= len(rows) or not _number(rows[first], column):
        return None
    groups: list[list[SourceRow]] = []
    for row in rows[first:]:
        if _number(row, column):
            groups.append([row])
        else:
            groups[-1].append(row)
    if not all(_is_top_aligned(group) for group in groups):
        return None
    return [*rows[:first], *(_joined(group, ledger) for group in groups)]


def with_loose_rows(rows: Sequence[SourceRow]) -> list[SourceRow]:
    """Rows cut at spaces that do not show which cells they have: spaces stood in cells too.

    Of those only what tells its field by itself keeps its borders.
    """
    found = _first_head(rows)
    if found is None:
        return list(rows)
    start, head = found
    first = start + head.n_rows
    return [*rows[:first], *(_loosened(row, head.keys) for row in rows[first:])]


def _loosened(row: SourceRow, keys: Sequence[str]) -> SourceRow:
    if row.trusted or not row.tokens or not is_number(row.tokens[0].text):
        return row
    wanted = sum(not is_tick_field(key) for key in keys)
    kinds = ["channels" if is_channels(t.text) else "" for t in row.tokens]
    cells = [
        t
        for i, t in enumerate(row.tokens)
        if not is_tick(t.text) and not (i and kinds[i] and kinds[i - 1])
    ]
    is_whole = len(row.tokens) == len(keys)
    n_local = sum(key.startswith("extra:") for key in keys)
    if len(cells) <= wanted and (is_whole or n_local < MANY_LOCAL):
        return row
    tokens = [
        t
        if i == 0 or kinds[i] or is_tick(t.text) or is_deadline(t.text)
        else replace(t, loose=True)
        for i, t in enumerate(row.tokens)
    ]
    return replace(row, tokens=tuple(tokens))


def _first_head(rows: Sequence[SourceRow]) -> tuple[int, Head] | None:
    for index, row in enumerate(rows[:40]):
        if len(row.own) >= 3 and not any(is_number(t.text) or is_tick(t.text) for t in row.own):
            head = head_at(rows, index)
            if head is not None:
                return index, head
    return None


def _number(row: SourceRow, column: int) -> bool:
    return column < len(row.tokens) and is_number(row.tokens[column].text)


def _is_top_aligned(group: Sequence[SourceRow]) -> bool:
    """Whether the first line has a piece of every cell that the following lines have."""
    filled = [{i for i, t in enumerate(row.tokens) if t.text} for row in group]
    return all(later <= filled[0] for later in filled[1:])


def _joined(group: Sequence[SourceRow], ledger: Ledger) -> SourceRow:
    width = max(len(row.tokens) for row in group)
    tokens: list[Token] = []
    for column in range(width):
        pieces = [row.tokens[column] for row in group if column < len(row.tokens)]
        tokens.append(ledger.joined([t for t in pieces if t.text]) if pieces else ABSENT)
    return SourceRow(tuple(tokens), trusted=True, where=group[0].where)
