"""Aligning the cells of a row whose positions shifted with the columns they can belong to.

A monotone alignment by dynamic programming. A cell gets a column only where every alignment of
nearly the least cost gives it the same one; otherwise its column is not known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.readings.tables.evidence import IMPOSSIBLE, is_tick_field, misfit

MARGIN = 0.45
"""An alignment that costs less than this more than the best one counts as equally good."""

REGION = "ticks"
_LIST = re.compile(r"[、；;，,。\n●·《]|^\d+[.、]")
MAX_COST = 3.4
MAX_WHOLE = 20.0
"""A row whose best alignment costs more has cells that fit nowhere: it is not understood."""
GAPS = {
    "number": 1.5, "level1": 0.5, "level2": 1.1, "level3": 0.6, "contents": 1.8, "basis": 1.2,
    "deadlines": 1.2, "bodies": 1.2, "channels": 1.0, REGION: 0.8,
}  # fmt: skip
"""What it costs that a column has no cell: least where vertical merges are the rule."""
OTHER_GAP = 0.9


@dataclass(frozen=True, slots=True)
class Slot:
    """A column, or a run of neighbouring √ columns taken as one place."""

    key: str
    first: int
    n_columns: int = 1


def slots_of(keys: Sequence[str]) -> list[Slot]:
    """The columns with every run of √ columns folded into one slot."""
    slots: list[Slot] = []
    for index, key in enumerate(keys):
        if is_tick_field(key) and slots and slots[-1].key == REGION:
            slots[-1] = Slot(REGION, slots[-1].first, slots[-1].n_columns + 1)
        else:
            slots.append(Slot(REGION if is_tick_field(key) else key, index))
    return slots


def aligned(
    texts: Sequence[str], slots: Sequence[Slot], keys: Sequence[str], *, first_row: bool
) -> list[int | None]:
    """For each text the index of its slot, or None where more than one is as likely."""
    if not texts or not slots:
        return [None] * len(texts)
    costs = [[_cost(text, slot, keys) for slot in slots] for text in texts]
    gaps = [_gap(slot, first_row=first_row) for slot in slots]
    joins = [[_joins(a, b, slot) for slot in slots] for a, b in pairwise(texts)]
    forward = _forward(costs, gaps, joins)
    mirrored = [list(reversed(row)) for row in reversed(joins)]
    backward = _forward([row[::-1] for row in reversed(costs)], gaps[::-1], mirrored)
    backward = [row[::-1] for row in reversed(backward)]
    whole = min(f + b - c for f, b, c in zip(forward[0], backward[0], costs[0], strict=True))
    if whole > MAX_WHOLE:
        return [None] * len(texts)
    return [_unique(forward[i], backward[i], costs[i]) for i in range(len(texts))]


def _unique(forward: list[float], backward: list[float], costs: list[float]) -> int | None:
    totals = [f + b - c for f, b, c in zip(forward, backward, costs, strict=True)]
    best = min(range(len(totals)), key=totals.__getitem__)
    if totals[best] >= IMPOSSIBLE or costs[best] > MAX_COST:
        return None
    rivals = [t for i, t in enumerate(totals) if i != best and t - totals[best] < MARGIN]
    return None if rivals else best


def _forward(
    costs: Sequence[Sequence[float]], gaps: Sequence[float], joins: Sequence[Sequence[float]]
) -> list[list[float]]:
    """Least cost with text i at slot j, for all texts up to i; skipped slots are paid for.

    The cost of the slots after the last text is paid by the mirrored run.
    """
    skipped = [0.0]
    for gap in gaps:
        skipped.append(skipped[-1] + gap)
    n_slots = len(gaps)
    best: list[list[float]] = []
    for i, row in enumerate(costs):
        line: list[float] = []
        reach = IMPOSSIBLE * 4
        for j in range(n_slots):
            if i == 0:
                before = skipped[j]
            else:
                before = reach + skipped[j]
                before = min(before, best[i - 1][j] + joins[i - 1][j])
                reach = min(reach, best[i - 1][j] - skipped[j + 1])
            line.append(before + row[j])
        best.append(line)
    return best


def _cost(text: str, slot: Slot, keys: Sequence[str]) -> float:
    if slot.key == REGION:
        inside = keys[slot.first : slot.first + slot.n_columns]
        return min(misfit(text, key) for key in inside) if text else 0.3
    if not text:
        return 0.3
    cost = misfit(text, slot.key)
    if slot.key == "contents" and len(text) <= 22 and not _LIST.search(text):
        cost += 0.4  # as likely the name of an item
    return cost


def _gap(slot: Slot, *, first_row: bool) -> float:
    if slot.key == "level1" and first_row:
        return 2.0
    return GAPS.get(slot.key, OTHER_GAP)


def _joins(first: str, second: str, slot: Slot) -> float:
    """What it costs that two neighbouring cells belong to one column."""
    if slot.key == REGION:
        return 0.0
    if slot.key == "channels":
        worst = max(misfit(first, "channels"), misfit(second, "channels"))
        return 0.2 if worst <= 0.3 else IMPOSSIBLE
    return IMPOSSIBLE
