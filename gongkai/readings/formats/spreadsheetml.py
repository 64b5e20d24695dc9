"""Reading Excel 2003 XML workbooks, which usually call themselves .xls."""

from __future__ import annotations

from lxml import etree

from gongkai.readings.formats.limits import MAX_SPAN, check_extent
from gongkai.readings.formats.packages import parse_xml
from gongkai.readings.formats.sheetvalues import number_text
from gongkai.readings.grid import Cell, Document, Grid

FORMAT = "xls"


def read(name: str, content: bytes) -> Document:
    """The document of an XML workbook: one grid per worksheet that holds anything."""
    root = parse_xml(content, place=name)
    grids = [_grid(sheet) for sheet in root.iter("{*}Worksheet")]
    return Document(FORMAT, tuple(grid for grid in grids if grid.cells))


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith(f"}}{name}")), "")


def _number(element: etree._Element, name: str, default: int) -> int:
    text = _attribute(element, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else default


def _grid(sheet: etree._Element) -> Grid:
    cells: list[Cell] = []
    row = 0
    name = _attribute(sheet, "Name")
    for element in sheet.iter("{*}Row"):
        row = _number(element, "Index", row + 1)
        column = 0
        for cell in element.iterchildren("{*}Cell"):
            column = _number(cell, "Index", column + 1)
            across = min(_number(cell, "MergeAcross", 0), MAX_SPAN)
            down = _number(cell, "MergeDown", 0)
            text = _text(cell)
            if text:
                cells.append(Cell(text, row, column, down + 1, across + 1))
            column += across
        check_extent(row, len(cells), place=name)
    return Grid(
        name=name,
        layout="cells",
        cells=tuple(cells),
        n_rows=row,
        n_columns=max((cell.column + cell.column_span - 1 for cell in cells), default=0),
    )


def _text(cell: etree._Element) -> str:
    found = next(cell.iterchildren("{*}Data"), None)
    if found is None:
        return ""
    text = "".join(str(piece) for piece in found.itertext())
    if _attribute(found, "Type") == "Number":
        return number_text(text, "#0")
    return text.replace("\r\n", "\n").replace("\r", "\n")
