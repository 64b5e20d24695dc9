"""Reading .xls workbooks (BIFF) with their merges."""

from __future__ import annotations

import datetime
import io
from typing import Any

import python_calamine

from gongkai.readings.formats.limits import check_extent
from gongkai.readings.formats.refusals import refusal
from gongkai.readings.formats.sheetvalues import number_text
from gongkai.readings.grid import Cell, Document, Grid

FORMAT = "xls"


def read(name: str, content: bytes) -> Document:
    """The document of a binary workbook: one grid per sheet that holds anything."""
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
