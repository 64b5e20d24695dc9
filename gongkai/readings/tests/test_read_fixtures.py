"""Every kind of mess has a file; its reading has the true facts and asks what must be asked."""

from __future__ import annotations

import json
import re

import pytest

from gongkai.readings.formats import read_document
from gongkai.readings.messages import text_of_code
from gongkai.readings.read import read_catalogue
from gongkai.readings.reading import Reading, reading_as_json
from gongkai.readings.repair.documents import repaired_document
from gongkai.readings.tests.build_fixtures import (
    HERE,
    TEXT_ENDINGS,
    all_fixtures,
    lines_of,
    titled_csv,
)
from gongkai.readings.tests.truth import (
    FIELDS,
    ROWS,
    TICK_COLUMNS,
    all_rows,
    asked,
    matched,
    missing_facts,
    wrong_facts,
)

pytestmark = pytest.mark.pure

FIXTURES = {fixture.name: fixture for fixture in all_fixtures()}
WORDS = re.compile(r"[\u4e00-\u9fff]{2,}")
READABLE = [name for name, f in FIXTURES.items() if f.refused is None and f.rows]


@pytest.mark.parametrize("name", [n for n in FIXTURES if n.endswith(TEXT_ENDINGS)])
def test_checked_in_file_is_the_built_one(name):
    assert (HERE / name).read_bytes() == FIXTURES[name].content


@pytest.mark.parametrize("name", READABLE)
def test_every_fact_is_true(name):
    fixture = FIXTURES[name]
    reading = read_catalogue(name, fixture.content)
    assert reading.refused is None
    assert len(reading.tables) == fixture.n_tables
    rows = [row for table in reading.tables for row in table.rows]
    assert len(rows) == len(fixture.rows)
    for row, true in zip(rows, fixture.rows, strict=True):
        assert wrong_facts(row, true) == []


@pytest.mark.parametrize("name", READABLE)
def test_only_what_the_file_does_not_tell_is_unknown(name):
    fixture = FIXTURES[name]
    reading = read_catalogue(name, fixture.content)
    wanted = {*FIELDS, *TICK_COLUMNS} - fixture.unknown
    for row, true in zip(all_rows(reading), fixture.rows, strict=True):
        assert missing_facts(row, true, columns=wanted) == set()
    assert fixture.ask <= asked(reading)
    assert fixture.warn <= {warning.code for warning in reading.warnings}
    assert reading.counts.understood >= fixture.understood * reading.counts.cells
    assert reading.tables[0].domain == fixture.domain


@pytest.mark.parametrize("name", [n for n, f in FIXTURES.items() if f.refused is not None])
def test_what_cannot_be_trusted_is_refused_with_a_remedy(name):
    fixture = FIXTURES[name]
    reading = read_catalogue(name, fixture.content)
    assert reading.refused is not None
    assert reading.refused.why.startswith(fixture.refused or "")
    assert reading.refused.send_instead
    assert not all_rows(reading)


def test_extra_columns_are_kept_under_their_header():
    for name in ("columns_extra.csv", "residents_form.csv"):
        fixture = FIXTURES[name]
        row = all_rows(read_catalogue(name, fixture.content))[0]
        assert row.extra == fixture.facts["extra"]


def test_joint_level_column_keeps_its_own_name():
    fixture = FIXTURES["columns_joint_level.csv"]
    row = all_rows(read_catalogue("a.csv", fixture.content))[0]
    assert row.levels == fixture.facts["levels"]


def test_outline_gives_items_under_their_sections():
    fixture = FIXTURES["outline.txt"]
    rows = all_rows(read_catalogue("a.txt", fixture.content))
    assert [(row.level1, row.level2) for row in rows] == fixture.facts["items"]
    assert all(row.channels == () and row.mode.proactive is None for row in rows)


def test_words_in_the_audience_column_name_the_group():
    fixture = FIXTURES["audience_in_words.csv"]
    row = all_rows(read_catalogue("a.csv", fixture.content))[3]
    assert row.audience.group is True
    assert row.audience.text == "获得救助的家庭"


@pytest.mark.parametrize("name", list(FIXTURES))
def test_every_source_cell_is_settled_once_and_nothing_is_dropped(name):
    fixture = FIXTURES[name]
    reading = read_catalogue(name, fixture.content)
    counts = reading.counts
    assert counts.cells == counts.understood + counts.questioned


@pytest.mark.parametrize("name", READABLE)
def test_reading_twice_gives_the_same(name):
    fixture = FIXTURES[name]
    assert read_catalogue(name, fixture.content) == read_catalogue(name, fixture.content)


def test_second_table_does_not_inherit_from_the_first():
    fixture = FIXTURES["two_tables.csv"]
    reading = read_catalogue("a.csv", fixture.content)
    assert [table.domain for table in reading.tables] == ["社会救助", "养老服务"]
    assert "level1" not in reading.tables[1].rows[0].inherited


def test_matching_pairs_rows_by_number():
    fixture = FIXTURES["merged.xlsx"]
    pairs = matched(read_catalogue("a.xlsx", fixture.content), fixture.rows)
    assert [row.number for row, _ in pairs] == [true.number for _, true in pairs]


def test_every_question_and_warning_has_words_in_both_languages():
    for fixture in FIXTURES.values():
        reading = read_catalogue(fixture.name, fixture.content)
        codes = asked(reading) | {warning.code for warning in reading.warnings}
        for code in codes:
            assert text_of_code(code, "zh") != code
            assert text_of_code(code, "en") != code


def test_refusal_of_an_unreadable_file_names_reason_and_remedy():
    reading = read_catalogue("a.xlsx", b"PK\x03\x04 broken")
    assert reading.refused is not None
    assert reading.refused.why
    assert reading.refused.send_instead
    assert reading.counts.cells == 0


@pytest.mark.parametrize("name", READABLE)
def test_every_source_word_is_in_the_reading(name):
    """The words of every cell stand in a field, a question, a warning or the header."""
    fixture = FIXTURES[name]
    if not name.endswith((".csv", ".html", ".xlsx", ".docx")):
        return
    document = repaired_document(read_document(name, fixture.content)).document
    reading = read_catalogue(name, fixture.content)
    told = words_told(reading)
    for grid in document.grids:
        for cell in grid.cells:
            for word in WORDS.findall("".join(cell.text.replace("口", "□").split())):
                assert word in told, (word, cell)


def words_told(reading: Reading) -> str:
    """Everything that the reading says, without blanks."""
    parts = [json.dumps(reading_as_json(reading), ensure_ascii=False)]
    for row in all_rows(reading):
        parts += ["同上" if row.inherited else "", "√" if row.mode.proactive else ""]
        parts += [
            "全社会" if row.audience.society else "",
            "主动公开" if row.mode.proactive else "",
        ]
    return "".join("".join(parts).replace("\\n", "").split())


@pytest.mark.parametrize("n_ticks", [3, 4, 5])
def test_ticks_written_from_the_left_without_a_blank_before_them_are_not_assigned(n_ticks):
    lines = [["√"] * n_ticks + [""] * (6 - n_ticks)] * len(ROWS)
    table = [[*line[:8], *(ticks)] for line, ticks in zip(lines_of()[2:], lines, strict=True)]
    reading = read_catalogue("a.csv", titled_csv([*lines_of()[:2], *table]))
    for row in all_rows(reading):
        assert (row.audience.society, row.mode.proactive, row.levels["县级"]) == (None,) * 3
        assert "tick_column_unknown" in {question.why for question in row.questions}
