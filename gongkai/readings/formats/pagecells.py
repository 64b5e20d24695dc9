"""Finding the cells of ruled tables on a page from its strokes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from gongkai.readings.formats.pagelines import Letter, line_text, text_lines

__all__ = ["Letter", "Line", "RuledCell", "RuledTable", "ruled_tables"]

NEAR: Final = 2.5
"""Strokes this near (points) are one."""
MAX_LINES: Final = 600


@dataclass(frozen=True, slots=True)
class Line:
    """A horizontal or vertical stroke: ``at`` one coordinate, from ``start`` to ``end``."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class RuledCell:
    """A cell between strokes."""

    row_span: int
    column_span: int
    letters: list[Letter] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text with a line per printed line."""
        return "\n".join(line_text(line) for line in text_lines(self.letters))


@dataclass(slots=True)
class RuledTable:
    """A table as its strokes make it; ``columns`` are the x of the vertical strokes."""

    top: float
    columns: list[float]
    rows: list[list[RuledCell]]


def ruled_tables(
    letters: Sequence[Letter], lines: Sequence[Line]
) -> tuple[list[Letter], list[RuledTable]]:
    """The letters outside of tables, and the tables from top to bottom."""
    rest = list(letters)
    tables: list[RuledTable] = []
    for group in _connected(list(lines)[: MAX_LINES * 10]):
        table, rest = _table_of(group, rest)
        if table is not None:
            tables.append(table)
    return rest, sorted(tables, key=lambda table: -table.top)


def _connected(lines: list[Line]) -> list[list[Line]]:
    """The strokes in groups that touch: each group is one table."""
    merged = _merged(lines)[:MAX_LINES]
    parent = list(range(len(merged)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    flat = [i for i, line in enumerate(merged) if line.horizontal]
    upright = [i for i, line in enumerate(merged) if not line.horizontal]
    for i in flat:
        for j in upright:
            if _touch(merged[i], merged[j]):
                parent[root(i)] = root(j)
    groups: dict[int, list[Line]] = {}
    for index, line in enumerate(merged):
        groups.setdefault(root(index), []).append(line)
    return [group for group in groups.values() if len(group) >= 4]


def _touch(flat: Line, upright: Line) -> bool:
    return (
        flat.start - NEAR <= upright.at <= flat.end + NEAR
        and upright.start - NEAR <= flat.at <= upright.end + NEAR
    )


def _merged(lines: list[Line]) -> list[Line]:
    """Strokes on one line that overlap or meet, as one stroke; doubles vanish."""
    merged: list[Line] = []
    for horizontal in (True, False):
        kind = [line for line in lines if line.horizontal is horizontal]
        for at in _clusters([line.at for line in kind]):
            pieces = sorted((x.start, x.end) for x in kind if abs(x.at - at) <= NEAR)
            start, end = pieces[0]
            for next_start, next_end in pieces[1:]:
                if next_start <= end + NEAR:
                    end = max(end, next_end)
                else:
                    merged.append(Line(horizontal, at, start, end))
                    start, end = next_start, next_end
            merged.append(Line(horizontal, at, start, end))
    return merged


def _clusters(values: Sequence[float]) -> list[float]:
    """The middle of each group of values that lie near each other, ascending."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _table_of(lines: list[Line], letters: list[Letter]) -> tuple[RuledTable | None, list[Letter]]:
    columns = _clusters([line.at for line in lines if not line.horizontal])
    levels = _clusters([line.at for line in lines if line.horizontal])[::-1]
    if len(columns) < 3 or len(levels) < 2:
        return None, letters
    table = RuledTable(levels[0], columns, [])
    owners = _owners(lines, columns, levels)
    cells = _cells(table, owners)
    rest: list[Letter] = []
    depths = [-level for level in levels]
    for letter in letters:
        x, y = letter.middle
        column, row = bisect_right(columns, x) - 1, bisect_right(depths, -y) - 1
        inside = 0 <= column < len(columns) - 1 and 0 <= row < len(levels) - 1
        if inside:
            cells[owners[row][column]].letters.append(letter)
        else:
            rest.append(letter)
    return table, rest


def _cells(
    table: RuledTable, owners: list[list[tuple[int, int]]]
) -> dict[tuple[int, int], RuledCell]:
    """The cells in reading order, put into the rows of the table."""
    cells: dict[tuple[int, int], RuledCell] = {}
    for row, line in enumerate(owners):
        table.rows.append([])
        for column, owner in enumerate(line):
            if owner == (row, column):
                cells[owner] = RuledCell(1, 1)
                table.rows[-1].append(cells[owner])
            else:
                cell = cells[owner]
                cell.row_span = max(cell.row_span, row - owner[0] + 1)
                cell.column_span = max(cell.column_span, column - owner[1] + 1)
    return cells


def _owners(
    lines: list[Line], columns: list[float], levels: list[float]
) -> list[list[tuple[int, int]]]:
    """For every field of the raster the top-left field of the cell that it belongs to.

    A cell grows right while no stroke stands between, then down while none stands under its
    whole width; so cells are always rectangles.
    """
    n_rows, n_columns = len(levels) - 1, len(columns) - 1
    owners: list[list[tuple[int, int]]] = [[(-1, -1)] * n_columns for _ in range(n_rows)]
    strokes = _Strokes(lines)
    for row in range(n_rows):
        for column in range(n_columns):
            if owners[row][column] != (-1, -1):
                continue
            last = column
            while last + 1 < n_columns and owners[row][last + 1] == (-1, -1):
                if strokes.between_columns(columns[last + 1], levels[row], levels[row + 1]):
                    break
                last += 1
            bottom = row
            while bottom + 1 < n_rows and not any(
                strokes.between_rows(levels[bottom + 1], columns[c], columns[c + 1])
                for c in range(column, last + 1)
            ):
                bottom += 1
            for r in range(row, bottom + 1):
                for c in range(column, last + 1):
                    owners[r][c] = (row, column)
    return owners


class _Strokes:
    """Whether a stroke stands at a place of the raster."""

    def __init__(self, lines: list[Line]) -> None:
        self.flat = [line for line in lines if line.horizontal]
        self.upright = [line for line in lines if not line.horizontal]

    def between_columns(self, x: float, top: float, bottom: float) -> bool:
        """Whether a vertical stroke at x covers the middle of this row."""
        middle = (top + bottom) / 2
        return any(abs(v.at - x) <= NEAR and v.start <= middle <= v.end for v in self.upright)

    def between_rows(self, y: float, left: float, right: float) -> bool:
        """Whether a horizontal stroke at y covers the middle of this column."""
        middle = (left + right) / 2
        return any(abs(h.at - y) <= NEAR and h.start <= middle <= h.end for h in self.flat)
