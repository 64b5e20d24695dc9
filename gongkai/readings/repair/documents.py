"""Repairing a whole document: what was certain is done, and every kind of repair is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from gongkai.readings.grid import Document, Grid
from gongkai.readings.repair.characters import cleaned, without_leading_marks
from gongkai.readings.repair.damage import Damage, damage_of_cells
from gongkai.readings.repair.encodings import restored
from gongkai.readings.repair.frequency import rare_share
from gongkai.readings.repair.gloss import without_gloss
from gongkai.readings.repair.script import is_traditional, simplified
from gongkai.readings.repair.spacing import without_torn_spaces


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text after repair. ``applied`` names the repairs: see ``REPAIRS`` and ``converted``."""

    text: str
    applied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RepairedDocument:
    """A document after repair, what was applied to it, and the damage found before."""

    document: Document
    applied: tuple[str, ...]
    damage: tuple[Damage, ...]


REPAIRS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("encoding_restored", restored),
    ("characters_cleaned", cleaned),
    ("gloss_removed", without_gloss),
    ("spaces_removed", without_torn_spaces),
)
"""The repairs in their order; each leaves a sound text as it is."""


def repaired(text: str, *, traditional: bool | None = None) -> Repaired:
    """The text with everything repaired that is certain and keeps the meaning.

    ``traditional`` tells whether the whole document is; None lets this text decide for itself.
    """
    applied: list[str] = []
    for name, repair in REPAIRS:
        after = repair(text)
        if after != text:
            applied.append(name)
            text = after
    if is_traditional(text) if traditional is None else traditional:
        after = simplified(text)
        applied += ["converted"] if after != text else []
        text = after
    if text.lstrip().startswith("?") or "\n?" in text:
        after = without_leading_marks(text) if rare_share(text) < 0.15 else text
        applied += ["leading_marks_removed"] if after != text else []
        text = after
    return Repaired(text, tuple(applied))


def repaired_document(document: Document) -> RepairedDocument:
    """The document with every text repaired; damage is detected on the text as it came."""
    places = list(cells_of(document))
    damage = tuple(damage_of_cells(places))
    sample = "\n".join(text for _, text in places)[:40_000]
    traditional = is_traditional(without_gloss(sample))
    applied: dict[str, None] = {}
    memory: dict[str, str] = {}

    def mend(text: str) -> str:
        if text not in memory:
            result = repaired(text, traditional=traditional)
            applied.update(dict.fromkeys(result.applied))
            memory[text] = result.text
        return memory[text]

    grids = tuple(_mended(grid, mend) for grid in document.grids)
    mended = replace(document, grids=grids, text=mend(document.text))
    return RepairedDocument(mended, tuple(applied), damage)


def cells_of(document: Document) -> Iterator[tuple[str, str]]:
    """(where, text) of every cell and of every line outside of the tables."""
    for number, line in enumerate(document.text.split("\n"), start=1):
        if line:
            yield f"line {number}", line
    for grid in document.grids:
        for cell in grid.cells:
            if cell.text:
                yield f"{grid.name} R{cell.row}C{cell.column}".strip(), cell.text


def _mended(grid: Grid, mend: Callable[[str], str]) -> Grid:
    cells = tuple(replace(cell, text=mend(cell.text)) if cell.text else cell for cell in grid.cells)
    return replace(grid, cells=cells, heading=mend(grid.heading), name=mend(grid.name))
