"""A minimal writer of binary Word documents: paragraphs, table rows, symbols."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.readings.tests.building.compound_file import compound_bytes

TEXT_AT = 1024
FONTS = ("宋体", "Wingdings 2")


@dataclass
class DocFile:
    """A document that is built paragraph by paragraph."""

    paragraphs: list[tuple[str, bytes]] = field(default_factory=list)
    symbols: dict[int, int] = field(default_factory=dict)  # character index → code

    def line(self, text: str) -> DocFile:
        self.paragraphs.append((text + "\r", b""))
        return self

    def row(self, texts: Sequence[str], edges: Sequence[int], down: Sequence[int] = ()) -> DocFile:
        """A table row; ``down`` holds 1 (first of a merge) or 2 (joins above) per cell."""
        for text in texts:
            self.paragraphs.append((text + "\x07", struct.pack("<HB", 0x2416, 1)))
        flags = [{0: 0, 1: 0x60, 2: 0x20}[d] for d in (down or [0] * len(texts))]
        body = struct.pack("<B", len(texts)) + struct.pack(f"<{len(edges)}h", *edges)
        body += b"".join(struct.pack("<H18s", flag, b"") for flag in flags)
        definition = struct.pack("<HH", 0xD608, len(body) + 1) + body
        end = struct.pack("<HBHB", 0x2416, 1, 0x2417, 1) + definition
        self.paragraphs.append(("\x07", end))
        return self

    def symbol(self, code: int) -> DocFile:
        """The first character of the next paragraph is a symbol of Wingdings 2."""
        self.symbols[sum(len(text) for text, _ in self.paragraphs)] = code
        return self

    def content(self, *, compressed: bool = False, flags: int = 0) -> bytes:
        """The bytes of the file; ``compressed`` stores one byte per character."""
        text = "".join(text for text, _ in self.paragraphs)
        size = 1 if compressed else 2
        body = text.encode("cp1252" if compressed else "utf-16-le")
        main = bytearray(TEXT_AT) + body
        main.extend(bytes(-len(main) % 512))
        paragraph_pages = self._paragraph_pages(main, size)
        run_pages = self._run_pages(main, size, len(text))
        code = TEXT_AT * 2 | 0x40000000 if compressed else TEXT_AT
        pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, code, 0)
        sections = {
            33: b"\x02" + struct.pack("<I", len(pieces)) + pieces,
            13: paragraph_pages,
            12: run_pages,
            15: _fonts(),
        }
        table = bytearray(16)
        struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
        struct.pack_into("<H", main, 0x0A, 0x0200 | flags)
        struct.pack_into("<i", main, 76, len(text))
        for index, section in sections.items():
            struct.pack_into("<II", main, 154 + 8 * index, len(table), len(section))
            table.extend(section)
        return compound_bytes({"WordDocument": bytes(main), "1Table": bytes(table)})

    def _paragraph_pages(self, main: bytearray, size: int) -> bytes:
        bounds: list[int] = []
        numbers: list[int] = []
        at = TEXT_AT
        for text, modifiers in self.paragraphs:
            end = at + len(text) * size
            page = bytearray(512)
            struct.pack_into("<II", page, 0, at, end)
            if modifiers:
                content = b"\x00\x00" + modifiers
                content += b"\x00" * (len(content) % 2)
                start = 510 - 2 - len(content)
                start -= start % 2
                page[8] = start // 2
                page[start + 1] = len(content) // 2
                page[start + 2 : start + 2 + len(content)] = content
            page[511] = 1
            bounds.append(at)
            numbers.append(len(main) // 512)
            main.extend(page)
            at = end
        return struct.pack(f"<{len(bounds) + 1}I", *bounds, at) + struct.pack(
            f"<{len(numbers)}I", *numbers
        )

    def _run_pages(self, main: bytearray, size: int, n_characters: int) -> bytes:
        bounds: list[int] = []
        numbers: list[int] = []
        for index, code in sorted(self.symbols.items()):
            page = bytearray(512)
            start = TEXT_AT + index * size
            struct.pack_into("<II", page, 0, start, start + size)
            modifiers = struct.pack("<HHH", 0x6A09, 1, 0xF000 + code)
            page[8] = 200
            page[400] = len(modifiers)
            page[401 : 401 + len(modifiers)] = modifiers
            page[511] = 1
            bounds.append(start)
            numbers.append(len(main) // 512)
            main.extend(page)
        return struct.pack(
            f"<{len(bounds) + 1}I", *bounds, TEXT_AT + n_characters * size
        ) + struct.pack(f"<{len(numbers)}I", *numbers)


def _fonts() -> bytes:
    out = struct.pack("<HH", len(FONTS), 0)
    for name in FONTS:
        text = name.encode("utf-16-le") + b"\x00\x00"
        out += struct.pack("<B", 39 + len(text)) + bytes(39) + text
    return out
