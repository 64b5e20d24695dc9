"""From source rows to read tables: headers, titles, sections, footers, data rows in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.readings.fields.domains import match_domain
from gongkai.readings.reading import ReadTable, Warning_
from gongkai.readings.tables.evidence import (
    compact,
    is_channels,
    is_deadline,
    is_number,
    is_tick,
)
from gongkai.readings.tables.gaps import PlacedRow, settle_levels
from gongkai.readings.tables.heads import Head, head_at, looks_like_head, with_number_column
from gongkai.readings.tables.placing import Placement, Placer
from gongkai.readings.tables.rows import RowReader
from gongkai.readings.tables.titles import is_footer, is_title, title_among
from gongkai.readings.tables.tokens import Ledger, SourceRow, Token

PLAIN_NAMES = ("sheet", "表", "工作表", "table", "page", "第")
FEW_ROWS_AHEAD = 3
MIN_CONTENTS = 24
_SECTION = re.compile(
    r"^(?:第?[一二三四五六七八九十]+[、章节部.]|[(（][一二三四五六七八九十]+[)）]|注[:：]|备注)"
)
SUBSTANCE = frozenset(
    {"level1", "level2", "level3", "contents", "basis", "deadlines", "bodies", "channels"}
)


@dataclass(slots=True)
class OpenTable:
    """A table whose header was found, with the data rows collected so far."""

    title: str
    head: Head
    rows: list[SourceRow] = field(default_factory=list)


@dataclass(slots=True)
class Findings:
    """What the interpretation of a file gives so far."""

    ledger: Ledger = field(default_factory=Ledger)
    tables: list[ReadTable] = field(default_factory=list)
    warnings: list[Warning_] = field(default_factory=list)

    def warn(self, code: str, text: str, where: str = "") -> None:
        """One more thing a person should know."""
        self.warnings.append(Warning_(code, text, where))

    def note(self, code: str, *tokens: Token) -> None:
        """The words of these cells kept as warnings: they are no catalogue rows."""
        for token in tokens:
            self.warn(code, token.text, token.where)
        self.ledger.understand(*tokens)


class Assembler:
    """Interprets the rows of one grid after another."""

    def __init__(self, findings: Findings, *, domain: str | None, file_name: str) -> None:
        self.findings = findings
        self.domain = domain
        self.file_name = file_name
        self.last_head: Head | None = None
        self.page_title = ""  # the title above the only table of the file

    def read_rows(self, rows: Sequence[SourceRow], *, heading: str, name: str) -> None:
        """Add the tables that these rows hold."""
        title = title_among(heading.split("\n"))
        current: OpenTable | None = None
        index = 0
        while index < len(rows):
            row = rows[index]
            head = self._head(rows, index, has_table=current is not None)
            if head is not None:
                self.findings.ledger.understand(
                    *(t for r in rows[index : index + head.n_rows] for t in r.own)
                )
                if current is None or head.keys != current.head.keys or title:
                    self._close(current, name, heading)
                    current = OpenTable(title, head)
                    title = ""
                index += head.n_rows
                continue
            found = self._title(rows, index, has_table=current is not None)
            if found:
                title = found
            elif current is None:
                current = self._headless(rows, index, title)
                if current is None:
                    self._before_header(row)
                else:
                    continue
            elif not self._footer(row):
                current.rows.append(row)
            index += 1
        self._close(current, name, heading)

    def title_in(self, heading: str) -> str:
        """The title among the lines above a table."""
        return title_among(heading.split("\n"))

    # --- headers and titles -------------------------------------------------------------------

    def _head(self, rows: Sequence[SourceRow], index: int, *, has_table: bool) -> Head | None:
        row = rows[index]
        own = row.own
        if len(own) < 2 or any(is_number(t.text) or is_tick(t.text) for t in own):
            return None
        if has_table and not looks_like_head(row.tokens):
            return None
        return head_at(rows, index)

    def _headless(self, rows: Sequence[SourceRow], index: int, title: str) -> OpenTable | None:
        """A table without a header carries the one before it on, where the widths agree."""
        head = self.last_head
        if head is None or len(rows[index].own) < 3:
            return None
        width = max(len(row.tokens) for row in rows[index:])
        if width != len(head.keys) or title:
            return None
        carried = Head(head.columns, 0, ())
        self.findings.warn("header_carried_over", "", rows[index].where)
        return OpenTable("", carried)

    def _title(self, rows: Sequence[SourceRow], index: int, *, has_table: bool) -> str:
        """The words of a title row; inside a table only where a header follows soon."""
        texts = {compact(t.text): t for t in rows[index].own}
        if len(texts) != 1:
            return ""
        token = next(iter(texts.values()))
        if not is_title(token.text):
            return ""
        if has_table:
            ahead = range(index + 1, min(index + 1 + FEW_ROWS_AHEAD, len(rows)))
            if not any(self._head(rows, i, has_table=True) for i in ahead):
                return ""
        self.findings.ledger.understand(*rows[index].own)
        return title_among([token.text]) or token.text

    def _before_header(self, row: SourceRow) -> None:
        if len(row.own) <= 3:
            self.findings.note("text_before_header", *row.own)

    def _footer(self, row: SourceRow) -> bool:
        own = row.own
        if not own or len(own) > 3:
            return False
        wide = len(own) == 1 and own[0].columns > 2
        if is_footer(own[0].text) or (wide and len(own[0].text) > 30 and len(row.tokens) > 5):
            self.findings.note("footer", *own)
            return True
        return False

    # --- closing a table ----------------------------------------------------------------------

    def _close(self, table: OpenTable | None, name: str, heading: str) -> None:
        if table is None:
            return
        if not table.rows:
            if table.head.n_rows:
                self.findings.warn("table_without_rows", table.title, name)
            return
        self.last_head = table.head
        self.add_table(table.head, table.rows, title=table.title, name=name, heading=heading)

    def add_table(
        self, head: Head, rows: Sequence[SourceRow], *, title: str, name: str, heading: str
    ) -> None:
        """Read the rows under this header as a table."""
        head = with_number_column(head, rows)
        placer = Placer(head.keys)
        placer.observe(rows)
        reader = RowReader(head.columns, self.findings.ledger, default_tick=not _uses_boxes(rows))
        placements: list[tuple[SourceRow, Placement]] = []
        for row in rows:
            if carrier := _carrier(row, head, placements):
                carrier.cells[head.keys.index("channels")] += row.own
                continue
            if placements and _is_more_contents(row, head, placements[-1][1]):
                placements[-1][1].cells[head.keys.index("contents")] += row.own
                continue
            placement = placer.place(row, first_row=not placements)
            self._remember_level1(placer, head, placement)
            placements.append((row, placement))
        settle_levels(
            [
                PlacedRow(row, placed.cells, placed.unsure)
                for row, placed in placements
                if placed.realigned
            ],
            head.keys,
            keeps_blanks=placer.style.keeps_blanks,
        )
        for row, placement in placements:
            placement.merged = placer.merged_columns(row, placement)
        numbered = _is_numbered(head, placements)
        for row, placement in placements:
            if numbered and reader.drafts and _is_fragment(row, head, placement):
                reader.ask_fragment(row.own)
            elif not reader.add(row, placement):
                self.findings.note("empty_numbered_row", *row.own)
        sheet = "" if name.lower().startswith(PLAIN_NAMES) else name
        shown = title or (sheet if is_title(sheet) or match_domain(sheet) else self.page_title)
        self.findings.tables.append(
            ReadTable(shown, self._domain(shown, heading, sheet), head.texts, reader.rows())
        )

    def _remember_level1(self, placer: Placer, head: Head, placement: Placement) -> None:
        if "level1" in head.keys:
            column = head.keys.index("level1")
            if column in placement.cells:
                placer.style.level1_seen.add(compact(placement.text(column)))

    def _domain(self, title: str, heading: str, sheet: str) -> str | None:
        if self.domain:
            return self.domain
        lines = [title, *reversed(heading.split("\n")), sheet]
        if not title:
            lines.append(self.file_name.rsplit(".", 1)[0])
        return next((found for line in lines if line and (found := match_domain(line))), None)


def _uses_boxes(rows: Sequence[SourceRow]) -> bool:
    return any(
        any(mark in t.text for mark in "■□☑☐▲▄") and is_channels(t.text)
        for row in rows
        for t in row.own
    )


def _carrier(
    row: SourceRow, head: Head, placements: Sequence[tuple[SourceRow, Placement]]
) -> Placement | None:
    """The row whose channel list a row of nothing but boxes carries on, through merged rows."""
    if "channels" not in head.keys or not row.own or not placements:
        return None
    column = head.keys.index("channels")
    if not all(is_channels(t.text) for t in row.own) or any(t.covered for t in row.tokens):
        return None
    if row.trusted and any(t.text and i != column for i, t in enumerate(row.tokens)):
        return None
    before = next(
        (p for _, p in reversed(placements) if p.cells.get(column) or not p.realigned),
        placements[-1][1],
    )
    return before if before.cells.get(column) and not before.cells[column][0].covered else None


def _is_more_contents(row: SourceRow, head: Head, before: Placement) -> bool:
    """A counted row of one long cell: only the contents go on, all other cells are merged."""
    if "contents" not in head.keys or len(row.own) != 1 or not row.is_regular:
        return False
    text = compact(row.own[0].text)
    cells = before.cells.get(head.keys.index("contents"))
    is_told = bool(cells) and not is_channels(text) and not is_deadline(text)
    return (
        is_told and (len(text) > MIN_CONTENTS or text.endswith("。")) and not _SECTION.match(text)
    )


def _is_numbered(head: Head, placements: Sequence[tuple[SourceRow, Placement]]) -> bool:
    """Whether most rows have a number, so that a row without one is suspicious."""
    if "number" not in head.keys:
        return False
    column = head.keys.index("number")
    return sum(column in p.cells for _, p in placements) * 5 >= 3 * len(placements)


def _is_fragment(row: SourceRow, head: Head, placement: Placement) -> bool:
    """A row without number and with hardly a cell, unless merges explain what is missing."""
    column = head.keys.index("number")
    if column in placement.cells or any(t.covered for t in row.tokens):
        return False
    main = [c for c in placement.cells if head.keys[c] in SUBSTANCE]
    return len(main) <= 2
