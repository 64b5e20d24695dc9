"""Reading .xls workbooks (BIFF) with their merges."""

from __future__ import annotations

import datetime
import io
import struct
from typing import Any

import olefile
import python_calamine

from gongkai.readings.formats.limits import check_extent
from gongkai.readings.formats.refusals import refusal
from gongkai.readings.formats.sheetvalues import number_text
from gongkai.readings.grid import Cell, Document, Grid

FORMAT = "xls"
_BEGINS, _ENDS, _PASSWORD = (0x0809, 0x0409, 0x0209, 0x0009), 0x000A, 0x002F


def read(name: str, content: bytes) -> Document:
    """The document of a binary workbook: one grid per sheet that holds anything."""
    _check_stream(name, content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = [_grid(book, sheet) for sheet in book.sheet_names]
    except BaseException as error:
        # The library is compiled: on damaged files it panics, which is no Exception.
        if isinstance(error, Exception) and "password" in str(error).lower():
            raise refusal(
                "readings.encrypted", remedy="save_without_password", place=name
            ) from error
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise _refused(error, name) from error
        raise
    return Document(FORMAT, tuple(grid for grid in grids if grid.cells))


def _check_stream(name: str, content: bytes) -> None:
    """The workbook stream is whole (every substream ends) and has no password."""
    stream = _stream(name, content)
    depth = at = n_parts = 0
    while at + 4 <= len(stream) and (depth or not n_parts or any(stream[at : at + 4])):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _PASSWORD:
            raise refusal("readings.encrypted", remedy="save_without_password", place=name)
        if kind in _BEGINS:
            depth, n_parts = depth + 1, n_parts + 1
        elif kind == _ENDS:
            depth -= 1
        at += 4 + size
    if n_parts < 2 or depth != 0 or at > len(stream):
        raise refusal("readings.corrupt", remedy="save_as_xlsx", place=name)


def _stream(name: str, content: bytes) -> bytes:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            part = "Workbook" if container.exists("Workbook") else "Book"
            return bytes(container.openstream(part).read())
    except Exception as error:  # olefile raises many kinds on damaged chains
        raise refusal("readings.corrupt", remedy="save_as_xlsx", place=name) from error


def _refused(error: BaseException, name: str) -> Exception:
    from gongkai.base.errors import NotReadable

    if isinstance(error, NotReadable):
        return error
    return refusal("readings.corrupt", remedy="save_as_xlsx", place=name)


def _grid(book: Any, name: str) -> Grid:
    sheet = book.get_sheet_by_name(name)
    check_extent(sheet.total_height, sheet.total_height * sheet.total_width, place=name)
    spans = {
        (top + 1, left + 1): (bottom - top + 1, right - left + 1)
        for (top, left), (bottom, right) in (sheet.merged_cell_ranges or ())
    }
    cells: list[Cell] = []
    for row, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        for column, found in enumerate(values, start=1):
            text = value_text(found)
            if text:
                cells.append(Cell(text, row, column, *spans.get((row, column), (1, 1))))
    return Grid(
        name=name,
        layout="cells",
        cells=tuple(cells),
        n_rows=max((cell.row for cell in cells), default=0),
        n_columns=max((cell.column + cell.column_span - 1 for cell in cells), default=0),
    )


def value_text(found: object) -> str:
    """A cell value as a person reads it."""
    if isinstance(found, bool):
        return "TRUE" if found else "FALSE"
    if isinstance(found, (int, float)):
        return number_text(repr(found), "#0")
    if isinstance(found, datetime.datetime):
        is_day = found.time() == datetime.time()
        return found.strftime("%Y-%m-%d" if is_day else "%Y-%m-%d %H:%M")
    return str(found).replace("\r\n", "\n").replace("\r", "\n")
