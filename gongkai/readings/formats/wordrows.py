"""Tables from rows whose cells are given by their edges, as Word and RTF define them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from gongkai.readings.formats.laying import SourceCell, SourceTable

NEAR: Final = 40
"""Edges this near (twips, 0.7 mm) are one."""


@dataclass(slots=True)
class RowDefinition:
    """The edges of the cells of one row and how they merge."""

    edges: list[int]
    across: list[bool] = field(default_factory=list)  # joins the cell to its left
    down: list[bool] = field(default_factory=list)  # joins the cell above

    @classmethod
    def of(cls, operand: bytes) -> RowDefinition | None:
        """The definition from the operand of a Word table definition, None when it is cut."""
        if len(operand) < 3:
            return None
        n_cells = operand[2]
        if len(operand) < 3 + 2 * (n_cells + 1):
            return None
        edges = list(struct.unpack_from(f"<{n_cells + 1}h", operand, 3))
        flags: list[int] = []
        for index in range(n_cells):
            at = 3 + 2 * (n_cells + 1) + 20 * index
            flags.append(operand[at] | operand[at + 1] << 8 if at + 2 <= len(operand) else 0)
        return cls(
            edges,
            [bool(flag & 2) and not flag & 1 for flag in flags],
            [bool(flag & 0x20) and not flag & 0x40 for flag in flags],
        )

    def merge_vertically(self, operand: bytes) -> None:
        """Apply a later change of one cell: (size, cell, 0 none | 1 joins above | 3 first)."""
        if len(operand) >= 3 and operand[1] < len(self.down):
            self.down[operand[1]] = operand[2] & 3 == 1

    def merge_across(self, first: int, limit: int) -> None:
        """Apply a later merge of the cells from ``first`` up to before ``limit``."""
        for index in range(first + 1, min(limit, len(self.across))):
            self.across[index] = True


@dataclass(slots=True)
class WordRow:
    """The texts of a row and, where known, its definition."""

    texts: list[str]
    definition: RowDefinition | None


@dataclass(slots=True)
class _Placed:
    text: str
    left: int
    right: int
    down: bool
    rows: int = 1


def table_of_rows(rows: Sequence[WordRow]) -> SourceTable:
    """The table with spans from the edges; rows without a sound definition stand in order."""
    if any(_is_unsound(row) for row in rows):
        return SourceTable([[SourceCell(text) for text in row.texts] for row in rows])
    edges = _grid_edges(rows)
    table = SourceTable()
    above: dict[tuple[int, int], _Placed] = {}
    placed_rows: list[list[_Placed]] = []
    for row in rows:
        placed = _placed(row, edges)
        kept: list[_Placed] = []
        here: dict[tuple[int, int], _Placed] = {}
        for cell in placed:
            upper = above.get((cell.left, cell.right))
            if cell.down and upper is not None and not cell.text:
                upper.rows += 1
                here[cell.left, cell.right] = upper
            else:
                kept.append(cell)
                here[cell.left, cell.right] = cell
        above = here
        placed_rows.append(kept)
    for kept in placed_rows:
        cells = [SourceCell(cell.text, cell.rows, cell.right - cell.left) for cell in kept]
        table.rows.append(cells)
    return table


def _is_unsound(row: WordRow) -> bool:
    definition = row.definition
    if definition is None or len(definition.edges) != len(row.texts) + 1:
        return True
    return any(a >= b for a, b in zip(definition.edges, definition.edges[1:], strict=False))


def _grid_edges(rows: Sequence[WordRow]) -> list[int]:
    edges: list[int] = []
    for edge in sorted(e for row in rows if row.definition for e in row.definition.edges):
        if not edges or edge - edges[-1] > NEAR:
            edges.append(edge)
    return edges


def _placed(row: WordRow, edges: Sequence[int]) -> list[_Placed]:
    """The cells of a row at their grid columns; a gap on the left is an empty cell."""
    definition = row.definition
    assert definition is not None  # noqa: S101 - checked by the caller for the type checker
    at = [_index(edges, edge) for edge in definition.edges]
    placed = [_Placed("", 0, at[0], False)] if at[0] > 0 else []
    for index, text in enumerate(row.texts):
        left, right = at[index], max(at[index + 1], at[index] + 1)
        across = definition.across[index] if index < len(definition.across) else False
        down = definition.down[index] if index < len(definition.down) else False
        if across and placed and not text:
            placed[-1].right = right
        else:
            placed.append(_Placed(text, left, right, down))
    return placed


def _index(edges: Sequence[int], edge: int) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - edge))
