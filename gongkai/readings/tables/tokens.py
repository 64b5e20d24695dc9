"""Source cells on their way to a field: one token per cell, one place per column of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from gongkai.readings.grid import Cell, Grid
from gongkai.readings.reading import CellAt, Counts


@dataclass(frozen=True, slots=True)
class Token:
    """One source cell. ``index`` identifies it within the file; −1 stands for an absent cell."""

    text: str
    where: str
    index: int = -1
    covered: str = ""  # "row": a merge from above covers this place, "column": one from the left
    columns: int = 1  # how many columns the source cell spans
    loose: bool = False  # a piece of a cell whose borders are lost


ABSENT = Token("", "")
_BEGINS = re.compile(r"[■□▲▄☑☐口●·①-⑳]|\d{1,2}[.、．]|[(（]\d")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source row; ``trusted`` says that the place of a token is its column."""

    tokens: tuple[Token, ...]
    trusted: bool
    where: str = ""
    n_pads: int = 0  # empty cells at the end that may be filling
    is_regular: bool = False  # counted: as many cells and fillings as every row of the text

    @property
    def own(self) -> tuple[Token, ...]:
        """The tokens that begin in this row and say something."""
        return tuple(t for t in self.tokens if t.text and not t.covered)


@dataclass(slots=True)
class Ledger:
    """Every source cell with content, each settled exactly once: understood or questioned."""

    texts: dict[int, str] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)
    questioned: set[int] = field(default_factory=set)
    understood: set[int] = field(default_factory=set)
    followers: dict[int, list[int]] = field(default_factory=dict)  # settled with their leader

    def token(self, text: str, where: str, *, columns: int = 1) -> Token:
        """A new token, entered when it has content."""
        if not text:
            return Token("", where, -1, columns=columns)
        index = len(self.texts)
        self.texts[index] = text
        self.places[index] = where
        return Token(text, where, index, columns=columns)

    def understand(self, *tokens: Token) -> None:
        """The tokens are said in a field, the header or a warning."""
        self.understood.update(self._indexes(tokens))

    def question(self, *tokens: Token) -> None:
        """The tokens are kept raw with a question."""
        self.questioned.update(self._indexes(tokens))

    def _indexes(self, tokens: Iterable[Token]) -> Iterator[int]:
        for token in tokens:
            if token.index >= 0:
                yield token.index
                yield from self.followers.get(token.index, ())

    def joined(self, tokens: Sequence[Token], *, keeps_lines: bool = False) -> Token:
        """Pieces of one cell as one token; they are settled together.

        A piece that begins an element or a box begins a line, any other carries on a wrapped one,
        unless all lines are kept because the field itself tells wraps from values.
        """
        filled = [t for t in tokens if t.text]
        if len(filled) < 2:
            return filled[0] if filled else ABSENT
        first = filled[0]
        for piece in filled[1:]:
            own = self.followers.pop(piece.index, [])
            self.followers.setdefault(first.index, []).extend((piece.index, *own))
        text = first.text
        for piece in filled[1:]:
            begins = keeps_lines or _BEGINS.match(piece.text)
            text += f"\n{piece.text}" if begins else piece.text
        return replace(first, text=text)

    def counts(self) -> Counts:
        """How many cells there were and how each ended."""
        n_questioned = len(self.questioned)
        return Counts(len(self.texts), len(self.texts) - n_questioned, n_questioned)

    def unsettled(self) -> Iterator[Token]:
        """The tokens that nobody has said anything about."""
        for index, text in self.texts.items():
            if index not in self.questioned and index not in self.understood:
                yield Token(text, self.places[index], index)


def rows_of(grid: Grid, ledger: Ledger) -> list[SourceRow]:
    """The grid's rows in order, merges spread over the places they cover."""
    if grid.layout == "ragged" or (grid.layout == "spaced" and "aligned" not in grid.notes):
        return _ragged_rows(grid, ledger)
    return _placed_rows(grid, ledger)


def _where(grid: Grid, cell: Cell) -> str:
    if grid.layout in {"stacked", "lines", "spaced"}:
        return f"line {cell.row}"
    return str(CellAt(grid.name, cell.row, cell.column))


def _placed_rows(grid: Grid, ledger: Ledger) -> list[SourceRow]:
    places: dict[int, dict[int, Token]] = {}
    for cell in grid.cells:
        columns = min(cell.column_span, grid.n_columns or cell.column_span)
        token = ledger.token(cell.text.strip(), _where(grid, cell), columns=columns)
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + columns):
                covered = "row" if row > cell.row else "column" if column > cell.column else ""
                if covered and not token.text:
                    continue
                placed = replace(token, covered=covered) if covered else token
                places.setdefault(row, {}).setdefault(column, placed)
    return [
        SourceRow(
            tuple(places[row].get(column, ABSENT) for column in range(1, max(places[row]) + 1)),
            trusted=True,
            where=next((t.where for _, t in sorted(places[row].items()) if t.where), ""),
        )
        for row in sorted(places)
        if any(t.text for t in places[row].values())
    ]


def _ragged_rows(grid: Grid, ledger: Ledger) -> list[SourceRow]:
    """Rows whose cells follow one another; where all are as wide as the table they are placed."""
    by_row: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, []).append(cell)
    rows: list[SourceRow] = []
    for row in sorted(by_row):
        cells = sorted(by_row[row], key=lambda cell: cell.column)
        tokens = [
            ledger.token(cell.text.strip(), _where(grid, cell), columns=cell.column_span)
            for cell in cells
        ]
        if any(t.text for t in tokens):
            rows.append(untrusted_row(tokens))
    return rows


def untrusted_row(tokens: list[Token]) -> SourceRow:
    """A row whose cells only follow one another; empty cells at its end are set apart."""
    n_pads = 0
    while tokens and not tokens[-1].text:
        tokens = tokens[:-1]
        n_pads += 1
    where = next((t.where for t in tokens if t.text), "")
    return SourceRow(tuple(tokens), trusted=False, where=where, n_pads=n_pads)
