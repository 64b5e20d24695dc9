"""A minimal writer of binary workbooks (BIFF8): texts, numbers and merges."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from gongkai.readings.tests.building.compound_file import compound_bytes


def xls_bytes(
    rows: Sequence[Sequence[str | float | None]],
    *,
    merges: Sequence[tuple[int, int, int, int]] = (),
    sheet: str = "目录",
) -> bytes:
    """A workbook with one sheet; merges are (top, bottom, left, right), counted from 0."""
    return compound_bytes({"Workbook": xls_stream(rows, merges=merges, sheet=sheet)})


def xls_stream(
    rows: Sequence[Sequence[str | float | None]],
    *,
    merges: Sequence[tuple[int, int, int, int]] = (),
    sheet: str = "目录",
) -> bytes:
    """The workbook stream alone."""
    texts = sorted({cell for row in rows for cell in row if isinstance(cell, str)})
    name = sheet.encode("utf-16-le")
    bound = struct.pack("<IBBBB", 0, 0, 0, len(sheet), 1) + name
    before = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    after = _record(0xFC, _shared(texts)) + _record(0x0A, b"")
    place = len(before) + len(bound) + 4 + len(after)
    bound = struct.pack("<I", place) + bound[4:]
    book = before + _record(0x85, bound) + after
    return book + _sheet(rows, texts, merges)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _shared(texts: Sequence[str]) -> bytes:
    body = struct.pack("<II", len(texts), len(texts))
    for text in texts:
        body += struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
    return body


def _sheet(
    rows: Sequence[Sequence[str | float | None]],
    texts: Sequence[str],
    merges: Sequence[tuple[int, int, int, int]],
) -> bytes:
    width = max(len(row) for row in rows)
    out = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    out += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if isinstance(cell, str):
                out += _record(0xFD, struct.pack("<HHHI", r, c, 0, texts.index(cell)))
            elif cell is not None:
                out += _record(0x203, struct.pack("<HHHd", r, c, 0, cell))
    if merges:
        body = struct.pack("<H", len(merges))
        body += b"".join(struct.pack("<HHHH", *merge) for merge in merges)
        out += _record(0xE5, body)
    return out + _record(0x0A, b"")
