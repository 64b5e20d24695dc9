"""A catalogue exported in the canonical layout and read again is the same catalogue."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from gongkai.readings.export import export_catalogue, export_json
from gongkai.readings.read import read_catalogue
from gongkai.readings.reading import Reading, ReadRow, ReadTable
from gongkai.readings.report import reading_report
from gongkai.readings.tests import messes
from gongkai.readings.tests.build_fixtures import all_fixtures
from gongkai.readings.tests.test_read_truth import STYLES, catalogues, rendered
from gongkai.readings.tests.truth import ROWS, all_rows

pytestmark = pytest.mark.pure

FORMATS = ("xlsx", "csv", "html")


def substance(row: ReadRow) -> ReadRow:
    """The row without what only the source file had: places, questions, merges, raw words."""
    return replace(
        row,
        where="",
        questions=(),
        inherited=(),
        basis=tuple(replace(b, raw="") for b in row.basis),
        deadlines=tuple(replace(d, raw="") for d in row.deadlines),
        channels=tuple(replace(c, label="".join(c.label.split())) for c in row.channels),
    )


def substances(reading: Reading) -> list[list[ReadRow]]:
    """The rows of each table in substance."""
    return [[substance(row) for row in table.rows] for table in reading.tables]


def read_again(reading: Reading, format_: str) -> Reading:
    """The reading of its own export."""
    return read_catalogue(f"x.{format_}", export_catalogue(reading.tables, format_=format_))


@pytest.mark.parametrize("format_", FORMATS)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=catalogues(), style=STYLES)
def test_export_reads_back_as_the_same_rows(format_, rows, style):
    name, content = rendered(rows, style, "xlsx")
    reading = read_catalogue(name, content)
    again = read_again(reading, format_)
    assert substances(again) == substances(reading)
    assert [t.domain for t in again.tables] == [t.domain for t in reading.tables]


ROUND = [f for f in all_fixtures() if f.refused is None and f.rows]


@pytest.mark.parametrize("format_", ["xlsx", "csv"])
@pytest.mark.parametrize("fixture", ROUND, ids=lambda f: f.name)
def test_export_of_a_fixture_loses_no_row(format_, fixture):
    reading = read_catalogue(fixture.name, fixture.content)
    again = read_again(reading, format_)
    for before, after in zip(all_rows(reading), all_rows(again), strict=True):
        assert (after.number, after.level1, after.level2) == (
            before.number, before.level1, before.level2,
        )  # fmt: skip
        assert after.mode == before.mode
        assert after.audience == before.audience
        assert after.levels == before.levels
        assert after.contents == before.contents
        assert after.bodies == before.bodies


def test_json_reads_back_unchanged():
    name, content = rendered(ROWS, messes.Style(), "xlsx")
    reading = read_catalogue(name, content)
    assert read_catalogue("x.json", export_json(reading)) == reading


def test_foreign_json_is_not_taken_for_a_reading():
    assert read_catalogue("x.json", b'{"tables": 3}').refused is not None


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_formulas_are_written_as_text(start):
    row = replace(_row(), level2=f"{start}HYPERLINK(1)", extra={"备注": f"{start}1+1"})
    tables = (ReadTable("云溪区目录", None, (), (row,)),)
    workbook = openpyxl.load_workbook(io.BytesIO(export_catalogue(tables, format_="xlsx")))
    cells = [cell for line in workbook.worksheets[0].iter_rows() for cell in line]
    dangerous = [c for c in cells if isinstance(c.value, str) and c.value.startswith(start)]
    assert len(dangerous) == 2
    assert all(c.data_type == "s" and c.quotePrefix for c in dangerous)
    text = export_catalogue(tables, format_="csv").decode("utf-8-sig")
    assert f"'{start}HYPERLINK(1)" in text


def test_html_export_escapes_markup():
    row = replace(_row(), level2="<script>alert(1)</script>")
    page = export_catalogue((ReadTable("t", None, (), (row,)),), format_="html").decode()
    assert "<script>" not in page


def _row() -> ReadRow:
    name, content = rendered(ROWS, messes.Style(), "xlsx")
    return all_rows(read_catalogue(name, content))[0]


def test_report_counts_rows_cells_and_questions():
    fixture = next(f for f in all_fixtures() if f.name == "bars_ticks_collapsed.txt")
    reading = read_catalogue(fixture.name, fixture.content)
    chinese = reading_report(reading, "zh")
    english = reading_report(reading, "en")
    assert "6 行" in chinese
    assert "6 rows" in english
    assert "tick" in english
    assert str(reading.counts.cells) in chinese


def test_report_of_a_refused_file_says_what_to_send():
    report = reading_report(read_catalogue("a.txt", b""), "zh")
    assert "未读入" in report
    assert "请" in report


@pytest.mark.parametrize("sign", ["\\u0000", "\\u0001", "\\ud83d", "\\uffff"])
def test_an_export_with_signs_that_nothing_can_hold_is_read_and_exported_again(sign):
    written = export_json(read_catalogue("目录.csv", PLAIN)).decode()
    found = read_catalogue("目录.json", written.replace("临时救助", f"{sign}救助").encode())
    assert {row.level1 for table in found.tables for row in table.rows} == {"\ufffd救助"}
    for format_ in ("xlsx", "csv", "html", "json"):
        assert export_catalogue(found.tables, format_=format_)


def test_json_that_is_nested_without_end_is_refused():
    assert read_catalogue("目录.json", b'{"tables":' + b"[" * 100_000).refused


PLAIN = (
    "序号,一级事项,二级事项,公开内容（要素）,公开依据,公开时限,公开主体,公开渠道和载体\n"
    "1,临时救助,救助对象,内容,《条例》,形成之日起20个工作日内,民政局,■政府网站\n"
).encode()
