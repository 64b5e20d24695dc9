"""Rows from text with ``|`` between the cells, line breaks inside cells and rows included.

Web pages turned to text write a cell that holds a line break over several lines, end lines in
the middle of a row, or give every cell a line of its own. Rows are found by what they hold: a
number or a first cell begins a row, a line that only carries on belongs to the row before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.readings.tables.columns import is_header_word
from gongkai.readings.tables.evidence import (
    compact,
    is_basis,
    is_channels,
    is_deadline,
    is_number,
    is_tick,
)
from gongkai.readings.tables.regular import regular_rows_of

_RULE = re.compile(r"^[\s|:\-—–=+]+$")
MIN_LINES = 3


@dataclass(slots=True)
class Piece:
    """What stands between two bars; ``pad`` marks one written only to fill the line up."""

    text: str
    line: int
    begins_line: bool
    pad: bool = False
    barred: bool = False  # a bar stands in front of it at the start of its line


@dataclass(slots=True)
class PipeTable:
    """The rows of one piped table with the text directly above it."""

    heading: list[tuple[str, int]] = field(default_factory=list)
    rows: list[list[Piece]] = field(default_factory=list)
    pads: list[int] = field(default_factory=list)
    regular: list[bool] = field(default_factory=list)  # cut by counting bars


def is_piped(text: str) -> bool:
    """Whether bars delimit the cells of the text."""
    lines = [line for line in text.split("\n") if line.strip()]
    barred = sum("|" in line for line in lines)
    return barred >= MIN_LINES and text.count("|") >= 8 and barred * 5 >= len(lines)


def pipe_tables(text: str, mend: Callable[[str], str]) -> list[PipeTable]:
    """The piped tables of the text in order, each with the lines above it.

    ``mend`` repairs one piece: rows are told apart by what repaired pieces say.
    """
    tables: list[PipeTable] = []
    above: list[tuple[str, int]] = []
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        end = _region_end(lines, index)
        if end == index:
            if lines[index].strip():
                above.append((mend(lines[index].strip()), index + 1))
            index += 1
            continue
        table = _table(lines[index:end], index + 1, mend)
        table.heading = above
        above = []
        tables.append(table)
        index = end
    if above and tables:
        tables.append(PipeTable(heading=above))
    return tables


def _region_end(lines: Sequence[str], start: int) -> int:
    """The line after the piped region that begins at ``start``; lines inside cells belong to it."""
    if "|" not in lines[start]:
        return start
    last = start
    for index in range(start + 1, len(lines)):
        if "|" in lines[index]:
            last = index
        elif index - last > 12 or (not lines[index].strip() and index - last > 2):
            break
    return last + 1


def _table(lines: Sequence[str], first_line: int, mend: Callable[[str], str]) -> PipeTable:
    rules = {i for i, line in enumerate(lines) if _RULE.match(line) and re.search(r"[-—=]", line)}
    every_line_barred = all(
        line.strip().startswith("|") and line.rstrip().endswith("|") and line.count("|") > 2
        for i, line in enumerate(lines)
        if line.strip() and i not in rules
    )
    table = PipeTable()
    if every_line_barred:
        for i, line in enumerate(lines):
            if line.strip() and i not in rules:
                _add(table, _pieces([line], first_line + i, mend))
        return table
    kept = [(line if i not in rules else "") for i, line in enumerate(lines)]
    pieces = _pieces(kept, first_line, mend)
    regular = regular_rows(pieces)
    begin = regular[0] if regular else len(pieces)
    for row in _segmented(pieces[:begin]):
        _add(table, row)
    for start, end in pairwise(regular):
        _add(table, pieces[start:end], is_regular=True)
    return table


def _pieces(lines: Sequence[str], first_line: int, mend: Callable[[str], str]) -> list[Piece]:
    """The text between bars, line breaks kept; a line that ends with a bar ends its cell."""
    pieces: list[Piece] = []
    text, line_no, begins, barred = "", first_line, True, False
    for offset, line in enumerate(lines):
        parts = line.split("|")
        if not text.strip() and _opens_row(parts):
            parts = parts[1:]
            text, begins, barred = "", True, True
        for position, part in enumerate(parts):
            if not text.strip():
                line_no = first_line + offset
                begins = begins or position == 0
            text = f"{text}{part}"
            if position < len(parts) - 1:
                pad = text == "" and position > 0
                pieces.append(Piece(mend(_clean(text)), line_no, begins, pad, barred))
                text, begins, barred = "", False, False
        text = f"{text}\n" if text.strip() else "\n"
        begins = begins or text == "\n"
    if text.strip():
        pieces.append(Piece(mend(_clean(text)), line_no, begins, barred=barred))
    return pieces


def _opens_row(parts: Sequence[str]) -> bool:
    """Whether the bar at the start of a line opens a row rather than ends a blank cell."""
    if len(parts) < 2 or parts[0].strip():
        return False
    return bool(parts[1].strip()) and not is_tick(parts[1])


def _clean(text: str) -> str:
    text = re.sub(r"<br\s*/?>", "\n", text).replace("**", "")
    return "\n".join(line.strip() for line in text.strip().split("\n"))


def regular_rows(pieces: Sequence[Piece]) -> list[int]:
    """Where rows begin, and the end, in a table whose rows all have as many bars; else empty."""
    return regular_rows_of(
        n_cells=len(pieces),
        numbers=[i for i, p in enumerate(pieces) if p.begins_line and is_number(p.text)],
        filled=[
            i + 1
            for i, p in enumerate(pieces)
            if p.pad and not (i + 1 < len(pieces) and pieces[i + 1].pad)
        ],
        may_begin=[bool(p.begins_line and p.text and not is_tick(p.text)) for p in pieces],
        heads=[i for i, p in enumerate(pieces) if p.begins_line and is_header_word(p.text)],
    )


def _segmented(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces cut into rows."""
    numbered = _number_position(pieces)
    starts = [p for p in pieces if p.begins_line and is_number(p.text)]
    bars_open = bool(starts) and sum(p.barred for p in starts) * 2 > len(starts)
    rows: list[list[Piece]] = []
    row: list[Piece] = []
    for index, piece in enumerate(pieces):
        opens = piece.barred and bars_open and any(p.text for p in row)
        if opens or (row and piece.begins_line and _begins_row(pieces, index, row, numbered)):
            rows.append(row)
            row = []
        row.append(piece)
    if row:
        rows.append(row)
    return [r for r in rows if any(p.text for p in r)]


