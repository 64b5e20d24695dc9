"""A table of source cells as any file format gives it, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """One source cell. ``row``/``column`` are 1-based as a person counts in the source.

    A merged cell stands once, at its top-left place, with its spans; the places it covers are
    absent from ``Grid.cells`` (use ``Grid.covering``).
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a file.

    ``layout`` says how far positions can be trusted: ``cells`` (real cells with real merges),
    ``ragged`` (rows may be shorter because merges were dropped, so positions shift), ``stacked``
    (one cell per line, no delimiter), ``spaced`` (columns by runs of spaces), ``lines`` (prose or
    an outline). ``heading`` is the text standing directly above the table.
    """

    name: str
    layout: str
    cells: tuple[Cell, ...]
    heading: str = ""
    n_rows: int = 0
    n_columns: int = 0
    notes: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Document:
    """What a format reader returns: the tables, and the text outside of tables in order."""

    format: str
    grids: tuple[Grid, ...]
    text: str = ""
    notes: tuple[str, ...] = ()
