"""Reading .docx documents: tables with their merges, symbols, boxes, and the text between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.readings.formats.laying import Block, SourceCell, SourceTable, document_of
from gongkai.readings.formats.limits import check_extent
from gongkai.readings.formats.packages import Package
from gongkai.readings.formats.refusals import refusal
from gongkai.readings.grid import Document
from gongkai.readings.repair.symbols import in_font

FORMAT = "docx"
_MAX_DEPTH = 60


def read(name: str, content: bytes) -> Document:
    """The document of a word-processor file."""
    package = Package(content, name=name)
    package.check_no_macros()
    root = package.xml(_main_part(package))
    body = next(root.iter("{*}body"), None)
    if body is None:
        raise refusal("readings.corrupt", remedy="send_again", place=name)
    check_extent(len(list(root.iter("{*}tr"))), len(list(root.iter("{*}tc"))), place=name)
    walk = _Walk()
    return document_of(FORMAT, list(walk.blocks(body, 0)), notes=sorted(walk.notes))


def _main_part(package: Package) -> str:
    for part in ("word/document.xml", "word/document2.xml"):
        if package.has(part):
            return part
    raise refusal("readings.corrupt", remedy="send_again", place=package.name)


def local(element: etree._Element) -> str:
    """The tag without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: etree._Element | None, attribute: str = "val") -> str:
    """An attribute whatever its namespace prefix; empty where it is absent."""
    if element is None:
        return ""
    for key, found in element.attrib.items():
        if str(key).rpartition("}")[2] == attribute:
            return str(found)
    return ""


def is_on(element: etree._Element | None) -> bool:
    """Whether a toggle such as ``w:strike`` is set."""
    return element is not None and value(element) not in {"0", "false", "off", "none"}


def child(element: etree._Element, *path: str) -> etree._Element | None:
    """The first element down this path of local names."""
    found: etree._Element | None = element
    for tag in path:
        found = next((c for c in found if local(c) == tag), None) if found is not None else None
    return found


@dataclass(slots=True)
class _OpenCell:
    """A cell while rows are gathered: vertical merges lengthen it."""

    text: str
    columns: int
    rows: int = 1


