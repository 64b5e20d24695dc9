# ruff: noqa: E501 — tables of test data are read best as lines
"""Rendering a true catalogue as the messy files that districts publish."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import docx
from openpyxl import Workbook

from gongkai.readings.tests.truth import CHANNELS, TICK_COLUMNS, TrueRow

GLYPHS = {"box": ("■", "□"), "ocr": ("■", "口"), "triangle": ("▲", "□"), "wingdings2": ("R", "£"),
          "private": ("\uf052", "\uf0a3"), "check": ("☑", "☐"), "low": ("▄", "□")}  # fmt: skip
LABELS = {
    "number": "序号", "level1": "一级事项", "level2": "二级事项", "contents": "公开内容(要素)",
    "basis": "公开依据", "deadlines": "公开时限", "bodies": "公开主体", "channels": "公开渠道和载体",
    "audience": "公开对象", "mode": "公开方式", "levels": "公开层级", "item": "公开事项",
}  # fmt: skip
ORDER = ("number", "item", "contents", "basis", "deadlines", "bodies", "channels", "audience",
         "mode", "levels")  # fmt: skip
SUBS = {"item": ("level1", "level2"), "audience": ("全社会", "特定群体"),
        "mode": ("主动", "依申请"), "levels": ("县级", "乡级")}  # fmt: skip


@dataclass(frozen=True)
class Box:
    """One cell of a table with real merges."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Style:
    """How the catalogue was typed."""

    order: tuple[str, ...] = ORDER
    glyphs: str = "box"
    only_ticked: bool = False
    merge_level1: bool = True
    numbered: bool = True  # contents as 1. 2. or as lines with ●
    words: Callable[[str], str] = str  # what happens to every cell text
    header_words: Callable[[str], str] = str
    title: str = "社会救助领域基层政务公开标准目录"


def columns_of(style: Style) -> list[str]:
    """The leaf columns in order."""
    return [leaf for name in style.order for leaf in SUBS.get(name, (name,))]


def header(style: Style) -> list[list[Box]]:
    """The two header rows with their merges."""
    top: list[Box] = []
    sub: list[Box] = []
    for name in style.order:
        leaves = SUBS.get(name)
        label = style.header_words(LABELS[name])
        if leaves is None:
            top.append(Box(label, rows=2))
        else:
            top.append(Box(label, columns=len(leaves)))
            sub.extend(Box(style.header_words(LABELS.get(leaf, leaf))) for leaf in leaves)
    return [top, sub]


def cell_text(row: TrueRow, leaf: str, style: Style) -> str:
    """The text of one cell as typed."""
    if leaf in TICK_COLUMNS:
        return "√" if row.ticks[TICK_COLUMNS.index(leaf)] else ""
    if leaf == "contents":
        marks = [f"{i}." for i in range(1, 9)] if style.numbered else ["●"] * 9
        text = "\n".join(m + c for m, c in zip(marks, row.contents, strict=False))
    elif leaf == "basis":
        text = row.basis_text()
    elif leaf == "deadlines":
        text = row.deadline
    elif leaf == "bodies":
        text = "、".join(row.bodies)
    elif leaf == "channels":
        full, empty = GLYPHS[style.glyphs]
        text = " ".join(
            (full if code in row.channels else empty) + name
            for code, name in CHANNELS.items()
            if code in row.channels or not style.only_ticked
        )
    else:
        text = getattr(row, leaf)
    return style.words(text)


def body(rows: Sequence[TrueRow], style: Style) -> list[list[Box]]:
    """The data rows; equal level 1 items of neighbouring rows are one merged cell."""
    leaves = columns_of(style)
    result: list[list[Box]] = []
    for index, row in enumerate(rows):
        boxes: list[Box] = []
        for leaf in leaves:
            text = cell_text(row, leaf, style)
            if leaf == "level1" and style.merge_level1:
                if index and rows[index - 1].level1 == row.level1:
                    continue
                end = index
                while end + 1 < len(rows) and rows[end + 1].level1 == row.level1:
                    end += 1
                boxes.append(Box(text, rows=end - index + 1))
            else:
                boxes.append(Box(text))
        result.append(boxes)
    return result


def spanned(rows: Sequence[TrueRow], style: Style) -> list[list[Box]]:
    """The whole table with real merges."""
    return [*header(style), *body(rows, style)]


def flat(table: Sequence[Sequence[Box]], *, how: str) -> list[list[str]]:
    """The table without merges. ``how``: short (covered cells dropped), repeat, or blank."""
    taken: dict[tuple[int, int], str] = {}
    lines: list[list[str]] = []
    for index, boxes in enumerate(table):
        line: list[str] = []
        column = 0
        queue = list(boxes)
        while queue or (index, column) in taken:
            if (index, column) in taken:
                if how != "short":
                    line.append(taken[index, column] if how == "repeat" else "")
                column += 1
                continue
            box = queue.pop(0)
            for r in range(index, index + box.rows):
                for c in range(column, column + box.columns):
                    taken[r, c] = box.text
            line.append(box.text)
            if how != "short":
                line.extend([box.text if how == "repeat" else ""] * (box.columns - 1))
            column += box.columns
        lines.append(line)
    return lines


