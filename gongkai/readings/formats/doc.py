"""Reading binary Word documents (.doc): tables by their row definitions, symbols by their font."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from gongkai.readings.formats.laying import Block, document_of
from gongkai.readings.formats.limits import check_extent
from gongkai.readings.formats.refusals import refusal
from gongkai.readings.formats.wordbinary import (
    DamagedWordFile,
    EncryptedWordFile,
    OldWordFile,
    WordText,
    modifiers,
    word_text,
)
from gongkai.readings.formats.wordrows import RowDefinition, WordRow, table_of_rows
from gongkai.readings.grid import Document
from gongkai.readings.repair.symbols import in_font, is_symbol_font

FORMAT = "doc"
_IN_TABLE, _ROW_END, _DEPTH = 0x2416, 0x2417, 0x6649
_INNER_ROW_END = 0x244C
_TABLE_DEFINITION, _VERTICAL_MERGE, _MERGE = 0xD608, 0xD62B, 0x5624
_HUGE = (0x6645, 0x6646)
_SYMBOL, _FONT, _FONT_OTHER, _REMOVED = 0x6A09, 0x4A4F, 0x4A51, 0x0800
_DROPPED = frozenset("\x01\x02\x03\x04\x05\x06\x08\x1f")


def read(name: str, content: bytes) -> Document:
    """The document of a binary Word file."""
    try:
        text = word_text(*_streams(content))
    except EncryptedWordFile as error:
        raise refusal("readings.encrypted", remedy="save_without_password", place=name) from error
    except OldWordFile as error:
        raise refusal("readings.unsupported_format", remedy="save_as_docx", place=name) from error
    except DamagedWordFile as error:
        raise refusal("readings.corrupt", remedy="save_as_docx", place=name) from error
    walk = _Walk(text)
    blocks = list(walk.blocks())
    check_extent(0, text.characters.count("\x07"), place=name)
    return document_of(FORMAT, blocks, notes=sorted(walk.notes))


def _streams(content: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            names = ("WordDocument", "0Table", "1Table", "Data")
            parts = [
                container.openstream(part).read() if container.exists(part) else b""
                for part in names
            ]
    except Exception as error:  # olefile raises many kinds on damaged chains
        raise DamagedWordFile from error
    return parts[0], parts[1], parts[2], parts[3]


@dataclass(slots=True)
class _Mark:
    """What a paragraph or cell mark says about its place in a table."""

    in_table: bool = False
    row_end: bool = False
    depth: int = 1
    definition: RowDefinition | None = None


@dataclass(slots=True)
class _Walk:
    """One pass over the characters that yields lines and tables."""

    text: WordText
    notes: set[str] = field(default_factory=set)
    rows: list[WordRow] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def blocks(self) -> Iterator[Block]:
        """Lines and tables in the order of the document."""
        knows_marks = any(stretch.modifiers for stretch in self.text.paragraphs)
        start = 0
        characters = self.text.characters
        for end, char in enumerate(characters):
            if char not in "\r\x07\x0c":
                continue
            content = self._plain(start, end)
            start = end + 1
            mark = self._mark(end)
            if not knows_marks:
                mark = self._guessed(end, content)
            yield from self._add(char, content, mark)
        tail = self._plain(start, len(characters))
        yield from self._flushed()
        if tail:
            yield tail

    def _guessed(self, end: int, content: str) -> _Mark:
        """Without properties, a cell mark right behind another one ends the row."""
        is_cell = self.text.characters[end] == "\x07"
        before = self.text.characters[end - 1 : end]
        return _Mark(is_cell or bool(self.lines), is_cell and not content and before == "\x07")

    def _add(self, char: str, content: str, mark: _Mark) -> Iterator[Block]:
        if char != "\x07" and not mark.in_table:
            if char == "\x0c" and self.cells:
                self.lines.append(content)
                return
            yield from self._flushed()
            yield content
        elif char == "\x07" and mark.row_end:
            self.rows.append(WordRow(self.cells, mark.definition))
            self.cells, self.lines = [], []
        elif char == "\x07" and mark.depth <= 1:
            self.cells.append("\n".join(part for part in [*self.lines, content] if part))
            self.lines = []
        else:
            if mark.depth > 1:
                self.notes.add("nested_tables")
            self.lines.append(content)

    def _flushed(self) -> Iterator[Block]:
        if self.cells or self.lines:
            self.rows.append(WordRow([*self.cells, *self.lines], None))
        if self.rows:
            yield table_of_rows(self.rows)
        self.rows, self.cells, self.lines = [], [], []

    def _mark(self, index: int) -> _Mark:
        mark = _Mark()
        content = self.text.modifiers_at(index, self.text.paragraphs)
        for code, operand in self._all_modifiers(content):
            if code == _IN_TABLE:
                mark.in_table = bool(operand[0])
            elif code == _ROW_END:
                mark.row_end = bool(operand[0])
            elif code == _DEPTH:
                mark.depth = struct.unpack("<i", operand)[0]
            elif code == _TABLE_DEFINITION:
                mark.definition = RowDefinition.of(operand)
            elif code == _VERTICAL_MERGE and mark.definition is not None:
                mark.definition.merge_vertically(operand)
            elif code == _MERGE and mark.definition is not None:
                mark.definition.merge_across(operand[0], operand[1])
        mark.in_table = mark.in_table or mark.row_end
        return mark

    def _all_modifiers(self, content: bytes) -> Iterator[tuple[int, bytes]]:
        """The modifiers, those that were too long for their page read from the data stream."""
        for code, operand in modifiers(content):
            if code in _HUGE:
                offset = struct.unpack("<I", operand)[0]
                size = self.text.extra[offset : offset + 2]
                if len(size) == 2:
                    end = offset + 2 + struct.unpack("<H", size)[0]
                    yield from modifiers(self.text.extra[offset + 2 : end])
            else:
                yield code, operand

    def _plain(self, start: int, end: int) -> str:
        """The visible text between two marks; field codes are left out, their results stay."""
        pieces: list[str] = []
        hidden = 0
        for index in range(start, end):
            char = self.text.characters[index]
            if char == "\x13":
                hidden += 1
            elif char in "\x14\x15":
                hidden = max(hidden - 1, 0) if char == "\x14" or hidden else 0
            elif not hidden:
                pieces.append(self._character(index, char))
        if "\x13" in self.text.characters[start:end]:
            self.notes.add("fields")
        return "".join(pieces).strip()

    def _character(self, index: int, char: str) -> str:
        content = self.text.modifiers_at(index, self.text.runs)
        font = ""
        for code, operand in modifiers(content) if content else ():
            if code == _SYMBOL and char in "(\x28":
                number, symbol = struct.unpack("<HH", operand)
                code_point = symbol if symbol >= 0x100 else symbol + 0xF000
                return in_font(chr(code_point), self._font(number)) if symbol else ""
            if code in {_FONT, _FONT_OTHER}:
                name = self._font(struct.unpack("<H", operand)[0])
                font = name if is_symbol_font(name) else font
            elif code == _REMOVED and operand[0] == 1:
                self.notes.add("tracked_deletions")
                return ""
        if char in _DROPPED:
            return ""
        plain = {"\x0b": "\n", "\x1e": "-", "\x0e": "\n", "\x00": ""}.get(char, char)
        return in_font(plain, font) if plain > " " else plain

    def _font(self, number: int) -> str:
        return self.text.fonts[number] if number < len(self.text.fonts) else ""