def _number_position(pieces: Sequence[Piece]) -> int:
    """0: rows begin with a number; 1: a number follows the first cell; −1: no numbers."""
    starts = [i for i, p in enumerate(pieces) if p.begins_line and p.text]
    first = sum(is_number(pieces[i].text) for i in starts)
    second = sum(
        i + 1 < len(pieces) and is_number(pieces[i + 1].text) and not is_number(pieces[i].text)
        for i in starts
    )
    if first >= 2 or (first == 1 and second == 0):
        return 1 if second and any(p.text == "" for p in pieces[:1]) else 0
    return 1 if second else -1


def _begins_row(pieces: Sequence[Piece], index: int, row: Sequence[Piece], numbered: int) -> bool:
    """Whether the piece at the start of a line begins a row of its own."""
    piece = pieces[index]
    if not piece.text:
        return False
    if is_number(piece.text):
        return numbered >= 0 and any(p.text for p in row)
    following = pieces[index + 1].text if index + 1 < len(pieces) else ""
    if numbered >= 0 and following and is_number(following) and not is_header_word(piece.text):
        return not is_tick(piece.text)
    return _begins_unnumbered(pieces, index, row, numbered)


def _begins_unnumbered(
    pieces: Sequence[Piece], index: int, row: Sequence[Piece], numbered: int
) -> bool:
    """A first cell without a number: header rows, titles, rows of a table without numbers."""
    piece = pieces[index]
    said = [p for p in row if p.text]
    if is_tick(piece.text):
        return False
    if is_header_word(piece.text):
        key_words = [is_header_word(p.text) for p in said]
        again = bool(said) and compact(said[0].text) == compact(piece.text)
        return bool(said) and (not all(key_words) or again)
    if numbered >= 0 and _begins_merged(pieces, index, said):
        return True
    if numbered >= 0:
        return all(is_header_word(p.text) for p in said) and _on_line(pieces, index) > 1
    if said and all(is_header_word(p.text) for p in said):
        return _on_line(pieces, index) > MIN_LINES and not is_header_word(piece.text)
    return _on_line(pieces, index) >= 3 and len(said) >= 3


def _begins_merged(pieces: Sequence[Piece], index: int, said: Sequence[Piece]) -> bool:
    """A row whose number is merged with the row before: a second deadline and ticks follow."""
    if not any(is_deadline(p.text) for p in said) or not any(
        is_tick(p.text) or is_channels(p.text) for p in said
    ):
        return False
    text = pieces[index].text
    if is_deadline(text) or is_channels(text) or is_basis(text):
        return False
    if index + 1 < len(pieces) and is_tick(pieces[index + 1].text):
        return False  # words in a √ column
    for piece in pieces[index + 1 :]:
        if piece.begins_line and is_number(piece.text):
            return False
        if is_deadline(piece.text):
            return True
    return False


def _on_line(pieces: Sequence[Piece], index: int) -> int:
    """How many filled cells begin on the line of this piece."""
    count = 0
    for piece in pieces[index:]:
        if piece.begins_line and piece is not pieces[index]:
            break
        count += bool(piece.text)
    return count


def _add(table: PipeTable, pieces: list[Piece], *, is_regular: bool = False) -> None:
    if pieces and not pieces[0].text and len(pieces) > 1 and pieces[0].begins_line:
        pieces = pieces[1:]
    n_pads = 0
    while pieces and not pieces[-1].text:
        n_pads += 1
        pieces = pieces[:-1]
    if pieces:
        table.rows.append(pieces)
        table.pads.append(n_pads)
        table.regular.append(is_regular)
