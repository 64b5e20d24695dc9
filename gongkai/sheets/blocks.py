"""From the HTML of a record's print layout to a flat list of blocks. Pure; no text can fail here.

Flat on purpose: a list in a list is an item of depth 2, a table in a cell becomes lines of that
cell. So the typesetter never sees nesting deeper than a run in a cell, however odd the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final, Literal

DEEPEST_ITEM: Final = 4
LONGEST_ADDRESS: Final = 2_000
_BLANKS: Final = re.compile(r"[ \t\r\n\f\v]+")
_INDENT: Final = " \u3000\u00a0"
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WEB_ADDRESS: Final = re.compile(r"(?:https?|mailto|tel):[^\s]+", re.IGNORECASE)
_STYLES: Final = {
    "strong": "bold", "b": "bold", "em": "stressed", "i": "stressed", "u": "underlined",
    "s": "struck", "sub": "lowered", "sup": "raised",
}  # fmt: skip
_HEADINGS: Final = {"h2": 2, "h3": 3, "h4": 4}
_ENDING: Final = frozenset(("p", "section", "article", "aside", "div", "dl", "blockquote"))

BlockKind = Literal["paragraph", "heading", "item", "fact", "quote", "caption", "rule", "table"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; a line break is a run of its own with the text ``\\n``."""

    text: str
    styles: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the source states it; spans are not yet checked against the table."""

    runs: tuple[Run, ...]
    n_columns: int = 1
    n_rows: int = 1
    is_head: bool = False
    is_number: bool = False

    @property
    def text(self) -> str:
        """The words of the cell."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the source states it."""

    cells: tuple[Cell, ...]
    is_head: bool = False
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, labelled fact, table or line.

    ``level`` is that of a heading or the depth of an item; ``label`` the mark of an item or the
    name of a fact.
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    level: int = 0
    label: str = ""
    rows: tuple[Row, ...] = ()

    @property
    def text(self) -> str:
        """The words of the block, without those of its table."""
        return "".join(run.text for run in self.runs)


def printable(text: str) -> str:
    """The text without what no font can show: controls and halves of characters."""
    return _UNPRINTABLE.sub(lambda match: "\ufffd" if match[0] >= "\ud800" else " ", text)


def blocks_of(html: str) -> list[Block]:
    """The blocks of the HTML in their order. The ``h1`` is left out: the sheet sets the title."""
    reader = _Reader()
    reader.feed(printable(html))
    reader.close()
    reader.finish()
    return reader.blocks


@dataclass(slots=True)
class _List:
    """A list that is open: the number of its next item, None for one with bullets."""

    number: int | None
    mark: str = ""


@dataclass(slots=True)
class _Table:
    """A table that is open."""

    rows: list[Row] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    is_in_head: bool = False
    is_total: bool = False
    cell_tag: str = ""


