"""Laying source rows out as a ``Grid`` and source blocks as a ``Document``; shared by readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.readings.formats.limits import MAX_SPAN, check_columns, check_extent
from gongkai.readings.grid import Cell, Document, Grid

HEADING_LINES = 3


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell as it follows its neighbours in the source row, before it has a place."""

    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(slots=True)
class SourceTable:
    """A table as rows of cells in source order."""

    rows: list[list[SourceCell]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    layout: str = ""  # "" = decide by the row widths
    first_row: int = 1


Block = str | SourceTable
"""What a document consists of: lines of text and tables, in order."""


def table_of_texts(rows: Iterable[Iterable[str]], *, notes: Iterable[str] = ()) -> SourceTable:
    """A table without merges from plain texts."""
    return SourceTable([[SourceCell(text) for text in row] for row in rows], list(notes))


def laid_out(table: SourceTable, *, name: str, heading: str = "") -> Grid:
    """The table with every cell at its row and column, spans respected as HTML does.

    The layout is ``ragged`` when rows of two or more cells end before the widest row does: then
    merges may have been dropped and positions shift.
    """
    cells: list[Cell] = []
    widths: list[tuple[int, int]] = []
    taken: dict[int, int] = {}  # column → first free row
    n_rows = len(table.rows)
    for index, row in enumerate(table.rows):
        column = 1
        for source in row:
            column = _free_column(taken, column, index)
            span_rows = max(1, min(source.row_span, n_rows - index))
            span_columns = max(1, min(source.column_span, MAX_SPAN))
            cells.append(
                Cell(source.text, table.first_row + index, column, span_rows, span_columns)
            )
            for covered in range(column, column + span_columns):
                taken[covered] = index + span_rows
            column += span_columns
            check_columns(column, place=f"{name} R{table.first_row + index}")
        taken = {covered: free for covered, free in taken.items() if free > index}
        widths.append((len(row), max(taken, default=0)))
        check_extent(n_rows, len(cells), place=name)
    n_columns = max((width for _, width in widths), default=0)
    return Grid(
        name=name,
        layout=table.layout or _layout_of(widths, n_columns),
        cells=tuple(cells),
        heading=heading,
        n_rows=table.first_row - 1 + n_rows,
        n_columns=n_columns,
        notes=tuple(table.notes),
    )


def _free_column(taken: dict[int, int], column: int, row: int) -> int:
    while taken.get(column, 0) > row:
        column += 1
    return column


def _layout_of(widths: Sequence[tuple[int, int]], n_columns: int) -> str:
    short = any(n_cells > 1 and width < n_columns for n_cells, width in widths)
    return "ragged" if short else "cells"


def document_of(format_: str, blocks: Iterable[Block], *, notes: Iterable[str] = ()) -> Document:
    """The document: tables with the text above them as heading, all other text in order.

    Runs of lines that are a table in disguise become tables too; in a document without any
    table the whole text is laid out, so a catalogue flattened to lines is read as well.
    """
    grids: list[Grid] = []
    texts: list[str] = []
    above: list[str] = []
    for block in _unfolded(list(blocks)):
        if isinstance(block, str):
            above.append(block)
            continue
        name = f"表{len(grids) + 1}"
        grids.append(laid_out(block, name=name, heading=heading_of(above)))
        texts.extend(above)
        above = []
    texts.extend(above)
    check_extent(sum(g.n_rows for g in grids), sum(len(g.cells) for g in grids), place="")
    return Document(format_, tuple(grids), text_of(texts), tuple(notes))


def _unfolded(blocks: list[Block]) -> list[Block]:
    """Every run of text lines replaced by the lines and tables that it holds."""
    from gongkai.readings.formats.plaintext import blocks_of_lines

    has_table = any(isinstance(block, SourceTable) and _is_data(block) for block in blocks)
    unfolded: list[Block] = []
    lines: list[str] = []
    for block in [*blocks, SourceTable()]:
        if isinstance(block, str):
            lines.extend(block.split("\n"))
            continue
        unfolded.extend(blocks_of_lines(lines, beside_tables=has_table))
        lines = []
        unfolded.append(block)
    return unfolded[:-1]


def _is_data(table: SourceTable) -> bool:
    return len(table.rows) > 1 and max((len(row) for row in table.rows), default=0) > 1


def heading_of(lines: Sequence[str]) -> str:
    """The last lines with text, at most three, that stand before a table."""
    return "\n".join([line.strip() for line in lines if line.strip()][-HEADING_LINES:])


def text_of(lines: Iterable[str]) -> str:
    """The lines as one text without the runs of blank lines."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip())
    return "\n".join(kept).strip("\n")
