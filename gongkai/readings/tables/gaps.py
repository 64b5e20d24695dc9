"""Cells left without a column, placed where counting leaves only one place for each.

Alignment weighs what cells say. Counting needs no weight: as many cells as columns between two
placed neighbours go there in order, and items stand in the levels from the first one on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.readings.tables.evidence import is_number, is_tick, is_tick_field, misfit
from gongkai.readings.tables.tokens import SourceRow, Token

CONFLICT = 6.0
MAX_NAME = 22
_LIST = re.compile(r"[、;；,，。]|^[\d(（①]")
LEVELS = frozenset({"level1", "level2", "level3"})
Cells = dict[int, tuple[Token, ...]]


def fill_gaps(
    cells: Cells, unsure: list[Token], tokens: Sequence[Token], keys: Sequence[str]
) -> None:
    """Unsure cells between placed neighbours are placed where as many columns are free there."""
    placed = {t.index: column for column, own in cells.items() for t in own}
    texts = [t for t in tokens if t.text and not t.covered]
    start = 0
    while start < len(texts):
        if texts[start] not in unsure:
            start += 1
            continue
        end = start
        while end < len(texts) and texts[end] in unsure:
            end += 1
        before = placed.get(texts[start - 1].index, -2) if start else -1
        after = placed.get(texts[end].index) if end < len(texts) else len(keys)
        if end < len(texts) and after is None and is_tick(texts[end].text):
            after = len(keys)
        if before != -2 and after is not None:
            _fill(cells, unsure, texts[start:end], keys, between=(before, after))
        start = end


def _fill(
    cells: Cells,
    unsure: list[Token],
    run: Sequence[Token],
    keys: Sequence[str],
    *,
    between: tuple[int, int],
) -> None:
    free = [c for c in range(between[0] + 1, between[1]) if not is_tick_field(keys[c])]
    if len(free) != len(run) or any(c in cells for c in free):
        return
    if any(misfit(t.text, keys[c]) >= CONFLICT for t, c in zip(run, free, strict=True)):
        return
    for token, column in zip(run, free, strict=True):
        cells[column] = (token,)
        unsure.remove(token)


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with the columns found for its cells so far, both open to change."""

    row: SourceRow
    cells: Cells
    unsure: list[Token]


def settle_levels(rows: Sequence[PlacedRow], keys: Sequence[str], *, keeps_blanks: bool) -> None:
    """Items go to the levels by how many the rows of the table have.

    A row with as many items as any has them from the first column on. One with fewer repeats what
    stands above: its own items are the last ones. Where that is not certain they stay unsure.
    """
    columns = _item_columns(keys)
    if len(columns) < 2:
        return
    rows = [placed for placed in rows if not _put_by_blanks(placed, keys, columns)]
    found = [(placed, items) for placed in rows if (items := _items(placed, keys)) is not None]
    depth = max((len(items) for _, items in found), default=0)
    n_whole = sum(len(items) == depth for _, items in found)
    certain = keeps_blanks or n_whole == 1
    for placed, items in found:
        if not items:
            continue
        wanted = _columns_of(
            len(items),
            columns,
            depth=len(columns) if keeps_blanks else depth,
            others=set() if certain else {len(own) for _, own in found},
        )
        if wanted is None and len(columns) > 2:
            _put(placed, items, (), columns)
        elif wanted is not None:
            _put(placed, items, wanted, columns)


def _put_by_blanks(placed: PlacedRow, keys: Sequence[str], columns: Sequence[int]) -> bool:
    """Items with blanks among them keep their places; unsure where the places do not add up."""
    at = keys.index("contents")
    contents = placed.cells.get(at)
    items = _items(placed, keys)
    if not contents or items is None:
        return False
    place = next(i for i, t in enumerate(placed.row.tokens) if t.index == contents[0].index)
    before = placed.row.tokens[:place]
    if all(t.text for t in before):
        return False
    for column in columns:
        placed.cells.pop(column, None)
    name = "".join(contents[0].text.split())
    if place != at and len(name) <= MAX_NAME and not _LIST.search(name):
        placed.unsure.extend(placed.cells.pop(at))  # as likely the name of an item
    for token in items:
        if place != at:
            _doubt(placed, token)
            continue
        if token in placed.unsure:
            placed.unsure.remove(token)
        placed.cells[before.index(token)] = (token,)
    return True


def _doubt(placed: PlacedRow, token: Token) -> None:
    if token not in placed.unsure:
        placed.unsure.append(token)


def _item_columns(keys: Sequence[str]) -> list[int]:
    """The columns of items: the levels and local ones between number and contents."""
    if "contents" not in keys:
        return []
    end = keys.index("contents")
    columns = [c for c in range(end) if keys[c] in LEVELS or keys[c].startswith("extra:")]
    whole = all(keys[c] == "number" or c in columns for c in range(end))
    return columns if whole and any(keys[c] in LEVELS for c in columns) else []


def _items(placed: PlacedRow, keys: Sequence[str]) -> list[Token] | None:
    """The cells before the contents of a row whose positions shifted; None where unknown."""
    contents = placed.cells.get(keys.index("contents"))
    tokens = placed.row.tokens
    if not contents or placed.row.trusted or len(tokens) == len(keys):
        return None
    before = [t for t in tokens if t.text and t.index < contents[0].index]
    if any(t.covered or t.loose for t in tokens):
        return None
    return [t for t in before if not is_number(t.text)]


def _columns_of(
    n_items: int, columns: Sequence[int], *, depth: int, others: set[int]
) -> Sequence[int] | None:
    if n_items > depth or len(columns) - depth > 1:
        return None
    if n_items == depth:
        return columns[:depth]
    if depth > 2 and others - {0, 1, depth} and len(columns) == depth:
        return None
    return columns[depth - n_items : depth]


def _put(
    placed: PlacedRow, items: Sequence[Token], wanted: Sequence[int], columns: Sequence[int]
) -> None:
    for column in columns:
        placed.cells.pop(column, None)
    for token in items:
        if token in placed.unsure:
            placed.unsure.remove(token)
    for token, column in zip(items, wanted, strict=False):
        placed.cells[column] = (token,)
    placed.unsure.extend(items[len(wanted) :])
