"""An outline as a read table: section and item as level 1 and level 2, everything else unknown."""

from __future__ import annotations

from gongkai.readings.fields.folding import clean
from gongkai.readings.reading import Audience, Mode, ReadRow, ReadTable
from gongkai.readings.tables.outline import Outline


def outline_table(outline: Outline, *, domain: str | None) -> ReadTable:
    """The read table of an outline. Level 1 of an item is its section, marked as inherited."""
    rows: list[ReadRow] = []
    for item in outline.rows:
        section = clean(item.section) if item.section else None
        rows.append(
            ReadRow(
                number=item.number,
                level1=section or clean(item.name),
                level2=clean(item.name) if section else None,
                level3=None,
                contents=(),
                basis=(),
                deadlines=(),
                bodies=(),
                channels=(),
                audience=Audience(),
                mode=Mode(),
                levels={},
                extra={},
                inherited=("level1",) if section else (),
                where=item.token.where,
            )
        )
    header = tuple((token.text,) for token in outline.sections)
    return ReadTable(outline.title, domain, header, tuple(rows))
