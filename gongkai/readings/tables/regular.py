"""Rows of piped text by counting: converters write as many bars for every row of a table.

Pages turned to text drop empty cells and fill each row up with bars at its end. A row is then
exactly as many cells as every other, whatever line breaks stand inside its cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import gcd

MIN_WIDTH = 6
MAX_WIDTH = 40
MIN_ROWS = 2


def regular_rows_of(
    *,
    n_cells: int,
    numbers: Sequence[int],
    filled: Sequence[int],
    may_begin: Sequence[bool],
    heads: Sequence[int] = (),
) -> list[int]:
    """The places where rows begin, and the end of the last; empty where rows differ in width.

    ``numbers`` are cells with a row number at the start of a line, ``filled`` the places after a
    run of filling bars: both mark the start of a row. ``may_begin`` says of every cell whether a
    row can begin with it; all rows must. ``heads`` are cells with a word of the header: lines
    above the header may be of another width.
    """
    for marks in _marks(n_cells, numbers, filled):
        width = gcd(*(mark - marks[0] for mark in marks[1:]))
        if MIN_WIDTH <= width <= MAX_WIDTH and _is_shown(marks, width, n_cells, filled):
            starts = list(range(marks[0], n_cells, width))
            before = marks[0] - width
            first = heads[0] if heads else n_cells
            while before >= 0 and may_begin[before]:
                in_head = before >= first and (before - first) % width == 0
                if not in_head and before not in {0, *filled}:
                    break
                starts.insert(0, before)
                before -= width
            if len(starts) >= MIN_ROWS and all(may_begin[start] for start in starts):
                return [*starts, n_cells]
    return []


def _marks(n_cells: int, numbers: Sequence[int], filled: Sequence[int]) -> Iterator[list[int]]:
    """Certain starts of rows: in the whole text, and from the first number on."""
    begin = numbers[0] if numbers else n_cells
    for first in (0, begin):
        marks = sorted({p for p in (*numbers, *filled) if p >= first})
        if len(marks) >= MIN_ROWS:
            yield marks


def _is_shown(marks: Sequence[int], width: int, n_cells: int, filled: Sequence[int]) -> bool:
    """Whether more than two places that happen to be so far apart speak for the width."""
    return len(marks) > 2 or n_cells - marks[-1] in {0, width} or marks[-1] in filled
