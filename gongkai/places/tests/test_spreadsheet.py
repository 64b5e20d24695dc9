"""Places in and out as a spreadsheet: complete, or refused with sheet, row and column."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from gongkai.base.errors import NotReadable, Refused
from gongkai.places.actions.change_division import NewDivision, merge_divisions
from gongkai.places.actions.export_places import export_places
from gongkai.places.actions.import_places import check_places, import_places
from gongkai.places.messages import TEXTS, problem_text
from gongkai.places.models import Body, BodyAlias, Division, Succession
from gongkai.places.sheets import BODIES_SHEET, DIVISIONS_SHEET, write_sheets
from gongkai.places.tests.factories import BodyAliasFactory, BodyFactory, DivisionFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
DAY = dt.date(2020, 1, 1)


def division(code="439901000000", name="云溪区", level="县级", kind="区县", **cells):
    values = {"class": "", "from": DAY, "until": None, "follows": "", **cells}
    return (code, name, level, kind, *values.values())


def body(code="yx-civil", name="云溪区民政局", kind="部门", place="439901000000", **cells):
    values = {
        "parent": "", "credit": "", "phone": "", "address": "", "hours": "", "introduction": "",
        "position": None, "from": None, "until": None, "aliases": "", **cells,
    }  # fmt: skip
    return (code, name, "", kind, place, *values.values())


def problems_of(divisions, bodies):
    with pytest.raises(Refused) as refusal:
        import_places(write_sheets(divisions, bodies), now=NOW)
    return refusal.value.data["problems"]


def a_whole_district():
    town = DivisionFactory(town=True, name="石桥镇")
    villages = [DivisionFactory(village=True, parent=town) for _ in range(3)]
    street = DivisionFactory(street=True)
    department = BodyFactory(name="=云溪区民政局", credit_code="91110000600037341L", position=3)
    BodyAliasFactory(body=department, name="区民政部门")
    BodyAliasFactory(body=department, name="民政")
    for village in villages:
        BodyFactory(committee=True, division=village)
        BodyFactory(collective=True, division=village)
    BodyFactory(township_government=True, division=street, parent=department)
    merge_divisions(
        villages[:2],
        into=NewDivision(f"{town.code[:9]}399", "新湾村"),
        on=dt.date(2026, 7, 1),
    )


def snapshot():
    return (
        list(Division.objects.order_by("code", "valid_from").values_list(
            "code", "name", "level", "kind", "urban_rural_class", "parent__code", "valid_from",
            "valid_until")),
        list(Succession.objects.order_by("predecessor__code").values_list(
            "predecessor__code", "successor__code", "kind", "effective_on")),
        list(Body.objects.order_by("code").values_list(
            "code", "name", "short_name", "kind", "division__code", "parent__code", "credit_code",
            "position", "valid_until")),
        sorted(BodyAlias.objects.values_list("body__code", "name")),
    )  # fmt: skip


def test_an_export_imports_to_the_same_places():
    a_whole_district()
    before, file = snapshot(), export_places()
    for model in (BodyAlias, Succession):
        model.objects.all().delete()
    Body.objects.update(parent=None)
    Body.objects.all().delete()
    Division.objects.update(parent=None)
    Division.objects.all().delete()
    report = import_places(file, now=NOW)
    assert snapshot() == before
    assert report.n_divisions_new == Division.objects.count()
    again = import_places(export_places(), now=NOW)
    assert again.n_unchanged == Division.objects.count() + Body.objects.count()
    assert snapshot() == before


def test_a_name_that_looks_like_a_formula_stays_text():
    a_whole_district()
    sheet = load_workbook(io.BytesIO(export_places()))[BODIES_SHEET]
    assert any(row[1].value == "=云溪区民政局" for row in sheet.iter_rows(min_row=2))
    raw = zipfile.ZipFile(io.BytesIO(export_places())).read("xl/worksheets/sheet2.xml")
    assert b"<f>" not in raw


def test_an_import_queries_as_often_for_few_as_for_many(django_assert_max_num_queries):
    rows = [division(), division("439901101000", "石桥镇", "乡级", "镇")]
    rows += [division(f"439901101{n}", f"{n}村", "村级", "村", follows="") for n in range(200, 290)]
    bodies = [
        body(f"v-{n}", f"{n}村民委员会", "村民委员会", f"439901101{n}") for n in range(200, 290)
    ]
    with django_assert_max_num_queries(20):
        import_places(write_sheets(rows, bodies), now=NOW)
    assert Body.objects.filter(division__parent__name="石桥镇").count() == 90


def test_a_dry_run_reports_the_same_and_stores_nothing():
    file = write_sheets([division()], [body()])
    report = check_places(file, now=NOW)
    assert (report.n_divisions_new, report.n_bodies_new) == (1, 1)
    assert not Division.objects.exists()


def test_a_changed_cell_changes_the_row_and_nothing_is_deleted():
    import_places(write_sheets([division()], [body(), body("yx-other", "云溪区财政局")]), now=NOW)
    report = import_places(
        write_sheets([division()], [body(phone="0000-1234567", aliases="民政；区民政")]), now=NOW
    )
    assert (report.n_bodies_changed, report.n_bodies_new) == (1, 0)
    assert Body.objects.get(code="yx-civil").phone == "0000-1234567"
    assert sorted(BodyAlias.objects.values_list("name", flat=True)) == ["区民政", "民政"]
    assert Body.objects.filter(code="yx-other").exists()


@pytest.mark.parametrize(
    ("divisions", "bodies", "where", "code"),
    [
        ([division("43990")], [], (DIVISIONS_SHEET, 2, "区划代码"), "place.code_invalid"),
        ([division(name="")], [], (DIVISIONS_SHEET, 2, "名称"), "required"),
        ([division(level="乡级")], [], (DIVISIONS_SHEET, 2, "层级"), "level_differs"),
        ([division(kind="城")], [], (DIVISIONS_SHEET, 2, "类别"), "unknown_choice"),
        ([division(), division()], [], (DIVISIONS_SHEET, 3, "区划代码"), "repeated"),
        ([division(**{"class": "999"})], [], (DIVISIONS_SHEET, 2, "城乡分类"), "class_unknown"),
        ([division(**{"from": "昨天"})], [], (DIVISIONS_SHEET, 2, "启用日期"), "not_a_date"),
        ([division(until=dt.date(2019, 1, 1))], [], (DIVISIONS_SHEET, 2, "停用日期"),
         "dates_reversed"),
        ([division("439901101000", "石桥镇", "乡级", "镇")], [],
         (DIVISIONS_SHEET, 2, "区划代码"), "parent_missing"),
        ([division(), division(**{"from": dt.date(2021, 1, 1)})], [],
         (DIVISIONS_SHEET, 3, "启用日期"), "validity_overlaps"),
        ([division(follows="合并:439901101201@2026-01-01")], [],
         (DIVISIONS_SHEET, 2, "沿革去向"), "successor_missing"),
        ([division(follows="变成了别的")], [], (DIVISIONS_SHEET, 2, "沿革去向"), "successor_form"),
        ([division()], [body(place="439902000000")], (BODIES_SHEET, 2, "区划代码"),
         "division_missing"),
        ([division()], [body("云溪")], (BODIES_SHEET, 2, "机构编码"), "code_form"),
        ([division()], [body(credit="91110000600037341M")], (BODIES_SHEET, 2, "统一社会信用代码"),
         "place.credit_code_invalid"),
        ([division()], [body(credit="91110000600037341L"),
                        body("yx-2", "财政局", credit="91110000600037341L")],
         (BODIES_SHEET, 2, "统一社会信用代码"), "credit_code_taken"),
        ([division()], [body(parent="nobody")], (BODIES_SHEET, 2, "主管机构编码"),
         "body_parent_missing"),
        ([division()], [body(parent="yx-civil")], (BODIES_SHEET, 2, "主管机构编码"),
         "body_parent_loop"),
        ([division()], [body(position="第一")], (BODIES_SHEET, 2, "排序"), "not_a_number"),
        ([division()], [body(phone="1" * 50)], (BODIES_SHEET, 2, "公开电话"), "too_long"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_and_nothing_is_stored(divisions, bodies, where, code):
    problem = problems_of(divisions, bodies)[0]
    assert (problem.sheet, problem.row, problem.column) == where
    assert problem.code == code
    assert code in TEXTS
    assert problem.sheet in problem_text(problem)
    assert not Division.objects.exists()
    assert not Body.objects.exists()


def test_every_wrong_cell_is_named_at_once():
    found = problems_of([division(name="", kind="")], [body(code="", kind="?")])
    assert {problem.column for problem in found} >= {"名称", "类别", "机构编码"}


def test_an_unusual_kind_is_remarked_and_stored():
    file = write_sheets([division(), division("439901101000", "石桥街道", "乡级", "街道")], [])
    report = import_places(file, now=NOW)
    assert [remark.code for remark in report.remarks] == ["kind_unusual"]
    assert Division.objects.get(code="439901101000").kind == "street"


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(NotReadable) as refusal:
        import_places(content, now=NOW)
    assert refusal.value.code == "place.not_xlsx"


def test_a_zip_bomb_is_refused_unopened():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", bytes(210 * 1024 * 1024))
    with pytest.raises(NotReadable) as refusal:
        import_places(stream.getvalue(), now=NOW)
    assert refusal.value.code == "place.too_large"


def test_the_commands_carry_places_out_and_in(tmp_path, capsys):
    a_whole_district()
    before, target = snapshot(), tmp_path / "places.xlsx"
    call_command("export_places", to=str(target))
    call_command("import_places", str(target), json=True)
    report = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert report["refused"] is None
    assert report["n_bodies_changed"] == 0
    assert snapshot() == before


def test_the_command_stops_with_1_and_names_the_cells(tmp_path, capsys):
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(write_sheets([division("4399")], []))
    with pytest.raises(SystemExit) as stop:
        call_command("import_places", str(path))
    assert stop.value.code == 1
    assert "第2行 “区划代码”列" in capsys.readouterr().err
