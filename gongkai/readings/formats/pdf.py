"""Reading PDF files with a text layer: ruled tables by their lines, others by their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from gongkai.readings.formats.laying import Block, SourceCell, SourceTable, document_of
from gongkai.readings.formats.limits import MAX_PAGES, check_extent
from gongkai.readings.formats.pagecells import Letter, Line, RuledTable, ruled_tables
from gongkai.readings.formats.pagelines import line_text, spaced_line, text_lines
from gongkai.readings.formats.refusals import refusal
from gongkai.readings.grid import Document

FORMAT = "pdf"
MIN_LETTERS_PER_PAGE = 2
MAX_LETTERS = 4_000_000
MAX_SEGMENTS = 20_000
_ONE_AT_A_TIME = Lock()
"""The PDF library keeps global state, so two threads never use it together."""


def read(name: str, content: bytes) -> Document:
    """The document of a PDF; a table that runs over pages is one table."""
    with _ONE_AT_A_TIME:
        blocks = _blocks(name, content)
    return document_of(FORMAT, blocks)


def _blocks(name: str, content: bytes) -> list[Block]:
    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise refusal(
                "readings.encrypted", remedy="save_without_password", place=name
            ) from error
        raise refusal("readings.corrupt", remedy="send_again", place=name) from error
    try:
        if len(pdf) > MAX_PAGES:
            raise refusal("readings.too_many_rows", remedy="split_file", place=name)
        return _read_pages(name, pdf)
    except (pdfium.PdfiumError, ValueError, OverflowError) as error:
        raise refusal("readings.corrupt", remedy="send_again", place=name) from error
    finally:
        pdf.close()


def _read_pages(name: str, pdf: Any) -> list[Block]:
    blocks: list[Block] = []
    n_letters = 0
    open_: tuple[SourceTable, RuledTable] | None = None
    for number in range(len(pdf)):
        letters, lines = _page(pdf, number)
        n_letters += len(letters)
        check_extent(0, n_letters * 2_000_000 // MAX_LETTERS, place=f"{name} p.{number + 1}")
        rest, tables = ruled_tables(letters, lines)
        pieces = _in_order(rest, tables)
        if open_ is not None and tables and _continues(open_[1], tables[0], pieces):
            _append(open_[0], tables[0], number + 1)
            pieces = [piece for piece in pieces if piece is not tables[0]]
            open_ = (open_[0], tables[0])
        elif not tables:
            open_ = None
        for piece in pieces:
            if isinstance(piece, RuledTable):
                built = _table(piece)
                blocks.append(built)
                open_ = (built, piece)
            else:
                blocks.append(piece)
    if n_letters < MIN_LETTERS_PER_PAGE * max(len(pdf), 1):
        raise refusal(
            "readings.scanned", remedy="send_spreadsheet_or_text_pdf", place=name, pages=len(pdf)
        )
    return blocks


def _page(pdf: Any, number: int) -> tuple[list[Letter], list[Line]]:
    page = pdf[number]
    try:
        return list(_letters(page)), list(_lines(page))
    finally:
        page.close()


def _letters(page: Any) -> Iterator[Letter]:
    """Every visible character with its box, in page points, y growing upwards."""
    text = page.get_textpage()
    try:
        for index in range(text.count_chars()):
            code = pdfium_c.FPDFText_GetUnicode(text, index)
            if code <= 32 or code in {0xFFFE, 0xFFFF, 0xA0, 0x3000} or 0xD800 <= code <= 0xDFFF:
                continue
            left, bottom, right, top = text.get_charbox(index, loose=True)
            yield Letter(chr(code), left, bottom, right, top)
    finally:
        text.close()


def _lines(page: Any) -> Iterator[Line]:
    """The horizontal and vertical strokes of the page, also those that are thin boxes."""
    n_segments = 0
    for shape in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_PATH,), max_depth=4):
        points = list(_points(shape))
        n_segments += len(points)
        if n_segments > MAX_SEGMENTS:
            return
        for (x0, y0), (x1, y1) in points:
            if abs(y0 - y1) <= 1.0 and abs(x0 - x1) > 3:
                yield Line(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
            elif abs(x0 - x1) <= 1.0 and abs(y0 - y1) > 3:
                yield Line(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _points(shape: Any) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight pieces of a path in page points."""
    from ctypes import byref, c_float

    matrix = shape.get_matrix()
    start = last = (0.0, 0.0)
    for index in range(min(pdfium_c.FPDFPath_CountSegments(shape), MAX_SEGMENTS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(shape, index)
        x, y = c_float(), c_float()
        pdfium_c.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        here = matrix.on_point(x.value, y.value)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            yield last, here
        last = here
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield here, start


def _in_order(rest: Sequence[Letter], tables: Sequence[RuledTable]) -> list[str | RuledTable]:
    """Lines of text and tables from the top of the page to its foot."""
    places: list[tuple[float, str | RuledTable]] = [(table.top, table) for table in tables]
    for line in text_lines(rest):
        text = line_text(line) if tables else spaced_line(line, rest)
        places.append((max(letter.top for letter in line), text))
    places.sort(key=lambda place: -place[0])
    return [piece for _, piece in places]


def _continues(before: RuledTable, after: RuledTable, pieces: Sequence[str | RuledTable]) -> bool:
    """Whether a table goes on from the page before: same columns, nothing but a page head above."""
    above = [piece for piece in pieces[: pieces.index(after)] if isinstance(piece, str)]
    if len(before.columns) != len(after.columns) or any(len(text) > 12 for text in above):
        return False
    return all(abs(a - b) <= 3 for a, b in zip(before.columns, after.columns, strict=True))


def _table(ruled: RuledTable) -> SourceTable:
    rows = [[SourceCell(c.text, c.row_span, c.column_span) for c in row] for row in ruled.rows]
    return SourceTable(rows)


def _append(table: SourceTable, ruled: RuledTable, page: int) -> None:
    """The rows of the next page under the table; an equal header is left out with a note."""
    rows = _table(ruled).rows
    n_same = 0
    while n_same < min(len(rows), len(table.rows)) and rows[n_same] == table.rows[n_same]:
        n_same += 1
    if n_same:
        table.notes.append(f"repeated_header:page {page}")
    table.notes.append(f"page:{page}:R{len(table.rows) + 1}")
    table.rows.extend(rows[n_same:])
