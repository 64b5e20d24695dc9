"""Placing the cells of one data row in the columns of its table, as far as that is certain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from gongkai.readings.tables.align import REGION, Slot, aligned, slots_of
from gongkai.readings.tables.evidence import (
    is_basis,
    is_channels,
    is_deadline,
    is_number,
    is_tick,
    is_tick_field,
    misfit,
)
from gongkai.readings.tables.gaps import fill_gaps
from gongkai.readings.tables.tokens import SourceRow, Token

ANCHORS = frozenset({"basis", "deadlines", "bodies"})
ITEMS = frozenset({"level1", "level2", "level3", "contents"})
TOGETHER = {"group": "society", "on_request": "proactive"}
MAX_GROUP = 40
CONFLICT = 6.0
"""A cell that fits its place this badly shows that positions have shifted."""


@dataclass(slots=True)
class Placement:
    """Where the cells of a row belong; ``unsure`` cells and ticks have no certain column."""

    cells: dict[int, tuple[Token, ...]] = field(default_factory=dict)
    unsure: list[Token] = field(default_factory=list)
    unsure_ticks: list[Token] = field(default_factory=list)
    loose: list[Token] = field(default_factory=list)  # pieces told together in one unsure cell
    exact_ticks: set[int] = field(default_factory=set)  # tick columns whose blank means "no tick"
    realigned: bool = False
    merged: set[int] = field(default_factory=set)  # columns whose cell began in a row above

    def text(self, column: int) -> str:
        """The words of the cell or of the neighbouring cells placed in the column."""
        return "\n".join(t.text for t in self.cells.get(column, ()) if t.text)


@dataclass(slots=True)
class Style:
    """How the table was written: whether empty √ cells were kept, what level 1 items there are."""

    keeps_blanks: bool = False
    level1_seen: set[str] = field(default_factory=set)


def _contradicts(text: str, key: str) -> bool:
    """Whether a cell cannot stand in its column; who the special group is may be any words."""
    if key == "group" and not (is_number(text) or is_deadline(text) or is_channels(text)):
        return len(text) > MAX_GROUP or is_basis(text)
    return misfit(text, key) >= CONFLICT


class Placer:
    """Places rows in the columns of one table."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = list(keys)
        self.slots = slots_of(self.keys)
        self.style = Style()

    def observe(self, rows: Iterable[SourceRow]) -> None:
        """Note from all rows whether blanks stand between ticks: then empties were kept."""
        self.style.keeps_blanks = any(self._has_inner_blank(row) for row in rows)

    def _has_inner_blank(self, row: SourceRow) -> bool:
        tokens = [t for t in row.tokens if t.covered != "column"]
        if row.trusted:
            region = {i for i, key in enumerate(self.keys) if is_tick_field(key)}
            tokens = [t for i, t in enumerate(row.tokens) if i in region]
        ticks = [i for i, t in enumerate(tokens) if t.text and is_tick(t.text)]
        if not ticks:
            return False
        first = 0 if row.trusted else max(1, ticks[0] - 1)
        return any(not t.text for t in tokens[first : ticks[-1]])

    def place(self, row: SourceRow, *, first_row: bool) -> Placement:
        """The row's cells in their columns."""
        loose = [t for t in row.tokens if t.loose]
        if loose:
            kept = SourceRow(tuple(t for t in row.tokens if not t.loose), False, row.where)
            placement = self._by_alignment(kept, first_row=first_row)
            placement.unsure.append(replace(loose[0], text="\n".join(t.text for t in loose)))
            placement.loose.extend(loose)
            return placement
        if row.trusted or len(row.tokens) == len(self.keys) or self._is_whole(row):
            placement = self._by_position(row)
            n_conflicts = self._n_conflicts(row)
            if n_conflicts == 0 or (row.trusted and n_conflicts == 1):
                return self._without_conflicts(placement)
        return self._by_alignment(row, first_row=first_row)

    def _is_whole(self, row: SourceRow) -> bool:
        """Whether blanks in front of the ticks and at the end make the row as long as the table.

        Only rows that kept the blanks of their items show that nothing was left out of them.
        """
        if not self.style.keeps_blanks or len(row.tokens) + row.n_pads != len(self.keys):
            return False
        region = next((i for i, key in enumerate(self.keys) if is_tick_field(key)), 0)
        before = row.tokens[:region]
        return any(not t.text for t in before) and not any(is_tick(t.text) for t in before)

    # --- positions hold -----------------------------------------------------------------------

    def _by_position(self, row: SourceRow) -> Placement:
        placement = Placement()
        for index, token in enumerate(row.tokens):
            if not token.text or token.covered == "column":
                continue
            if index < len(self.keys):
                placement.cells[index] = (token,)
            elif not token.covered:
                placement.unsure.append(token)
        for slot in self.slots:
            if slot.key == REGION:
                self._settle_placed_ticks(placement, slot)
        return placement

    def _n_conflicts(self, row: SourceRow) -> int:
        return sum(
            _contradicts(token.text, key)
            for token, key in zip(row.tokens, self.keys, strict=False)
            if token.text and not token.covered
        )

    def _without_conflicts(self, placement: Placement) -> Placement:
        for index, tokens in list(placement.cells.items()):
            key = self.keys[index]
            if all(not t.covered and _contradicts(t.text, key) for t in tokens):
                del placement.cells[index]
                placement.unsure.extend(tokens)
        return placement

    def _settle_placed_ticks(self, placement: Placement, slot: Slot) -> None:
        """Trust ticks by position unless the table looks as if blanks had been dropped.

        Dropped blanks and filling at the end give rows such as √ √ √ · · · in a table in which
        no blank ever stands before a tick.
        """
        columns = range(slot.first, slot.first + slot.n_columns)
        wide = [c for c in columns if placement.cells.get(c) and placement.cells[c][0].columns > 1]
        for column in wide:
            tokens = placement.cells.pop(column)
            placement.unsure_ticks.extend(tokens)
        ticked = [c for c in columns if c in placement.cells]
        groups = {TOGETHER.get(key := self.keys[c].split(":")[0], key) for c in columns}
        collapsed = (
            not self.style.keeps_blanks
            and len(groups) > 1
            and 0 < len(ticked) < len(columns)
            and ticked == list(columns)[: len(ticked)]
        )
        if collapsed:
            for column in ticked:
                placement.unsure_ticks.extend(placement.cells.pop(column))
        elif not wide:
            placement.exact_ticks.update(columns)

    # --- positions shifted --------------------------------------------------------------------

    def _by_alignment(self, row: SourceRow, *, first_row: bool) -> Placement:
        placement = Placement(realigned=True)
        tokens = [t for t in row.tokens if not t.covered]
        while tokens and not tokens[-1].text:
            tokens.pop()
        elements = self._elements(tokens)
        texts = [tokens[start].text for start, _ in elements]
        found = aligned(texts, self.slots, self.keys, first_row=first_row)
        regions: dict[int, list[int]] = {}
        for (start, end), at in zip(elements, found, strict=True):
            span = [t for t in tokens[start:end] if t.text]
            if not span:
                continue
            if at is None:
                ticks = is_tick(span[0].text)
                (placement.unsure_ticks if ticks else placement.unsure).extend(span)
            elif self.slots[at].key == REGION:
                regions.setdefault(at, []).extend((start, end))
            else:
                column = self.slots[at].first
                placement.cells[column] = (*placement.cells.get(column, ()), *span)
        for at, bounds in regions.items():
            self._settle_region(placement, tokens, self.slots[at], bounds, row.n_pads)
        fill_gaps(placement.cells, placement.unsure, tokens, self.keys)
        self._doubt_level1(placement)
        self._doubt_bare_row(placement)
        self._doubt_misplaced(placement)
        return placement

    def merged_columns(self, row: SourceRow, placement: Placement) -> set[int]:
        """The columns without a cell, where blanks were kept: merges from above cover them."""
        if not placement.realigned:
            return set()
        columns = {i for i, key in enumerate(self.keys) if not is_tick_field(key)}
        missing = columns - placement.cells.keys()
        first_tick = next((i for i, t in enumerate(row.tokens) if is_tick(t.text)), 0)
        texts = row.tokens[:first_tick]
        if placement.unsure or placement.unsure_ticks or not self.style.keeps_blanks:
            return set()
        n_known = len(row.tokens) + len(missing)
        whole = n_known <= len(self.keys) <= n_known + row.n_pads
        return missing if whole and texts and all(t.text for t in texts) else set()

    def _elements(self, tokens: Sequence[Token]) -> list[tuple[int, int]]:
        """The tokens as alignment units: a run of ticks with the blanks around it is one unit."""
        elements: list[tuple[int, int]] = []
        index = 0
        while index < len(tokens):
            if tokens[index].text and is_tick(tokens[index].text) and self._has_region():
                end = index + 1
                last = end
                while end < len(tokens) and (not tokens[end].text or is_tick(tokens[end].text)):
                    end += 1
                    if tokens[end - 1].text:
                        last = end
                elements.append((index, last))
                index = last
            else:
                elements.append((index, index + 1))
                index += 1
        return [e for i, e in enumerate(elements) if not self._before_ticks(tokens, elements, i)]

    def _has_region(self) -> bool:
        return any(slot.key == REGION for slot in self.slots)

    def _before_ticks(
        self, tokens: Sequence[Token], elements: Sequence[tuple[int, int]], index: int
    ) -> bool:
        """A blank right before a run of ticks is weighed with the run, not aligned by itself."""
        start, _ = elements[index]
        while start < len(tokens) and not tokens[start].text:
            start += 1
        blank = not tokens[elements[index][0]].text
        return blank and start < len(tokens) and is_tick(tokens[start].text)

    def _settle_region(
        self,
        placement: Placement,
        tokens: Sequence[Token],
        slot: Slot,
        bounds: Sequence[int],
        n_pads: int,
    ) -> None:
        start, end = min(bounds), max(bounds)
        span = tokens[start:end]
        if any(t in placement.unsure or t in placement.unsure_ticks for t in span if t.text):
            placement.unsure_ticks.extend(t for t in span if t.text and is_tick(t.text))
            return
        n_before = 0
        while start - n_before > 0 and not tokens[start - n_before - 1].text:
            n_before += 1
        at_end = slot.first + slot.n_columns == len(self.keys)
        begin = self._region_begin(
            placement, tokens, slot, start=start, end=end, n_before=n_before,
            n_pads=n_pads if at_end and end == len(tokens) else 0,
        )  # fmt: skip
        if begin is None:
            placement.unsure_ticks.extend(t for t in span if t.text)
            return
        for offset, token in enumerate(tokens[begin:end]):
            if token.text:
                placement.cells[slot.first + offset] = (token,)
        placement.exact_ticks.update(range(slot.first, slot.first + slot.n_columns))

    def _region_begin(
        self,
        placement: Placement,
        tokens: Sequence[Token],
        slot: Slot,
        *,
        start: int,
        end: int,
        n_before: int,
        n_pads: int,
    ) -> int | None:
        """The token that stands in the first √ column, or None where that is not certain."""
        length, wanted = end - start, slot.n_columns
        if length == wanted:
            return start
        if length > wanted:
            return None
        if n_before and self.style.keeps_blanks and self._neighbour_filled(placement, slot):
            length += n_before
            start -= n_before
        elif n_before and length + n_before == wanted:
            return start - n_before
        if length == wanted:
            return start
        inner_blank = any(not t.text for t in tokens[start:end])
        kept = inner_blank and self.style.keeps_blanks and self._neighbour_filled(placement, slot)
        return start if kept and length < wanted <= length + n_pads else None

    def _neighbour_filled(self, placement: Placement, slot: Slot) -> bool:
        return slot.first == 0 or bool(placement.cells.get(slot.first - 1))

    def _doubt_level1(self, placement: Placement) -> None:
        """A text taken for level 2 that is a level 1 item of this table is of neither surely."""
        if "level1" not in self.keys or "level2" not in self.keys:
            return
        first, second = self.keys.index("level1"), self.keys.index("level2")
        if first in placement.cells or second not in placement.cells:
            return
        flat = "".join(placement.text(second).split())
        if flat in self.style.level1_seen:
            placement.unsure.extend(placement.cells.pop(second))

    def _doubt_bare_row(self, placement: Placement) -> None:
        """In a row that lacks most of its cells no item or content is surely in its column."""
        placed = {self.keys[column] for column in placement.cells}
        if len((ANCHORS & set(self.keys)) - placed) < 2:
            return
        for column in list(placement.cells):
            if self.keys[column] in ITEMS:
                placement.unsure.extend(placement.cells.pop(column))

    def _doubt_misplaced(self, placement: Placement) -> None:
        """A deadline in the column of laws or bodies shows that the row is not understood."""
        wrong = [
            column
            for column in placement.cells
            if self.keys[column] in {"basis", "bodies", "level1", "level2", "level3"}
            and is_deadline(placement.text(column))
            and misfit(placement.text(column), self.keys[column]) > 1.0
        ]
        for column in list(placement.cells):
            if wrong and self.keys[column] in ITEMS | ANCHORS - {"deadlines"}:
                placement.unsure.extend(placement.cells.pop(column))