class _Reader(HTMLParser):
    """Collects runs and closes them into blocks as tags end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._styles: list[str] = []
        self._hrefs: list[str] = []
        self._lists: list[_List] = []
        self._tables: list[_Table] = []
        self._heading = 0
        self._deepest = 1  # the title; no level is skipped on the way down, readers count on it
        self._n_quotes = 0
        self._term = ""
        self._caption_or_title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a style, a list, a table or a cell; any block tag ends the block before it."""
        attributes = {name: value or "" for name, value in attrs}
        if tag in _STYLES:
            self._styles.append(_STYLES[tag])
        elif tag == "a":
            self._hrefs.append(_address(attributes.get("href", "")))
        elif tag == "br":
            self._break()
        elif tag in ("table", "tr", "thead", "td", "th"):
            self._open_in_table(tag, attributes)
        else:
            self._open_block(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        """Close what the tag opened; a stray end tag closes nothing."""
        if tag in _STYLES:
            if _STYLES[tag] in self._styles:
                self._styles.remove(_STYLES[tag])
        elif tag == "a":
            del self._hrefs[-1:]
        elif tag in ("table", "tr", "thead", "td", "th"):
            self._close_in_table(tag)
        else:
            self._close_block(tag)

    def handle_data(self, data: str) -> None:
        """Text: blanks are one space, ideographic spaces stay."""
        text = _BLANKS.sub(" ", data)
        if not self._runs or self._runs[-1].text == "\n":
            text = text.lstrip(_INDENT)
        if text:
            href = self._hrefs[-1] if self._hrefs else ""
            self._runs.append(Run(text, tuple(dict.fromkeys(self._styles)), href))

    def finish(self) -> None:
        """What is still open at the end is closed."""
        while self._tables:
            self._close_in_table("table")
        self._end()

    def _open_block(self, tag: str, attributes: dict[str, str]) -> None:
        self._end()
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif tag in ("ul", "ol"):
            start = attributes.get("start", "1")
            number = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
            self._lists.append(_List(number if tag == "ol" else None))
        elif tag == "li" and self._lists:
            self._begin_item(self._lists[-1])
        elif tag == "blockquote":
            self._n_quotes += 1
        elif tag in ("h1", "caption"):
            self._caption_or_title = tag
        elif (tag == "hr" or self._is_other_part(attributes)) and not self._tables:
            self.blocks.append(Block("rule"))

    def _is_other_part(self, attributes: dict[str, str]) -> bool:
        """Whether the prose begins here, after the elements (a class of the print layouts)."""
        return "record-text" in attributes.get("class", "").split() and bool(self.blocks)

    def _close_block(self, tag: str) -> None:
        if tag in ("li", "dt", "dd", "h1", "caption", *_HEADINGS, *_ENDING):
            self._end(closing=tag)
        if tag in _HEADINGS:
            self._heading = 0
        elif tag in ("ul", "ol"):
            self._end()
            del self._lists[-1:]
        elif tag == "li" and self._lists:
            self._lists[-1].mark = ""
        elif tag == "blockquote":
            self._n_quotes = max(0, self._n_quotes - 1)
        elif tag in ("h1", "caption"):
            self._caption_or_title = ""

    @staticmethod
    def _begin_item(opened: _List) -> None:
        if opened.number is None:
            opened.mark = "•"
        else:
            opened.mark = f"{opened.number}."
            opened.number += 1

    def _open_in_table(self, tag: str, attributes: dict[str, str]) -> None:
        inner = bool(self._tables and self._tables[-1].cell_tag)
        if tag == "table":
            if inner:
                self._break()
                self._tables.append(_Table(cell_tag="inner"))
            else:
                self._end()
                self._tables.append(_Table())
        elif not self._tables:
            return
        elif self._tables[-1].cell_tag == "inner":
            self._inner_part(tag)
        else:
            self._open_part(self._tables[-1], tag, attributes)

    def _inner_part(self, tag: str) -> None:
        """A table in a cell: its rows are lines, its cells stand apart by a space."""
        if tag == "tr":
            self._break()
        elif tag in ("td", "th") and self._runs and self._runs[-1].text != "\n":
            self._runs.append(Run("\u3000"))

    def _open_part(self, table: _Table, tag: str, attributes: dict[str, str]) -> None:
        classes = attributes.get("class", "").split()
        if tag == "thead":
            table.is_in_head = True
        elif tag == "tr":
            self._end_row(table)
            table.is_total = "is-total" in classes
        else:
            self._end_cell(table)
            self._runs = []
            table.cell_tag, table.attributes = tag, attributes

    def _close_in_table(self, tag: str) -> None:
        if not self._tables:
            return
        table = self._tables[-1]
        if table.cell_tag == "inner":
            if tag == "table":
                self._tables.pop()
                self._break()
            return
        if tag in ("td", "th"):
            self._end_cell(table)
        elif tag in ("tr", "thead"):
            self._end_row(table)
            table.is_in_head = table.is_in_head and tag != "thead"
        else:
            self._end_row(table)
            self._tables.pop()
            if table.rows:
                self.blocks.append(Block("table", rows=tuple(table.rows)))

    def _end_cell(self, table: _Table) -> None:
        if not table.cell_tag:
            self._runs = []
            return
        attributes = table.attributes
        table.cells.append(
            Cell(
                runs=self._taken(),
                n_columns=_span(attributes.get("colspan", "")),
                n_rows=_span(attributes.get("rowspan", "")),
                is_head=table.cell_tag == "th",
                is_number="is-number" in attributes.get("class", "").split(),
            )
        )
        table.cell_tag, table.attributes = "", {}

    def _end_row(self, table: _Table) -> None:
        self._end_cell(table)
        if table.cells:
            is_head = table.is_in_head or all(cell.is_head for cell in table.cells)
            table.rows.append(Row(tuple(table.cells), is_head, table.is_total))
        table.cells, table.is_total = [], False

    def _break(self) -> None:
        """A new line within the block."""
        if self._runs and self._runs[-1].text != "\n":
            self._runs.append(Run("\n"))

    def _taken(self) -> tuple[Run, ...]:
        """The runs so far without blank ends; the collection begins anew."""
        runs, self._runs = self._runs, []
        while runs and not runs[-1].text.strip(_INDENT + "\n"):
            runs.pop()
        if runs:
            last = runs[-1]
            runs[-1] = Run(last.text.rstrip(_INDENT), last.styles, last.href)
        return tuple(runs)

    def _end(self, *, closing: str = "") -> None:
        """The runs so far become a block of the kind that is open."""
        if self._tables and self._caption_or_title != "caption":
            if self._tables[-1].cell_tag:
                self._break()
            return
        runs = self._taken()
        if not runs or self._caption_or_title == "h1":
            return
        if self._caption_or_title == "caption":
            self.blocks.append(Block("caption", runs))
        elif closing == "dt":
            self._term = "".join(run.text for run in runs)
        elif closing == "dd" or self._term:
            self.blocks.append(Block("fact", runs, label=self._term))
            self._term = ""
        else:
            self.blocks.append(self._prose(runs))

    def _prose(self, runs: tuple[Run, ...]) -> Block:
        if self._heading:
            self._deepest = min(self._heading, self._deepest + 1)
            return Block("heading", runs, level=self._deepest)
        if self._lists:
            mark, self._lists[-1].mark = self._lists[-1].mark, ""
            return Block("item", runs, level=min(len(self._lists), DEEPEST_ITEM), label=mark)
        return Block("quote" if self._n_quotes else "paragraph", runs)


def _address(href: str) -> str:
    """The address where a link may lead to from paper and screen, or ""."""
    href = href.strip()
    fits = len(href) <= LONGEST_ADDRESS and _WEB_ADDRESS.fullmatch(href)
    return href if fits else ""


def _span(text: str) -> int:
    return max(1, int(text)) if re.fullmatch(r"[0-9]{1,4}", text) else 1