@dataclass(slots=True)
class _Walk:
    """The traversal of a document body and what it notices."""

    notes: set[str] = field(default_factory=set)

    def blocks(self, parent: etree._Element, depth: int) -> Iterator[Block]:
        """Paragraphs as lines and tables as tables, wrappers (content controls …) opened."""
        if depth > _MAX_DEPTH:
            return
        for element in parent:
            tag = local(element)
            if tag == "p":
                yield self.paragraph(element)
                yield from self._text_boxes(element, depth)
            elif tag == "tbl":
                yield self.table(element, depth)
            elif tag in {"sdt", "sdtContent", "customXml", "ins", "smartTag", "moveTo"}:
                yield from self.blocks(element, depth + 1)

    def _text_boxes(self, paragraph: etree._Element, depth: int) -> Iterator[Block]:
        for box in paragraph.iter("{*}txbxContent"):
            if not any(local(a) == "Fallback" for a in box.iterancestors()):
                yield from self.blocks(box, depth + 1)

    def paragraph(self, paragraph: etree._Element) -> str:
        """The text of a paragraph; a numbered one keeps no number, Word computes those."""
        properties = child(paragraph, "pPr", "numPr")
        if properties is not None:
            self.notes.add("automatic_numbering")
        return "".join(self._runs(paragraph, 0))

    def _runs(self, parent: etree._Element, depth: int) -> Iterator[str]:
        if depth > _MAX_DEPTH:
            return
        for element in parent:
            tag = local(element)
            if tag == "r":
                yield self._run(element)
            elif tag == "sdt" and (box := _box_state(element)):
                yield box
            elif tag in {"del", "moveFrom"}:
                self.notes.add("tracked_deletions")
            elif tag not in {"pPr", "rPr", "tbl", "sdtPr"}:
                yield from self._runs(element, depth + 1)

    def _run(self, run: etree._Element) -> str:
        properties = child(run, "rPr")
        font = ""
        if properties is not None:
            font = _font(child(properties, "rFonts"))
            if is_on(child(properties, "strike")) or is_on(child(properties, "dstrike")):
                self.notes.add("strikethrough")
        return "".join(self._piece(element, font) for element in run)

    def _piece(self, element: etree._Element, font: str) -> str:
        tag = local(element)
        if tag == "t":
            return in_font(element.text or "", font)
        if tag == "sym":
            return _symbol(element)
        if tag in {"br", "cr"}:
            return "\n"
        if tag == "tab":
            return "\t"
        if tag == "noBreakHyphen":
            return "-"
        if tag == "fldChar":
            return _form_box(element)
        if tag in {"drawing", "pict"}:
            self.notes.add("pictures")
        return ""

    def table(self, table: etree._Element, depth: int) -> SourceTable:
        """The rows of a table; a cell that continues the one above lengthens it."""
        rows: list[list[_OpenCell | None]] = []
        open_: dict[int, _OpenCell] = {}  # first grid column → the cell that may be continued
        for row in _rows_of(table):
            rows.append(self._row(row, open_, depth))
        built = SourceTable()
        for row_cells in rows:
            cells = [SourceCell(c.text, c.rows, c.columns) for c in row_cells if c is not None]
            built.rows.append(cells)
        return built

    def _row(
        self, row: etree._Element, open_: dict[int, _OpenCell], depth: int
    ) -> list[_OpenCell | None]:
        before = _number(child(row, "trPr", "gridBefore"), 0)
        after = _number(child(row, "trPr", "gridAfter"), 0)
        cells: list[_OpenCell | None] = [_OpenCell("", 1) for _ in range(min(before, 64))]
        column = before
        seen: dict[int, _OpenCell] = {}
        for element in _cells_of(row):
            width = _number(child(element, "tcPr", "gridSpan"), 1)
            merge = child(element, "tcPr", "vMerge")
            above = open_.get(column)
            text = self._cell_text(element, depth)
            continues = merge is not None and value(merge) != "restart" and above is not None
            if continues and above is not None and above.columns == width and not text:
                above.rows += 1
                cell = above
            else:
                cell = _OpenCell(text, width)
                cells.append(cell)
            if merge is not None:
                seen[column] = cell
            column += width
        cells.extend(_OpenCell("", 1) for _ in range(min(after, 64)))
        open_.clear()
        open_.update(seen)
        return cells

    def _cell_text(self, cell: etree._Element, depth: int) -> str:
        lines: list[str] = []
        for block in self.blocks(cell, depth + 1):
            if isinstance(block, str):
                lines.append(block)
            else:
                self.notes.add("nested_tables")
                lines.extend(
                    "  ".join(part.text for part in row if part.text) for row in block.rows
                )
        return "\n".join(line.strip() for line in "\n".join(lines).split("\n") if line.strip())


def _rows_of(parent: etree._Element) -> Iterator[etree._Element]:
    for element in parent:
        if local(element) == "tr":
            yield element
        elif local(element) in {"sdt", "sdtContent", "customXml", "ins"}:
            yield from _rows_of(element)


def _cells_of(parent: etree._Element) -> Iterator[etree._Element]:
    for element in parent:
        if local(element) == "tc":
            yield element
        elif local(element) in {"sdt", "sdtContent", "customXml"}:
            yield from _cells_of(element)


def _number(element: etree._Element | None, default: int) -> int:
    text = value(element)
    return min(int(text), 1_000) if text.isascii() and text.isdigit() else default


def _font(fonts: etree._Element | None) -> str:
    return value(fonts, "ascii") or value(fonts, "hAnsi") or value(fonts, "hint")


def _symbol(element: etree._Element) -> str:
    """The glyph of ``w:sym``: its code stands in hexadecimal, with or without the F000 offset."""
    try:
        code = int(value(element, "char"), 16)
    except ValueError:
        return ""
    if code > 0xFFFF or 0xD800 <= code <= 0xDFFF or code == 0:
        return ""
    char = chr(code if code > 0xFF else code + 0xF000)
    return in_font(char, value(element, "font"))


def _box_state(control: etree._Element) -> str:
    """☑ or □ for a checkbox content control, empty for any other control."""
    box = child(control, "sdtPr", "checkbox")
    if box is None:
        return ""
    state = child(box, "checked")
    return "☑" if value(state) in {"1", "true", "on"} else "□"


def _form_box(field_char: etree._Element) -> str:
    """☑ or □ for a legacy form checkbox, empty for any other field."""
    box = child(field_char, "ffData", "checkBox")
    if box is None:
        return ""
    state = child(box, "checked")
    if state is None:
        state = child(box, "default")
    return "☑" if is_on(state) else "□"
