"""Rows from text with one cell (or one line of a cell) per line and no delimiter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from gongkai.readings.grid import Grid
from gongkai.readings.tables.columns import header_key, header_text, is_header_word
from gongkai.readings.tables.evidence import (
    is_basis,
    is_channels,
    is_deadline,
    is_number,
    is_tick,
    misfit,
)
from gongkai.readings.tables.heads import expanded_head
from gongkai.readings.tables.titles import is_footer, is_title
from gongkai.readings.tables.tokens import Ledger, SourceRow, Token, untrusted_row
from gongkai.readings.tables.wraps import (
    cells_of_row,
    contents_after_channels,
    is_settled,
    is_torn,
)

MIN_HEADER_WORDS = 4
_ROW_NUMBER = re.compile(r"(\d{1,5})(?:[.\-]\d{1,3})*")
_SECOND_HALVES = frozenset({"事项", "群众", "群体", "目录"})
"""Words that are headers by themselves and the second half of others: 一级 / 事项."""
MAX_PHRASE_LINES = 8
MAX_BODY_LINES = 4
_WHOLE_PHRASE = re.compile(
    r"^(?:自?(?:该)?(?:信息|制[定作]或?者?获?取?|形成|收到|获取|文件|政策)[^《》■□]{0,20}\d+个?(?:工作)?日(?:以)?内"
    r"(?:予以)?(?:及时)?(?:主动)?(?:公开|公布|公示)?(?:[,，]公示\d+个工作日)?|"
    r"(?:实时|及时|长期|永久|随时|适时)(?:公开|公布|公示|更新)?|每(?:季度|月|半?年)(?:公布|公开|更新)一?次?)[。.]?$"
)


@dataclass(slots=True)
class StackedTable:
    """One table of a stacked text: what stands above it, its header words, its rows."""

    heading: list[Token] = field(default_factory=list)
    header: list[Token] = field(default_factory=list)
    rows: list[SourceRow] = field(default_factory=list)
    loose: list[Token] = field(default_factory=list)  # lines of no certain cell
    notes: list[Token] = field(default_factory=list)


def stacked_tables(grid: Grid, ledger: Ledger) -> list[StackedTable]:
    """The tables of the text in order; each begins with a run of header words."""
    cells = _paragraphs(grid, ledger)
    tables: list[StackedTable] = []
    index = 0
    above: list[Token] = []
    while index < len(cells):
        end = _header_end(cells, index)
        if end == index:
            (above if not tables else tables[-1].loose).append(cells[index])
            index += 1
            continue
        table = StackedTable(heading=above, header=_header_words(cells[:end], index, ledger))
        if tables:
            table.heading = _trailing_titles(tables[-1].loose)
        tables.append(table)
        above = []
        index = end
    for table in tables:
        _cut_rows(table, ledger)
    if not tables:
        return [StackedTable(loose=above)]
    return tables


def _trailing_titles(loose: list[Token]) -> list[Token]:
    titles: list[Token] = []
    while loose and is_title(loose[-1].text):
        titles.insert(0, loose.pop())
    return titles


def _paragraphs(grid: Grid, ledger: Ledger) -> list[Token]:
    """Cells: lines, or paragraphs where blank lines part most of the lines."""
    lines = [(cell.row, cell.text) for cell in grid.cells if cell.text.strip()]
    parted = sum(b[0] - a[0] > 1 for a, b in pairwise(lines))
    by_blank = parted * 2 > len(lines)
    groups: list[tuple[int, list[str]]] = []
    previous = -9
    for row, text in lines:
        if by_blank and row - previous == 1:
            groups[-1][1].append(text.strip())
        else:
            groups.append((row, [text.strip()]))
        previous = row
    return [ledger.token("\n".join(texts), f"line {row}") for row, texts in groups]


def _header_end(cells: Sequence[Token], start: int) -> int:
    """The end of the run of header words that begins here, or ``start``."""
    end = start
    n_words = 0
    while end < len(cells):
        width = _word_width(cells, end)
        if width == 0:
            break
        n_words += 1
        end += width
    return end if n_words >= MIN_HEADER_WORDS else start


def _header_words(cells: Sequence[Token], start: int, ledger: Ledger) -> list[Token]:
    """The header words from here on; of those written over two lines (一级 / 事项) one token."""
    words: list[Token] = []
    while start < len(cells):
        width = _word_width(cells, start) or 1
        halves = cells[start : start + width]
        joined = width > 1 and header_text(halves[-1].text) in _SECOND_HALVES
        words.extend([ledger.joined(list(halves))] if joined else halves)
        start += width
    return words


def _word_width(cells: Sequence[Token], at: int) -> int:
    """How many lines from here make one header word; 0 where none does."""
    text = ""
    for width in range(1, 4):
        if at + width > len(cells):
            return 0
        text += cells[at + width - 1].text
        if is_number(cells[at + width - 1].text):
            return 0
        following = cells[at + width].text if at + width < len(cells) else ""
        if is_header_word(text):
            longer = header_key(text + following) if following else None
            same = longer == header_key(text) and header_text(following) in _SECOND_HALVES
            if longer and (same or not is_header_word(following)):
                continue
            return width
    return 0


def _cut_rows(table: StackedTable, ledger: Ledger) -> None:
    """Cut the lines after the header into rows at the numbers that count up."""
    cells, table.loose = table.loose, []
    starts: list[int] = []
    last = 0
    for index, cell in enumerate(cells):
        number = _ROW_NUMBER.fullmatch(cell.text.strip())
        if number is None or not is_number(cell.text):
            continue
        value = int(number[1])
        if not starts or last < value <= last + 20:
            starts.append(index)
            last = value
    if not starts:
        table.loose = list(cells)
        return
    table.loose = list(cells[: starts[0]])
    if _hold_cells(table.loose):
        table.loose = list(cells)  # numbers stand in the middle of their rows
        return
    wrapped = is_torn([cell.text for cell in cells])
    head = expanded_head(table.header)
    for begin, end in zip(starts, [*starts[1:], len(cells)], strict=True):
        segment = list(cells[begin:end])
        while segment and is_footer(segment[-1].text):
            table.notes.insert(0, segment.pop())
        tokens = _row_cells(segment, head.keys if head else (), ledger, wrapped=wrapped)
        table.rows.append(untrusted_row(tokens))


def _hold_cells(before: Sequence[Token]) -> bool:
    """Whether lines above the first number are cells of its row."""
    return any(is_channels(t.text) or is_basis(t.text) or is_deadline(t.text) for t in before)


def _row_cells(
    segment: list[Token], keys: Sequence[str], ledger: Ledger, *, wrapped: bool
) -> list[Token]:
    """The cells of a row; of one with torn lines only what is certain, the rest loose."""
    deadline = None
    for index in range(1, len(segment)):
        if n_lines := _deadline_lines(segment, index):
            deadline = (index, index + n_lines)
            break
    cells = cells_of_row(segment, keys, deadline)
    if wrapped and not is_settled(segment, cells):
        return _understood(segment, ledger)
    cells, later = contents_after_channels(segment, cells)
    at = next((start for start, _ in cells if is_deadline(segment[start].text)), len(segment))
    tokens = [ledger.joined(segment[start:end], keeps_lines=start > at) for start, end in cells]
    if later:
        parts = [tokens[later[0]], *segment[later[1] :]]
        tokens[later[0]] = ledger.joined(parts, keeps_lines=True)
    return tokens


def _understood(segment: list[Token], ledger: Ledger) -> list[Token]:
    """Of a row whose cells run over lines only what tells by itself; the rest is loose."""
    kept: list[Token] = []
    loose: list[Token] = []
    index = 0
    while index < len(segment):
        n_lines = _deadline_lines(segment, index)
        token = segment[index]
        if n_lines:
            kept.append(ledger.joined(segment[index : index + n_lines]))
            index += n_lines
            continue
        sure = index == 0 or is_tick(token.text) or is_channels(token.text)
        n_body = _body_lines(segment, index, kept)
        if n_body:
            kept.append(ledger.joined(segment[index : index + n_body], keeps_lines=True))
            index += n_body
            continue
        if sure:
            kept.append(token)
        else:
            loose.append(replace(token, loose=True))
        index += 1
    return [*kept, *loose]


def _deadline_lines(segment: Sequence[Token], index: int) -> int:
    """How many lines from here are one whole deadline phrase; 0 where none begins here."""
    text = ""
    found = 0
    for width in range(1, MAX_PHRASE_LINES + 1):
        if index + width > len(segment):
            break
        text += "".join(segment[index + width - 1].text.split())
        if _WHOLE_PHRASE.match(text):
            found = width
    return found


def _body_lines(segment: Sequence[Token], index: int, kept: Sequence[Token]) -> int:
    """How many lines from here are the bodies between deadline and channels; 0 where unsure."""
    if not kept or not is_deadline(kept[-1].text):
        return 0
    end = index
    while (
        end < len(segment) and not is_channels(segment[end].text) and end - index < MAX_BODY_LINES
    ):
        end += 1
    if end == index or end == len(segment) or not is_channels(segment[end].text):
        return 0
    return end - index if misfit("".join(t.text for t in segment[index:end]), "bodies") == 0 else 0
