"""Every messy file of the demo reads back to the very catalogue that it was written from."""

from __future__ import annotations

import pytest

from gongkai.demo.content.catalogues import (
    CatalogueRow,
    DemoCatalogue,
    county_catalogues,
    township_catalogues,
)
from gongkai.demo.messy import STYLES, write_catalogue
from gongkai.readings.read import read_catalogue
from gongkai.readings.reading import ReadRow

pytestmark = pytest.mark.pure

CATALOGUES = (*county_catalogues(), *township_catalogues())
N_SHARES = 6
"""The forty files are read in shares, so that several processes can read them at once."""

STANDARD_NAMES = {"就业创业": "就业", "国土空间规划": "城乡规划", "卫生健康": "医疗卫生"}
"""Domains that the district calls otherwise than the standard does."""


def understood(row: ReadRow) -> dict[str, object]:
    """The facts of a row as the reader understood them."""
    return {
        "level1": row.level1,
        "level2": row.level2,
        "contents": row.contents,
        "basis": tuple((basis.name, basis.document_number or "") for basis in row.basis),
        "deadline": ",".join(rule.raw for rule in row.deadlines if not rule.inferred),
        "bodies": row.bodies,
        "channels": frozenset(c.code for c in row.channels if c.ticked),
        "society": row.audience.society,
        "group": row.audience.text if row.audience.group else "",
        "mode": (row.mode.proactive, row.mode.on_request),
        "levels": (row.levels.get("县级"), row.levels.get("乡级")),
        "questions": tuple(question.raw for question in row.questions),
    }


def meant(row: CatalogueRow) -> dict[str, object]:
    """The same facts as the catalogue has them, with nothing left to ask."""
    return {
        "level1": row.level1,
        "level2": row.level2,
        "contents": row.contents,
        "basis": row.basis,
        "deadline": row.deadline,
        "bodies": row.bodies,
        "channels": row.channels,
        "society": not row.audience_group,
        "group": row.audience_group,
        "mode": (row.is_proactive, not row.is_proactive),
        "levels": row.levels,
        "questions": (),
    }


def wrong_facts(catalogue: DemoCatalogue, position: int) -> list[str]:
    """Every fact of the file that is not read as it was meant."""
    name, content = write_catalogue(catalogue, position)
    reading = read_catalogue(name, content)
    rows = [row for table in reading.tables for row in table.rows]
    domains = [table.domain for table in reading.tables]
    if domains != [STANDARD_NAMES.get(catalogue.domain, catalogue.domain)]:
        return [f"{name}: {reading.refused or domains}"]
    if len(rows) != len(catalogue.rows):
        return [f"{name}: {len(rows)} rows instead of {len(catalogue.rows)}"]
    return [
        f"{name} {row.level2} {fact}: {found!r} instead of {true[fact]!r}"
        for row, true in zip(rows, map(meant, catalogue.rows), strict=True)
        for fact, found in understood(row).items()
        if found != true[fact]
    ]


@pytest.mark.parametrize("share", range(N_SHARES))
def test_messy_catalogues_read_back_to_their_rows_without_a_wrong_fact(share):
    wrong = [
        fact
        for position, catalogue in enumerate(CATALOGUES)
        if position % N_SHARES == share
        for fact in wrong_facts(catalogue, position)
    ]
    assert wrong == []


def test_the_demo_has_forty_catalogues_in_every_style():
    assert len(CATALOGUES) == 40
    assert sum(len(catalogue.rows) for catalogue in CATALOGUES) >= 1800
    assert {position % len(STYLES) for position in range(len(CATALOGUES))} == set(
        range(len(STYLES))
    )
