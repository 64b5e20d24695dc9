"""Writes the demo catalogues as districts really publish them: merged, reordered, mis-ticked files.

Each style is one kind of mess that the importer must read; ``write_catalogue`` picks the style by
the catalogue's position, so the same district always gets the same files.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from html import escape

from docx import Document as WordDocument
from openpyxl import Workbook

from gongkai.demo.content.catalogues import CatalogueRow, DemoCatalogue

CHANNELS: tuple[tuple[str, str], ...] = (
    ("website", "政府网站"), ("gazette", "政府公报"), ("new_media", "两微一端"),
    ("press_conference", "发布会/听证会"), ("broadcast", "广播电视"), ("print", "纸质媒体"),
    ("reading_point", "公开查阅点"), ("service_centre", "政务服务中心"),
    ("convenience_point", "便民服务站"), ("visit", "入户/现场"),
    ("board", "社区/企事业单位/村公示栏(电子屏)"), ("push", "精准推送"), ("other", "其他"),
)  # fmt: skip
HEADER_TOP = ("序号", "公开事项", "", "公开内容(要素)", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", "", "公开方式", "", "公开层级", "")  # fmt: skip
HEADER_SUB = ("", "一级事项", "二级事项", "", "", "", "", "", "全社会", "特定群体", "主动", "依申请公开", "县级", "乡级")  # fmt: skip
HEADER_MERGES = ((2, 3), (9, 10), (11, 12), (13, 14))  # 1-based columns of the top header


def write_catalogue(catalogue: DemoCatalogue, position: int) -> tuple[str, bytes]:
    """The file name and the bytes of the catalogue in the style of its position."""
    ending, writer = STYLES[position % len(STYLES)]
    return f"{catalogue.title}.{ending}", writer(catalogue)


def _values(row: CatalogueRow, number: int, *, on: str = "■", off: str = "□") -> list[str]:
    """The 14 cells of one row, as a careful clerk would type them."""
    ticked = "\n".join(f"{on if code in row.channels else off}{label}" for code, label in CHANNELS)
    return [
        str(number), row.level1, row.level2,
        "\n".join(f"{index}.{part}" for index, part in enumerate(row.contents, 1)),
        "\n".join(f"《{name}》({no})" if no else f"《{name}》" for name, no in row.basis),
        row.deadline, "、".join(row.bodies), ticked,
        "" if row.audience_group else "√", row.audience_group,
        "√" if row.is_proactive else "", "" if row.is_proactive else "√",
        "√" if row.levels[0] else "", "√" if row.levels[1] else "",
    ]  # fmt: skip


def table_of(catalogue: DemoCatalogue, **glyphs: str) -> list[list[str]]:
    """The catalogue as the cells of a sheet, without header."""
    return [_values(row, number, **glyphs) for number, row in enumerate(catalogue.rows, 1)]


def _spans(table: list[list[str]], column: int) -> list[tuple[int, int]]:
    """Runs of equal values in a column as (first, last), 0-based."""
    spans: list[tuple[int, int]] = []
    for index, row in enumerate(table):
        if index and row[column] == table[index - 1][column]:
            spans[-1] = (spans[-1][0], index)
        else:
            spans.append((index, index))
    return spans


def _merged_workbook(catalogue: DemoCatalogue) -> bytes:
    """xlsx with a title row, a two-row merged header and vertical merges in 一级事项."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = catalogue.domain[:28]
    sheet.append([f"(一){catalogue.title}"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=14)
    sheet.append(list(HEADER_TOP))
    sheet.append(list(HEADER_SUB))
    for first, last in HEADER_MERGES:
        sheet.merge_cells(start_row=2, start_column=first, end_row=2, end_column=last)
    for column in (1, 4, 5, 6, 7, 8):
        sheet.merge_cells(start_row=2, start_column=column, end_row=3, end_column=column)
    table = table_of(catalogue)
    for row in table:
        sheet.append(row)
    for first, last in _spans(table, 1):
        if last > first:
            sheet.merge_cells(start_row=first + 4, start_column=2, end_row=last + 4, end_column=2)
    return _saved(book)


def _blank_repeats_workbook(catalogue: DemoCatalogue) -> bytes:
    """xlsx whose merges were dissolved: the repeated 一级事项 is blank; a note ends the sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([catalogue.title])
    sheet.append(list(HEADER_TOP))
    sheet.append(list(HEADER_SUB))
    previous = ""
    for row in table_of(catalogue, on="■", off="□"):
        sheet.append([row[0], "" if row[1] == previous else row[1], *row[2:]])
        previous = row[1]
    sheet.append(["注:本目录由各责任单位负责更新。"])
    return _saved(book)


def workbook_bytes(rows: list[list[str]]) -> bytes:
    """An xlsx file with these rows and nothing else."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _html(catalogue: DemoCatalogue) -> bytes:
    """A web page saved as .html: rowspans, line breaks, a navigation table around the real one."""
    table = table_of(catalogue, on="■", off="□")
    starts = dict(_spans(table, 1))
    lines = [
        "<html><head><meta charset='gb18030'><title>公开目录</title></head><body>",
        "<table class='nav'><tr><td>首页</td><td>政务公开</td></tr></table>",
        f"<h2>{escape(catalogue.title)}</h2><table border=1>",
        "<tr><th rowspan=2>序 号</th><th colspan=2>公开事项</th><th rowspan=2>公开内容<br>(要素)</th>"
        "<th rowspan=2>公开依据</th><th rowspan=2>公开时限</th><th rowspan=2>公开主体</th>"
        "<th rowspan=2>公开渠道和载体</th><th colspan=2>公开对象</th><th colspan=2>公开方式</th>"
        "<th colspan=2>公开层级</th></tr>",
        "<tr>" + "".join(f"<th>{name}</th>" for name in HEADER_SUB if name) + "</tr>",
    ]
    for index, row in enumerate(table):
        cells = [f"<td>{row[0]}</td>"]
        if index in starts:
            cells.append(f"<td rowspan={starts[index] - index + 1}>{escape(row[1])}</td>")
        cells += ["<td>" + escape(cell).replace("\n", "<br>") + "</td>" for cell in row[2:]]
        lines.append("<tr>" + "".join(cells) + "</tr>")
    lines.append("</table></body></html>")
    return "\n".join(lines).encode("gb18030")


def _csv(catalogue: DemoCatalogue) -> bytes:
    """GBK csv out of an office program: values repeated, columns reordered (主体 before 时限)."""
    order = (0, 1, 2, 3, 4, 6, 5, 7, 8, 9, 10, 11, 12, 13)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([catalogue.title])
    writer.writerow([HEADER_TOP[index] for index in order])
    writer.writerow([HEADER_SUB[index] for index in order])
    writer.writerows([[row[index] for index in order] for row in table_of(catalogue)])
    return buffer.getvalue().encode("gb18030")


def _word(catalogue: DemoCatalogue) -> bytes:
    """docx with vertically merged cells."""
    table = table_of(catalogue)
    word = WordDocument()
    word.add_paragraph(catalogue.title)
    grid = word.add_table(rows=2 + len(table), cols=14)
    cells = [list(row.cells) for row in grid.rows]
    for column, (top, sub) in enumerate(zip(HEADER_TOP, HEADER_SUB, strict=True)):
        cells[0][column].text, cells[1][column].text = top, sub
    for first, last in HEADER_MERGES:
        cells[0][first - 1].merge(cells[0][last - 1])
    for index, row in enumerate(table):
        for column, value in enumerate(row):
            if column != 1:
                cells[index + 2][column].text = value
    for first, last in _spans(table, 1):
        merged = cells[first + 2][1].merge(cells[last + 2][1])
        merged.text = table[first][1]
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _markdown(catalogue: DemoCatalogue) -> bytes:
    """A page copied to markdown: one header row, spaces inside words, 同上 where repeated."""
    names = ("序 号", "一级 事项", "二级 事项", "公开内容(要素)", "公开依据", "公开时 限", "公开主 体", "公开渠道和载体", "全社 会", "特定 群体", "主动", "依申请 公开", "县级", "乡级")  # fmt: skip
    lines = [f"# {catalogue.title}", "", "|" + "|".join(names) + "|", "|" + "---|" * 14]
    previous: list[str] = []
    for row in table_of(catalogue):
        cells = list(row)
        if previous and cells[5] == previous[5]:
            cells[5] = "同上"
        lines.append("|" + "|".join(cell.replace("\n", "<br>") for cell in cells) + "|")
        previous = row
    return "\n".join(lines).encode()


STYLES: tuple[tuple[str, Callable[[DemoCatalogue], bytes]], ...] = (
    ("xlsx", _merged_workbook),
    ("html", _html),
    ("xlsx", _blank_repeats_workbook),
    ("csv", _csv),
    ("docx", _word),
    ("md", _markdown),
)
