"""The words of a file, spot by spot: reopening proves that it can be read, and feeds the scan."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import docx
import pypdfium2
from python_calamine import CalamineError, CalamineWorkbook

from gongkai.base.errors import NotReadable
from gongkai.disclosures.attachments.hidden import (
    may_leak,
    numbers_over_cells,
    package_texts,
    pdf_texts,
)
from gongkai.disclosures.attachments.kinds import IMAGES, FileKind, decoded, embedded_packages

MAX_CELLS: Final = 2_000_000
MAX_PAGES: Final = 2_000
PDFIUM_LOCK: Final = threading.Lock()
"""PDFium is not made for threads."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One piece of text and where it stands, in the words of the file (``名单 R3C2``)."""

    where: str
    text: str
    is_numeric_cell: bool = False


def spots(content: bytes, kind: FileKind, *, name: str) -> list[Spot]:
    """Every text of the file with its place; empty for images. Raises NotReadable when damaged."""
    if kind in IMAGES:
        return []
    try:
        shown = list(_READERS[kind](content))
        return [*shown, *_passed_over(content, kind, shown)]
    except NotReadable:
        raise
    except Exception as error:  # the readers of three libraries; whatever they say, it is damaged
        raise NotReadable("attachment.damaged", name=name) from error


def _passed_over(content: bytes, kind: FileKind, shown: list[Spot]) -> Iterator[Spot]:
    """What the ordinary reading does not show, where it may hold a person's number."""
    known = {line for spot in shown if may_leak(spot.text) for line in spot.text.split("\n")}
    hidden: Iterable[tuple[str, str]] = ()
    if kind in (FileKind.DOCX, FileKind.XLSX):
        hidden = package_texts(content)
    elif kind is FileKind.PDF:
        hidden = pdf_texts(content)
    for where, text in hidden:
        if text not in known:
            known.add(text)
            yield Spot(where, text)
    if kind in (FileKind.DOCX, FileKind.XLSX):
        for inner_kind, inner in embedded_packages(content):
            for spot in spots(inner, inner_kind, name=inner_kind.value):
                yield Spot(f"内嵌文件 {spot.where}", spot.text, spot.is_numeric_cell)


def _sheets(content: bytes) -> Iterator[Spot]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError as error:
        raise ValueError(str(error)) from error
    n_cells = 0
    for title in workbook.sheet_names:
        if may_leak(title):
            yield Spot("工作表名", title)
        sheet = workbook.get_sheet_by_name(title)
        top, left = sheet.start or (0, 0)
        for row_number, row in enumerate(sheet.to_python(), start=top + 1):
            n_cells += len(row)
            if n_cells > MAX_CELLS:
                raise ValueError("too many cells")
            for column, value in enumerate(row, start=left + 1):
                if value not in ("", None):
                    yield _cell(f"{title} R{row_number}C{column}", value)
            for number in numbers_over_cells(map(_whole, row)):
                yield Spot(f"{title} R{row_number}", number)


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _cell(where: str, value: Any) -> Spot:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Spot(where, str(value))
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e19:
        return Spot(where, str(int(value)), is_numeric_cell=True)
    return Spot(where, str(value), is_numeric_cell=True)


def _document(content: bytes) -> Iterator[Spot]:
    document = docx.Document(io.BytesIO(content))
    for number, paragraph in enumerate(document.paragraphs, start=1):
        if paragraph.text.strip():
            yield Spot(f"第 {number} 段", paragraph.text)
    for number, table in enumerate(document.tables, start=1):
        yield from _table(f"表 {number}", table)
    for section in document.sections:
        for label, part in (("页眉", section.header), ("页脚", section.footer)):
            text = "\n".join(paragraph.text for paragraph in part.paragraphs)
            if text.strip():
                yield Spot(label, text)


def _table(label: str, table: Any) -> Iterator[Spot]:
    for row_number, row in enumerate(table.rows, start=1):
        texts = [cell.text for cell in row.cells]
        for column, text in enumerate(texts, start=1):
            if text.strip():
                yield Spot(f"{label} R{row_number}C{column}", text)
        for digits in numbers_over_cells(texts):
            yield Spot(f"{label} R{row_number}", digits)


def _pages(content: bytes) -> Iterator[Spot]:
    with PDFIUM_LOCK:
        pdf = pypdfium2.PdfDocument(content)
        try:
            if len(pdf) > MAX_PAGES:
                raise ValueError("too many pages")
            texts = []
            for number in range(len(pdf)):
                page = pdf[number]
                text_page = page.get_textpage()
                texts.append(text_page.get_text_bounded())
                text_page.close()
                page.close()
        finally:
            pdf.close()
    for number, text in enumerate(texts, start=1):
        if text.strip():
            yield Spot(f"第 {number} 页", text)


def _rows(content: bytes) -> Iterator[Spot]:
    text = decoded(content)
    if text is None:
        raise ValueError("not a text")
    for row_number, row in enumerate(csv.reader(io.StringIO(text)), start=1):
        for column, value in enumerate(row, start=1):
            if value.strip():
                yield Spot(f"R{row_number}C{column}", value)
        for number in numbers_over_cells(row):
            yield Spot(f"R{row_number}", number)


def _lines(content: bytes) -> Iterator[Spot]:
    text = decoded(content)
    if text is None:
        raise ValueError("not a text")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield Spot(f"第 {number} 行", line)


_READERS: Final = {
    FileKind.XLSX: _sheets,
    FileKind.XLS: _sheets,
    FileKind.DOCX: _document,
    FileKind.PDF: _pages,
    FileKind.CSV: _rows,
    FileKind.TXT: _lines,
}


def preview_of(content: bytes, kind: FileKind, *, width: int = 900) -> bytes | None:
    """The first page of a PDF as JPEG, ``width`` pixels wide; None for other kinds."""
    if kind is not FileKind.PDF:
        return None
    with PDFIUM_LOCK:
        pdf = pypdfium2.PdfDocument(content)
        try:
            page = pdf[0]
            scale = min(width / max(page.get_width(), 1), 3)
            bitmap = page.render(scale=scale)
            image = bitmap.to_pil().convert("RGB")
            page.close()
        except (pypdfium2.PdfiumError, IndexError):
            return None
        finally:
            pdf.close()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