# --- formats --------------------------------------------------------------------------------------


def as_html(table: Sequence[Sequence[Box]], title: str) -> bytes:
    """A page with one table and real spans."""
    rows = "".join("<tr>" + "".join(_td(box) for box in boxes) + "</tr>" for boxes in table)
    page = f"<html><head><meta charset='utf-8'></head><body><h1>{title}</h1><table>{rows}</table></body></html>"
    return page.encode()


def _td(box: Box) -> str:
    spans = (f" rowspan={box.rows}" if box.rows > 1 else "") + (
        f" colspan={box.columns}" if box.columns > 1 else ""
    )
    return f"<td{spans}>{html.escape(box.text).replace(chr(10), '<br>')}</td>"


def as_xlsx(table: Sequence[Sequence[Box]], title: str) -> bytes:
    """A workbook with real merges and a title row."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.cell(row=1, column=1, value=title)
    width = sum(box.columns for box in table[0])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    taken: set[tuple[int, int]] = set()
    for index, boxes in enumerate(table, start=2):
        column = 1
        for box in boxes:
            while (index, column) in taken:
                column += 1
            sheet.cell(row=index, column=column, value=box.text or None)
            if box.rows > 1 or box.columns > 1:
                sheet.merge_cells(start_row=index, end_row=index + box.rows - 1,
                                  start_column=column, end_column=column + box.columns - 1)  # fmt: skip
            taken |= {(r, c) for r in range(index, index + box.rows)
                      for c in range(column, column + box.columns)}  # fmt: skip
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def as_docx(table: Sequence[Sequence[Box]], title: str) -> bytes:
    """A document with a heading and a table with real merges."""
    document = docx.Document()
    document.add_paragraph(title)
    width = sum(box.columns for box in table[0])
    grid = document.add_table(rows=len(table), cols=width)
    taken: set[tuple[int, int]] = set()
    for index, boxes in enumerate(table):
        column = 0
        for box in boxes:
            while (index, column) in taken:
                column += 1
            cell = grid.cell(index, column)
            if box.rows > 1 or box.columns > 1:
                cell = cell.merge(grid.cell(index + box.rows - 1, column + box.columns - 1))
            cell.text = box.text
            taken |= {(r, c) for r in range(index, index + box.rows)
                      for c in range(column, column + box.columns)}  # fmt: skip
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_csv(
    lines: Sequence[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8-sig"
) -> bytes:
    """Delimited text; rows may be of different width."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(lines)
    return buffer.getvalue().encode(encoding)


def one_line(text: str) -> str:
    """The text without line breaks, as tables of plain text need it."""
    return text.replace("\n", " ")


def as_markdown(lines: Sequence[Sequence[str]], title: str) -> bytes:
    """A markdown table; every row as wide as the widest."""
    width = max(len(line) for line in lines)
    rows = [
        "| " + " | ".join([*map(one_line, line), *[""] * (width - len(line))]) + " |"
        for line in lines
    ]
    rows.insert(1, "|" + "---|" * width)
    return "\n".join([f"# {title}", "", *rows]).encode()


def as_pipes(lines: Sequence[Sequence[str]], title: str, *, drop_blanks: bool, width: int) -> bytes:
    """A web page turned to text: bars between the cells, filled up at the end of the line."""
    out = [title]
    for line in lines:
        kept = [cell for cell in line if cell or not drop_blanks]
        cells = " ".join(f"{cell} |" if cell else "\n|" for cell in kept)
        out.append(cells.replace(" \n|", "\n|") + "|" * (width - len(kept)))
    return "\n".join(out).encode()


def as_cell_per_line_pipes(lines: Sequence[Sequence[str]], title: str, *, width: int) -> bytes:
    """Every cell on a line of its own with a bar behind it."""
    out = [title]
    for line in lines:
        out.extend(f"{cell} |".lstrip() for cell in line)
        if len(line) < width:
            out.append("|" * (width - len(line)))
    return "\n".join(out).encode()


def as_stacked(lines: Sequence[Sequence[str]], title: str, *, gap: str = "\n\n") -> bytes:
    """One cell per paragraph, blank cells and ticks gone."""
    cells = [cell for line in lines for cell in line if cell and cell != "√"]
    return gap.join([title, *cells]).encode()


def changed(style: Style, **changes: object) -> Style:
    """The style with changes."""
    return replace(style, **changes)  # type: ignore[arg-type]
