"""Cells from lines of text: markdown pipes, box drawing, delimiters and aligned columns."""

from __future__ import annotations

import csv
import html
import re
import unicodedata
from collections.abc import Sequence

from gongkai.readings.formats.laying import SourceCell, SourceTable

MAX_BROKEN_LINES = 40
_RULE = re.compile(r"^[\s|:\-—–=+｜]+$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BARS = re.compile(r"[│┃║|]")
_BOX_RULE = re.compile(r"[─━═╌┄\-=]{2,}|[┬┴┼┳┻╋╦╩╬]")


def end_of_broken_row(lines: Sequence[str], index: int) -> int:
    """The line after a pipe row that a raw line break inside a cell tore apart, else ``index``."""
    if not lines[index].lstrip().startswith("|") or lines[index].rstrip().endswith("|"):
        return index
    for end in range(index + 1, min(index + MAX_BROKEN_LINES, len(lines))):
        if lines[end].lstrip().startswith("|"):
            return index
        if lines[end].rstrip().endswith("|"):
            return end + 1
    return index


def pipe_table(lines: Sequence[str]) -> SourceTable | None:
    """A markdown table; rows torn by a line break joined, the rule line left out."""
    rows: list[list[SourceCell]] = []
    index = 0
    while index < len(lines):
        end = max(end_of_broken_row(lines, index), index + 1)
        line = "\n".join(lines[index:end])
        if not _RULE.match(line) or not re.search(r"[-—–=]", line):
            rows.append([SourceCell(text) for text in _pipe_cells(line)])
        index = end
    return SourceTable(rows) if rows else None


def _pipe_cells(line: str) -> list[str]:
    line = line.strip()
    if "|" not in line:
        line = line.replace("｜", "|")
    line = line.removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [_markdown_text(text) for text in re.split(r"(?<!\\)\|", line)]


def _markdown_text(text: str) -> str:
    text = _BREAK.sub("\n", text.replace("\\|", "|"))
    text = html.unescape(text)
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", text)
    return "\n".join(line.strip() for line in text.strip().split("\n"))


def box_table(lines: Sequence[str]) -> SourceTable | None:
    """A table drawn with box characters or ``+---+``; a cell may run over several lines.

    A rule that stops short of a column leaves the cell open: it covers the next row too.
    """
    rows: list[list[str]] = []
    open_: list[list[str]] = []
    spans: list[list[int]] = []
    for line in [*lines, "└──┘"]:
        if not _is_rule(line):
            parts = [part.strip() for part in _BARS.split(line.strip())[1:-1]]
            open_.append(parts)
            continue
        if open_:
            width = max(len(parts) for parts in open_)
            rows.append(_stacked(open_, width))
            spans.append(_open_columns(line, open_))
            open_ = []
    return _with_row_spans(rows, spans)


def _is_rule(line: str) -> bool:
    return bool(_BOX_RULE.search(line)) and not re.search(r"[\w□■√]", line)


def _stacked(lines: Sequence[Sequence[str]], width: int) -> list[str]:
    columns = [[parts[i] for parts in lines if i < len(parts) and parts[i]] for i in range(width)]
    return ["\n".join(column) for column in columns]


def _open_columns(rule: str, _rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns (0-based) whose bottom the rule leaves open: blank between its bars."""
    if not re.search(r"[│┃║|]", rule):
        return []
    columns: list[int] = []
    for index, part in enumerate(re.split(r"[│┃║|├┤┼┣┫╋╠╣╬+]", rule.strip())[1:-1]):
        if not part.strip():
            columns.append(index)
    return columns


def _with_row_spans(rows: list[list[str]], spans: list[list[int]]) -> SourceTable | None:
    if not rows:
        return None
    table: list[list[SourceCell]] = [[] for _ in rows]
    for column in range(max(len(row) for row in rows)):
        index = 0
        while index < len(rows):
            end = index
            while column in spans[end] and end + 1 < len(rows):
                end += 1
            texts = [row[column] for row in rows[index : end + 1] if column < len(row)]
            if texts:
                text = "\n".join(part for part in texts if part)
                table[index].append(SourceCell(text, row_span=end - index + 1))
            index = end + 1
    return SourceTable(table)


def delimited_rows(lines: Sequence[str], *, delimiter: str) -> list[list[str]]:
    """The fields of delimited lines; quotes are honoured only where they are balanced."""
    text = "\n".join(lines)
    if text.count('"') and text.count('"') % 2 == 0 and f'{delimiter}"' in f"{delimiter}{text}":
        rows = list(csv.reader(lines_kept(text), delimiter=delimiter))
    else:
        rows = [line.split(delimiter) for line in lines]
    return [[field.strip(" \r\n") for field in row] for row in rows]


def lines_kept(text: str) -> list[str]:
    """The lines with their ends, so that a quoted field keeps its line breaks."""
    return [f"{line}\n" for line in text.split("\n")]


def aligned_table(lines: Sequence[str], *, gap: re.Pattern[str]) -> SourceTable:
    """Columns by runs of spaces: by position where the starts line up, else by order.

    Notes: ``aligned`` (columns are positions on the line) or ``sequence`` (columns are mere order).
    """
    pieces = [_pieces(line, gap) for line in lines]
    columns = _columns(pieces)
    rows: list[list[SourceCell]] = []
    for line in pieces:
        if columns is None:
            rows.append([SourceCell(text) for _, text in line])
        else:
            rows.append(_at_columns(line, columns))
    note = "sequence" if columns is None else "aligned"
    return SourceTable(rows, [note], layout="spaced")


def _pieces(line: str, gap: re.Pattern[str]) -> list[tuple[int, str]]:
    """The texts of a line with the display column at which each begins."""
    line = line.expandtabs(8).rstrip()
    indent = len(line) - len(line.lstrip())
    starts = [indent] + [match.end() for match in gap.finditer(line) if match.end() > indent]
    ends = [match.start() for match in gap.finditer(line) if match.start() > indent] + [len(line)]
    pieces = [
        (_width(line[:start]), line[start:end].strip())
        for start, end in zip(starts, ends, strict=False)
    ]
    return [piece for piece in pieces if piece[1]]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _columns(pieces: Sequence[Sequence[tuple[int, str]]]) -> list[int] | None:
    """The starts of the columns where most pieces begin at one of few places, else None."""
    counts: dict[int, int] = {}
    for line in pieces:
        for start, _ in line:
            counts[start] = counts.get(start, 0) + 1
    n_lines = sum(1 for line in pieces if line)
    columns: list[int] = []
    for start in sorted(counts):
        if counts[start] >= max(2, n_lines * 0.2) and (not columns or start - columns[-1] > 1):
            columns.append(start)
    total = sum(counts.values())
    placed = sum(n for start, n in counts.items() if any(abs(start - c) <= 1 for c in columns))
    return columns if len(columns) >= 3 and placed >= total * 0.85 else None


def _at_columns(line: Sequence[tuple[int, str]], columns: Sequence[int]) -> list[SourceCell]:
    texts = [""] * len(columns)
    for start, text in line:
        at = max((i for i, column in enumerate(columns) if column <= start + 1), default=0)
        texts[at] = f"{texts[at]}  {text}" if texts[at] else text
    return [SourceCell(text) for text in texts]
