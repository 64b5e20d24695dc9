"""Tables as the typesetter needs them: every slot filled once, spans that fit, widths. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from gongkai.sheets.blocks import Cell, Row, Run

MOST_COLUMNS: Final = 40
WIDEST_UPRIGHT: Final = 9
"""Tables of more columns stand on a page turned sideways."""

SHORT_EMS: Final = 8.0
LONGEST_EMS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Column:
    """How wide a column is: 0 as wide as its content, else its share of the rest."""

    share: float
    is_number: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of ``columns``; in ``rows`` every slot not covered by a span has its cell."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    n_head_rows: int

    @property
    def is_wide(self) -> bool:
        """Whether it needs a page turned sideways."""
        return len(self.columns) > WIDEST_UPRIGHT


def grid_of(rows: Sequence[Row]) -> Grid:
    """The grid of the rows. Head rows are those at the top; a span never leaves head or body."""
    n_columns = _n_columns(rows)
    n_head = 0
    while n_head < len(rows) - 1 and rows[n_head].is_head:
        n_head += 1
    head, body = rows[:n_head], rows[n_head:]
    filled = [*_filled(head, n_columns), *_filled(body, n_columns)]
    return Grid(_columns(filled, n_columns), tuple(filled), n_head)


def ems(text: str) -> float:
    """The width of the longest line in ems: a Chinese character is one, a letter about half."""
    return max(
        (
            sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.55 for char in line)
            for line in text.split("\n")
        ),
        default=0.0,
    )


def _n_columns(rows: Sequence[Row]) -> int:
    """The most slots that a row takes, those under spans from above included."""
    spans: list[tuple[int, int]] = []  # rows still covered, columns
    widest = 1
    for row in rows:
        spans += [(cell.n_rows, min(cell.n_columns, MOST_COLUMNS)) for cell in row.cells]
        widest = max(widest, sum(n_columns for _n_rows, n_columns in spans))
        spans = [(n_rows - 1, n_columns) for n_rows, n_columns in spans if n_rows > 1]
    return min(widest, MOST_COLUMNS)


def _filled(rows: Sequence[Row], n_columns: int) -> list[Row]:
    """The rows with spans cut to what is free and empty cells in what is left."""
    covered = [0] * n_columns  # for each column, the rows still under a span
    filled: list[list[Cell]] = []
    for number, row in enumerate(rows):
        placed, without_slot = _placed(row.cells, covered, n_left=len(rows) - number)
        filled.append(placed)
        for cell in without_slot:  # nothing is lost: it joins the last cell before it
            last = next(cells for cells in reversed(filled) if cells)
            last[-1] = replace(last[-1], runs=(*last[-1].runs, Run("\n"), *cell.runs))
        covered[:] = [max(0, n - 1) for n in covered]
    return [replace(row, cells=tuple(cells)) for row, cells in zip(rows, filled, strict=True)]


def _placed(
    cells: Sequence[Cell], covered: list[int], *, n_left: int
) -> tuple[list[Cell], list[Cell]]:
    """The cells of the row's free slots, and those for which there was none."""
    waiting, placed, column = list(cells), list[Cell](), 0
    while column < len(covered):
        if covered[column]:
            column += 1
            continue
        cell = waiting.pop(0) if waiting else Cell(())
        free = 1
        while free < cell.n_columns and not any(covered[column + free : column + free + 1] or [1]):
            free += 1
        placed.append(replace(cell, n_columns=free, n_rows=min(cell.n_rows, n_left)))
        covered[column : column + free] = [placed[-1].n_rows] * free
        column += free
    return placed, [cell for cell in waiting if cell.runs]


def _columns(rows: Sequence[Row], n_columns: int) -> tuple[Column, ...]:
    """Short columns as wide as they are; the others share what is left by what they hold."""
    longest = [1.0] * n_columns
    numbers = [False] * n_columns
    covered = [0] * n_columns
    for row in rows:
        column = 0
        for cell in row.cells:
            while covered[column]:
                column += 1
            if cell.n_columns == 1:
                longest[column] = max(longest[column], min(ems(cell.text), LONGEST_EMS))
                numbers[column] = numbers[column] or (cell.is_number and not row.is_head)
            for at in range(column, column + cell.n_columns):
                covered[at] = cell.n_rows
            column += cell.n_columns
        covered = [max(0, n - 1) for n in covered]
    are_short = [width <= SHORT_EMS for width in longest]
    if all(are_short) or sum(longest) < LONGEST_EMS:
        are_short = [False] * n_columns
    return tuple(
        Column(0.0 if is_short else round(width + 2, 1), is_number)
        for width, is_short, is_number in zip(longest, are_short, numbers, strict=True)
    )
