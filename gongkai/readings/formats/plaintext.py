"""Finding the tables in plain lines: pipes, box drawing, tabs, spaces, one cell per line, prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from gongkai.readings.formats import textgrids
from gongkai.readings.formats.laying import Block, SourceCell, SourceTable
from gongkai.readings.repair.gloss import without_gloss
from gongkai.readings.repair.script import simplified

_WORDS = """
序号 公开事项 一级事项 二级事项 三级事项 公开内容 公开内容(要素) 公开依据 公开时限 公开主体
公开渠道 公开渠道和载体 公开对象 公开方式 公开层级 全社会 特定群体 特定群众 主动 依申请
依申请公开 县级 乡级 村级 市级 镇级 一级目录 类别 事项类别 相应领域 公开领域 依据 时限 主体
渠道 层级
"""
HEADER_WORDS = frozenset(_WORDS.split())
"""Words that stand alone in the header cells of a catalogue, spaces removed, brackets folded."""

GAP = re.compile(r"(?<=\S)(?: {2,}|[ \u00a0]*\u3000+[ \u3000]*|\u00a0{2,})(?=\S)")
MIN_STACKED_WORDS = 4
MAX_HEADER_WORD = 80
"""Longer lines are no header cells, even with a gloss after every character."""
MIN_SPACED_LINES = 3


@lru_cache(maxsize=8192)
def header_word(text: str) -> str:
    """The text as ``HEADER_WORDS`` has it: no spaces, ASCII brackets, simplified, no gloss."""
    flat = re.sub(r"\s", "", text).replace("（", "(").replace("）", ")")
    if len(flat) > MAX_HEADER_WORD or flat in HEADER_WORDS or flat.isascii():
        return flat
    return simplified(without_gloss(flat))


def blocks_of_lines(
    lines: Sequence[str], *, beside_tables: bool = False, first_line: int = 1
) -> list[Block]:
    """The lines with every table in disguise replaced by a ``SourceTable``, nothing lost.

    ``beside_tables`` says that the document has real tables: then prose stays prose. Otherwise
    lines without any table are laid out whole, as ``stacked`` or ``lines``.
    """
    blocks: list[Block] = []
    index = 0
    while index < len(lines):
        end, table = _table_at(lines, index, first_line)
        if table is None:
            end = max(end, index + 1)  # a run that makes no table is prose, looked at once
            blocks.extend(lines[index:end])
            index = end
        else:
            blocks.append(table)
            index = end
    if any(isinstance(block, SourceTable) for block in blocks):
        return blocks
    return _whole(lines, beside_tables=beside_tables, first_line=first_line)


def _table_at(lines: Sequence[str], index: int, first_line: int) -> tuple[int, SourceTable | None]:
    """The end of the table that begins at this line and the table, or (index, None)."""
    for begins, run_end, build in _SHAPES:
        if begins(lines[index]):
            end = run_end(lines, index)
            table = build(lines[index:end]) if end > index else None
            if table is not None:
                table.first_row = first_line + index if table.layout else 1
                return end, table
            if end > index:
                return end, None
    return index, None


# --- where each shape begins and ends -------------------------------------------------------------


def _is_pipe(line: str) -> bool:
    return line.count("|") - line.count("\\|") >= 2 or line.count("｜") >= 2


def _is_box(line: str) -> bool:
    return bool(re.match(r"\s*(?:[┌┏╔╭├┣╠]|\+[-=]{2,}[-=+]*\+\s*$)", line))


def _is_tabbed(line: str) -> bool:
    return "\t" in line.strip(" \r\n") and bool(line.strip())


def _is_spaced(line: str) -> bool:
    return len(GAP.findall(line.strip())) >= 2


def _is_single_spaced_header(line: str) -> bool:
    words = [header_word(word) for word in line.split()]
    return sum(word in HEADER_WORDS for word in words) >= MIN_STACKED_WORDS


def _pipe_end(lines: Sequence[str], start: int) -> int:
    index = start
    while index < len(lines):
        joined = textgrids.end_of_broken_row(lines, index)
        if joined > index:
            index = joined
        elif _is_pipe(lines[index]):
            index += 1
        else:
            break
    return index if index - start >= 2 else start


def _box_end(lines: Sequence[str], start: int) -> int:
    index = start
    while index < len(lines) and re.match(r"\s*[┌┏╔╭├┣╠└┗╚╰│┃║|+]", lines[index]):
        index += 1
    return index if index - start >= 3 else start


def _tab_end(lines: Sequence[str], start: int) -> int:
    return _end_with_gaps(lines, start, _is_tabbed, allowed=3, minimum=2)


def _spaced_end(lines: Sequence[str], start: int) -> int:
    end = _end_with_gaps(lines, start, _is_spaced, allowed=15, minimum=MIN_SPACED_LINES)
    while start < end < len(lines) and re.match(r"\s{4,}\S", lines[end]):
        end += 1  # the wrapped rest of the last row
    return end


def _end_with_gaps(
    lines: Sequence[str],
    start: int,
    belongs: Callable[[str], bool],
    *,
    allowed: int,
    minimum: int,
) -> int:
    """After the last line that belongs, with at most ``allowed`` other lines in between."""
    last, n_belonging = start, 0
    for index in range(start, len(lines)):
        if belongs(lines[index]):
            last, n_belonging = index, n_belonging + 1
        elif index - last > allowed:
            break
    return last + 1 if n_belonging >= minimum else start


def _end_of_lines(lines: Sequence[str], start: int) -> int:
    return len(lines) if len(lines) - start >= 2 else start


# --- shapes built from their lines ----------------------------------------------------------------


def _tabbed(lines: Sequence[str]) -> SourceTable:
    rows = textgrids.delimited_rows(lines, delimiter="\t")
    return SourceTable([[SourceCell(text) for text in row] for row in rows])


def _spaced(lines: Sequence[str]) -> SourceTable:
    return textgrids.aligned_table(lines, gap=GAP)


def _single_spaced(lines: Sequence[str]) -> SourceTable:
    rows = [[SourceCell(word) for word in line.split()] for line in lines]
    return SourceTable(rows, ["single_spaces"], layout="spaced")


_SHAPES: tuple[
    tuple[
        Callable[[str], bool],
        Callable[[Sequence[str], int], int],
        Callable[[Sequence[str]], SourceTable | None],
    ],
    ...,
] = (
    (_is_box, _box_end, textgrids.box_table),
    (_is_pipe, _pipe_end, textgrids.pipe_table),
    (_is_tabbed, _tab_end, _tabbed),
    (_is_spaced, _spaced_end, _spaced),
    (_is_single_spaced_header, _end_of_lines, _single_spaced),
)


def _whole(lines: Sequence[str], *, beside_tables: bool, first_line: int) -> list[Block]:
    """Lines without any delimiter: one cell per line after a header, or an outline or prose."""
    words = [index for index, line in enumerate(lines) if header_word(line) in HEADER_WORDS]
    if len(words) >= MIN_STACKED_WORDS:
        start = words[0]
        stacked = _one_per_line(lines[start:], layout="stacked", first_row=first_line + start)
        return [*lines[:start], stacked]
    if beside_tables or not any(line.strip() for line in lines):
        return list(lines)
    return [_one_per_line(lines, layout="lines", first_row=first_line)]


def _one_per_line(lines: Iterable[str], *, layout: str, first_row: int) -> SourceTable:
    rows = [[SourceCell(line.strip())] if line.strip() else [] for line in lines]
    while rows and not rows[-1]:
        rows.pop()
    return SourceTable(rows, layout=layout, first_row=first_row)
