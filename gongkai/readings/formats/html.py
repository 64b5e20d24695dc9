"""Reading HTML pages, also those that call themselves .xls or .doc: data tables and text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from gongkai.readings.formats.encoding import decoded
from gongkai.readings.formats.laying import Block, SourceCell, SourceTable, document_of
from gongkai.readings.formats.limits import check_extent
from gongkai.readings.formats.refusals import refusal
from gongkai.readings.grid import Document
from gongkai.readings.repair.symbols import in_font

FORMAT = "html"
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_SILENT = frozenset(
    ("script", "style", "head", "title", "noscript", "template", "object", "svg", "iframe")
)
_BLOCKS = frozenset((
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "tr",
    "table", "section", "article", "header", "footer", "main", "nav", "aside", "blockquote",
    "pre", "form", "fieldset", "center", "address", "figure", "caption", "tbody", "thead",
    "tfoot", "hr", "body",
))  # fmt: skip
_FONT_STYLE = re.compile(
    r"font-family\s*:\s*[\"']?\s*(wingdings 2|wingdings|symbol)\b", re.IGNORECASE
)
_MAX_DEPTH = 400


def read(name: str, content: bytes) -> Document:
    """The document of a page: its data tables with the text above each as heading."""
    match = _CHARSET.search(content[:4096])
    text = decoded(content, name=name, declared=match[1].decode("ascii") if match else "")
    return read_text(name, text.text, notes=(f"encoding:{text.encoding}", *text.notes))


def read_text(name: str, text: str, *, notes: tuple[str, ...] = ()) -> Document:
    """The document of a page that is text already."""
    check_extent(text.lower().count("<tr"), text.lower().count("<td"), place=name)
    root = _parsed(name, text)
    blocks = [] if root is None else list(_Walk(root).blocks())
    return document_of(FORMAT, blocks, notes=notes)


def _parsed(name: str, text: str) -> etree._Element | None:
    parser = lxml_html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""))
    try:
        return lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    except (ValueError, AssertionError, RecursionError) as error:
        raise refusal("readings.corrupt", remedy="send_spreadsheet", place=name) from error


class _Walk:
    """One pass through a page that yields lines of text and data tables in order."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.line: list[str] = []

    def blocks(self) -> Iterator[Block]:
        yield from self._within(self.root, 0)
        yield from self._ended()

    def _ended(self) -> Iterator[Block]:
        text = "".join(self.line)
        self.line = []
        for line in text.split("\n"):
            yield collapsed(line)

    def _within(self, element: etree._Element, depth: int) -> Iterator[Block]:
        tag = tag_of(element)
        if tag in _SILENT or depth > _MAX_DEPTH:
            return
        if tag == "table" and is_data_table(element):
            yield from self._ended()
            yield data_table(element)
            return
        is_block = tag in _BLOCKS
        if is_block:
            yield from self._ended()
        self.line.append(own_glyph(element) + font_text(element, element.text))
        for child in element:
            yield from self._within(child, depth + 1)
            self.line.append(font_text(element, child.tail))
        if is_block:
            yield from self._ended()
        elif tag == "td":
            self.line.append("  ")


def tag_of(element: etree._Element) -> str:
    """The lower-case tag; empty for comments and instructions."""
    return element.tag.lower().rpartition(":")[2] if isinstance(element.tag, str) else ""


def own_glyph(element: etree._Element) -> str:
    """What an element shows by itself: a line break, or the state of a box."""
    tag = tag_of(element)
    if tag == "br":
        return "\n"
    if tag == "input" and str(element.get("type", "")).lower() in {"checkbox", "radio"}:
        return "☑" if element.get("checked") is not None else "□"
    return ""


def font_text(element: etree._Element, text: str | None) -> str:
    """The text with source line breaks as spaces, and symbol fonts as glyphs."""
    if not text:
        return ""
    match = _FONT_STYLE.search(str(element.get("style", "")))
    font = match[1] if match else str(element.get("face", ""))
    return in_font(re.sub(r"[\t\r\n\x0c ]+", " ", text), font) if tag_of(element) != "pre" else text


def collapsed(text: str) -> str:
    """Spaces as a browser shows them: runs of plain spaces are one, none at the ends."""
    return re.sub(r" +", " ", text).strip(" ")


def own_rows(table: etree._Element) -> list[etree._Element]:
    """The rows of this table, not those of tables within it."""
    return [row for row in table.iter("tr") if _table_of(row) is table]


def _table_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors("table"), None)


def is_data_table(table: etree._Element) -> bool:
    """Whether the table holds cells of content rather than the layout of a page.

    A table around other tables is layout, unless those are mere scraps inside its cells.
    """
    inner = [own_rows(nested) for nested in table.iter("table") if nested is not table]
    if any(len(rows) > 1 and max(len(own_cells(row)) for row in rows) > 2 for rows in inner):
        return False
    rows = own_rows(table)
    widths = [len(own_cells(row)) for row in rows]
    return bool(widths) and max(widths) > 1 and (len(rows) > 1 or max(widths) > 2)


def own_cells(row: etree._Element) -> list[etree._Element]:
    """The cells of this row."""
    return [cell for cell in row if tag_of(cell) in {"td", "th"}]


def data_table(table: etree._Element) -> SourceTable:
    """The cells of a data table with their spans."""
    built = SourceTable()
    for row in own_rows(table):
        cells = [
            SourceCell(cell_text(cell), span(cell, "rowspan"), span(cell, "colspan"))
            for cell in own_cells(row)
        ]
        built.rows.append(cells)
    captions = [cell_text(c) for c in table.iterchildren("caption")]
    built.notes.extend(f"caption:{text}" for text in captions if text)
    return built


def span(cell: etree._Element, attribute: str) -> int:
    """A span attribute as a number; 1 where it is missing or nonsense, 0 rows to the end."""
    value = re.match(r"\s*\"?(\d{1,6})", str(cell.get(attribute, "")))
    if not value:
        return 1
    number = int(value[1])
    return number or (1_000_000 if attribute == "rowspan" else 1)


def cell_text(cell: etree._Element) -> str:
    """The text of a cell with a line per block or break."""
    pieces: list[str] = []
    _gather(cell, pieces, 0)
    lines = [collapsed(line) for line in "".join(pieces).split("\n")]
    return "\n".join(line for line in lines if line.strip("\xa0\u3000 "))


def _gather(element: etree._Element, pieces: list[str], depth: int) -> None:
    tag = tag_of(element)
    if tag in _SILENT or depth > _MAX_DEPTH:
        return
    edge = "\n" if tag in _BLOCKS else " " if tag in {"td", "th"} and depth else ""
    pieces.append(edge + own_glyph(element) + font_text(element, element.text))
    for child in element:
        _gather(child, pieces, depth + 1)
        pieces.append(font_text(element, child.tail))
    pieces.append(edge)
