"""The parts of a binary Word file: its text by pieces, and the properties of its stretches.

After the published format description [MS-DOC]: file information block, piece table, property
pages (PAPX, CHPX) and single property modifiers. Only what tables and symbols need is read.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

PAGE = 512
_FIB_BASE = 154  # where the table of (offset, length) pairs begins in Word 97 and later


class DamagedWordFile(Exception):
    """The structure of the file does not hold together."""


class EncryptedWordFile(Exception):
    """The file is protected by a password."""


class OldWordFile(Exception):
    """The file was written by Word 95 or earlier."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The modifiers that hold for the bytes from ``start`` up to the next stretch."""

    start: int
    end: int
    modifiers: bytes


@dataclass(slots=True)
class WordText:
    """The characters of the main text with the file position of each, and the stretches."""

    characters: str
    positions: list[int]
    paragraphs: list[Stretch]
    runs: list[Stretch]
    fonts: list[str]
    extra: bytes
    _starts: dict[int, list[int]] = field(default_factory=dict)

    def modifiers_at(self, index: int, stretches: list[Stretch]) -> bytes:
        """The modifiers of the stretch that holds this character."""
        key = id(stretches)
        if key not in self._starts:
            self._starts[key] = [stretch.start for stretch in stretches]
        place = self.positions[index]
        at = bisect_right(self._starts[key], place) - 1
        if at < 0 or place >= stretches[at].end:
            return b""
        return stretches[at].modifiers


def word_text(main: bytes, table0: bytes, table1: bytes, extra: bytes) -> WordText:
    """The text of the main stream. Raises DamagedWordFile, EncryptedWordFile, OldWordFile."""
    try:
        return _word_text(main, table0, table1, extra)
    except (struct.error, IndexError) as error:
        raise DamagedWordFile from error


def _word_text(main: bytes, table0: bytes, table1: bytes, extra: bytes) -> WordText:
    magic, version = struct.unpack_from("<HH", main, 0)
    flags = struct.unpack_from("<H", main, 0x0A)[0]
    if magic != 0xA5EC or version < 0xC1:
        raise OldWordFile if magic in {0xA5DC, 0xA59B, 0xA5EC} else DamagedWordFile
    if flags & 0x0100:
        raise EncryptedWordFile
    table = table1 if flags & 0x0200 else table0
    n_characters = struct.unpack_from("<i", main, 76)[0]
    if not 0 <= n_characters <= len(main) + 1:
        raise DamagedWordFile
    characters, positions = _pieces(main, _section(main, table, 33), n_characters)
    return WordText(
        characters=characters,
        positions=positions,
        paragraphs=list(_stretches(main, _section(main, table, 13), is_paragraph=True)),
        runs=list(_stretches(main, _section(main, table, 12), is_paragraph=False)),
        fonts=_fonts(_section(main, table, 15)),
        extra=extra,
    )


def _section(main: bytes, table: bytes, index: int) -> bytes:
    offset, length = struct.unpack_from("<II", main, _FIB_BASE + 8 * index)
    return table[offset : offset + length]


def _pieces(main: bytes, clx: bytes, n_characters: int) -> tuple[str, list[int]]:
    """The characters in order; a piece is cp1252 (one byte each) or UTF-16."""
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise DamagedWordFile
    length = struct.unpack_from("<I", clx, at + 1)[0]
    plc = clx[at + 5 : at + 5 + length]
    n_pieces = (len(plc) - 4) // 12
    bounds = struct.unpack_from(f"<{n_pieces + 1}I", plc, 0)
    texts: list[str] = []
    positions: list[int] = []
    for index in range(n_pieces):
        code = struct.unpack_from("<I", plc, 4 * (n_pieces + 1) + 8 * index + 2)[0]
        n_here = min(bounds[index + 1], n_characters) - bounds[index]
        if n_here <= 0:
            continue
        text, places = _piece(main, code, n_here)
        texts.append(text)
        positions.extend(places)
    return "".join(texts), positions


def _piece(main: bytes, code: int, n_characters: int) -> tuple[str, range]:
    start = code & 0x3FFFFFFF
    if code & 0x40000000:
        start //= 2
        text = main[start : start + n_characters].decode("cp1252", errors="replace")
        return text, range(start, start + len(text))
    content = main[start : start + 2 * n_characters]
    units = struct.unpack_from(f"<{len(content) // 2}H", content)
    text = "".join(chr(unit) if not 0xD800 <= unit <= 0xDFFF else "\ufffd" for unit in units)
    return text, range(start, start + 2 * len(text), 2)


def _stretches(main: bytes, plc: bytes, *, is_paragraph: bool) -> Iterator[Stretch]:
    """The stretches of all property pages in file order."""
    found: list[Stretch] = []
    n_pages = max((len(plc) - 4) // 8, 0)
    for index in range(n_pages):
        number = struct.unpack_from("<I", plc, 4 * (n_pages + 1) + 4 * index)[0] & 0x3FFFFF
        page = main[number * PAGE : (number + 1) * PAGE]
        if len(page) == PAGE:
            found.extend(_page_stretches(page, is_paragraph=is_paragraph))
    return iter(sorted(found, key=lambda stretch: stretch.start))


def _page_stretches(page: bytes, *, is_paragraph: bool) -> Iterator[Stretch]:
    n_runs = page[PAGE - 1]
    step = 13 if is_paragraph else 1
    if 4 * (n_runs + 1) + step * n_runs > PAGE - 1:
        return
    bounds = struct.unpack_from(f"<{n_runs + 1}I", page, 0)
    for index in range(n_runs):
        offset = 2 * page[4 * (n_runs + 1) + step * index]
        modifiers = b""
        if offset:
            modifiers = _in_paragraph(page, offset) if is_paragraph else _in_run(page, offset)
        yield Stretch(bounds[index], bounds[index + 1], modifiers)


def _in_paragraph(page: bytes, offset: int) -> bytes:
    length = page[offset]
    if length:
        return page[offset + 3 : offset + 2 * length]
    return page[offset + 4 : offset + 2 + 2 * page[offset + 1]]


def _in_run(page: bytes, offset: int) -> bytes:
    return page[offset + 1 : offset + 1 + page[offset]]


_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}


def modifiers(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(code, operand) of each single property modifier; stops at the first that is cut off."""
    at = 0
    while at + 3 <= len(content):
        code = content[at] | content[at + 1] << 8
        at += 2
        size = _SIZES.get(code >> 13)
        if size is None:
            if code == 0xD608 and at + 2 <= len(content):
                size = (content[at] | content[at + 1] << 8) + 1
            else:
                size = content[at] + 1
        if at + size > len(content):
            return
        yield code, content[at : at + size]
        at += size


def _fonts(section: bytes) -> list[str]:
    """The font names in order of their numbers."""
    if len(section) < 4:
        return []
    names: list[str] = []
    at = 4
    for _ in range(struct.unpack_from("<H", section, 0)[0]):
        if at >= len(section):
            break
        size = section[at] + 1
        name = section[at + 40 : at + size].decode("utf-16-le", errors="replace")
        names.append(name.split("\x00")[0])
        at += size
    return names
