"""The source of a reading as it stands: the cells of the rows that a page shows."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.core.files.storage import default_storage

from gongkai.base.errors import GongkaiError
from gongkai.readings.formats import read_document
from gongkai.readings.formats.encoding import decoded
from gongkai.readings.models import CatalogueSource

_CELL = re.compile(r"(?:(?P<sheet>.*) )?R(?P<row>\d+)C(?P<column>\d+)", re.DOTALL)
_LINE = re.compile(r"line (?P<line>\d+)")
_TEXT_FORMATS = frozenset({"txt", "md"})


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One cell as a page shows it. ``is_doubtful``: a question is about it."""

    column: int
    text: str
    is_continued: bool = False
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One row of the source: its place as a person counts, and its cells."""

    place: str
    cells: tuple[SourceCell, ...]


Place = tuple[str, int]


@lru_cache(maxsize=2)
def _rows(path: str, name: str) -> dict[Place, tuple[SourceCell, ...]]:
    """All rows of a kept file; the two files last looked at stay in memory."""
    with default_storage.open(path) as file:
        content = file.read()
    found: dict[Place, list[SourceCell]] = defaultdict(list)
    try:
        document = read_document(name, content)
    except GongkaiError:
        return {}
    for grid in document.grids:
        for cell in grid.cells:
            if not cell.text:
                continue
            for row in range(cell.row, cell.row + min(cell.row_span, 500)):
                found[grid.name, row].append(
                    SourceCell(cell.column, cell.text, is_continued=row > cell.row)
                )
    if document.format in _TEXT_FORMATS:
        for number, line in enumerate(decoded(content, name=name).text.splitlines(), start=1):
            if line.strip():
                found["", -number].append(SourceCell(1, line.strip()))
    return {
        place: tuple(sorted(cells, key=lambda cell: cell.column)) for place, cells in found.items()
    }


def source_line(source: CatalogueSource, where: str, doubts: list[str]) -> SourceLine | None:
    """The source row that begins at ``where``; cells at a place in ``doubts`` are marked."""
    place = place_of(where)
    if place is None:
        return None
    cells = _rows(source.file.name, source.name).get(place, ())
    columns = {
        int(match["column"])
        for doubt in doubts
        if place_of(doubt) == place and (match := _CELL.fullmatch(doubt))
    }
    marked = tuple(
        SourceCell(cell.column, cell.text, cell.is_continued, cell.column in columns)
        for cell in cells
    )
    return SourceLine(where, marked) if marked else None


def place_of(where: str) -> Place | None:
    """Sheet and row of a place; lines of a text have negative numbers of their own."""
    if match := _CELL.fullmatch(where):
        return match["sheet"] or "", int(match["row"])
    if match := _LINE.fullmatch(where):
        return "", -int(match["line"])
    return None
