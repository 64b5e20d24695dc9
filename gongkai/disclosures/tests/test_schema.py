"""Typed values: how they are read, checked, masked, shown and compared."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.disclosures import record_templates
from gongkai.disclosures.checking import check_values
from gongkai.disclosures.differences import Piece, record_differences, text_pieces
from gongkai.disclosures.masking import masked_name, masked_values
from gongkai.disclosures.messages import TEXTS, finding_text
from gongkai.disclosures.prose import plain_text, sanitised
from gongkai.disclosures.reading_values import (
    read_date,
    read_money,
    read_number,
    read_values,
    shown_value,
)
from gongkai.disclosures.schema import (
    Balance,
    Field,
    Kind,
    Personal,
    RecordTemplate,
    RowSum,
    Surface,
    TotalRow,
)
from gongkai.log.rules import canonical_json

pytestmark = pytest.mark.pure

MONEY_TABLE = Field(
    "rows",
    "收支表",
    kind=Kind.TABLE,
    columns=(
        Field("subject", "项目", is_required=True),
        Field("amount", "金额", kind=Kind.MONEY),
        Field("part", "其中", kind=Kind.MONEY),
    ),
    sums=(TotalRow("subject", ("amount",), is_required=True), RowSum("amount", ("part",))),
)
PLAIN_TABLE = Field(
    "out", "支出", kind=Kind.TABLE, columns=(Field("amount", "金额", kind=Kind.MONEY),)
)


def template(*fields: Field, balances: tuple[Balance, ...] = ()) -> RecordTemplate:
    return RecordTemplate("t", "测试", "", fields, balances=balances)


def codes(fields: RecordTemplate, values: dict) -> list[tuple[str, int, str]]:
    return [(f.code, f.place.row, f.place.column) for f in check_values(fields, values)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1234.5", 123450),
        ("1,234.50元", 123450),
        ("１２３４", 123400),
        ("1.2万元", 1_200_000),
        ("-30", -3000),
        ("0", 0),
        (5, 5),
        ("1.234", "1.234"),
        ("约500", "约500"),
        ("", ""),
        ("1e400", "1e400"),
    ],
)
def test_money_is_read_to_the_fen_or_kept_as_typed(raw, expected):
    assert read_money(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2026-9-1", "2026-09-01"),
        ("2026年9月1日", "2026-09-01"),
        ("2026/09/01", "2026-09-01"),
        ("2026.9.1", "2026-09-01"),
        (dt.datetime(2026, 9, 1, 8, 0, tzinfo=dt.UTC), "2026-09-01"),
        ("2026-02-30", "2026-02-30"),
        ("去年", "去年"),
    ],
)
def test_dates_are_read_in_the_usual_spellings(raw, expected):
    assert read_date(raw) == expected


@given(st.integers(-(10**12), 10**12))
def test_money_shown_and_read_again_is_the_same(fen):
    field = Field("amount", "金额", kind=Kind.MONEY)
    assert read_money(shown_value(field, fen)) == fen


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
    )
)
def test_a_number_read_twice_does_not_change(number):
    once = read_number(str(number))
    assert read_number(once) == once


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("name", list(record_templates.registry()))
@given(st.data())
def test_whatever_is_given_is_read_checked_masked_and_explained(name, data):
    chosen = record_templates.get(name)
    raw = {
        field.name: data.draw(
            JSON
            | st.lists(st.fixed_dictionaries({c.name: JSON for c in field.columns}), max_size=2)
        )
        for field in chosen.fields
    }
    values = read_values(chosen.fields, raw)
    assert read_values(chosen.fields, values) == values
    canonical_json(masked_values(chosen, values, Surface.WEB))
    for finding in check_values(chosen, values):
        assert finding.code in TEXTS
        assert "%(" not in finding_text(finding)


def test_empty_rows_and_values_are_left_out():
    raw = {"rows": [{"subject": " ", "amount": ""}, {"subject": "工资", "amount": "1"}]}
    assert read_values((MONEY_TABLE,), raw) == {"rows": [{"subject": "工资", "amount": 100}]}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("工资", 100), ("办公", 200), ("合计", 300)], []),
        ([("工资", 100), ("其中：奖金", 40), ("合计", 100)], []),
        ([("工资", 100), ("合  计", 90)], [("values.sum_open", 2, "amount")]),
        ([("工资", 100)], [("values.total_missing", 0, "")]),
        ([("工资", 100), ("合计", 100), ("项目", 50), ("合计", 50)], []),
        ([("工资", "一百"), ("合计", 0)], [("values.cell_not_money", 1, "amount")]),
        ([("", 100), ("合计", 100)], [("values.cell_required", 1, "subject")]),
    ],
)
def test_the_total_row_must_close(rows, expected):
    values = {"rows": [{"subject": s, "amount": a} for s, a in rows]}
    assert codes(template(MONEY_TABLE), values) == expected


def test_a_row_must_add_up():
    rows = [{"subject": "a", "amount": 5, "part": 4}, {"subject": "合计", "amount": 5}]
    assert codes(template(MONEY_TABLE), {"rows": rows}) == [("values.sum_open", 1, "amount")]


def test_two_tables_must_balance():
    fields = template(
        MONEY_TABLE, PLAIN_TABLE, balances=(Balance(("rows", "amount"), ("out", "amount")),)
    )
    rows = [{"subject": "a", "amount": 500}, {"subject": "合计", "amount": 500}]
    assert codes(fields, {"rows": rows, "out": [{"amount": 200}, {"amount": 300}]}) == []
    assert codes(fields, {"rows": rows, "out": [{"amount": 200}]}) == [
        ("values.not_balanced", 0, "")
    ]


def test_every_template_stands_complete_in_its_folder():
    assert set(record_templates.registry()) == {
        "article", "budget_account", "notice", "organisation_profile", "policy_document",
        "result_list", "service_guide",
    }  # fmt: skip
    for name in record_templates.registry():
        for partial in ("web.html", "print.html"):
            assert (record_templates.FOLDER / name / partial).is_file()


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张三", "张*"), ("张小三", "张*三"), ("欧阳小三", "欧阳*三"), ("阿", "*"), ("张*三", "张*三"),
     ("买买提·依明江", "买*****江")],
)  # fmt: skip
def test_names_are_masked_in_the_middle(name, masked):
    assert masked_name(name) == masked


def test_a_surface_shows_only_what_its_class_allows():
    columns = tuple(
        Field(personal.value, personal.value, personal=personal) for personal in Personal
    )
    table = template(Field("t", "名单", kind=Kind.TABLE, columns=columns))
    values = {"t": [{personal.value: "张小三" for personal in Personal}]}
    assert masked_values(table, values, Surface.WEB)["t"] == [
        {"none": "张小三", "person_name": "张*三"}
    ]
    assert masked_values(table, values, Surface.BOARD)["t"] == [
        {"none": "张小三", "person_name": "张小三"}
    ]
    assert masked_values(table, values, Surface.CONSOLE) == values


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p onclick=x>文</p><script>alert(1)</script>", "<p>文</p>"),
        ('<a href="javascript:x">点</a>', '<a rel="noopener">点</a>'),
        ("第一段\n\n第二段", "<p>第一段</p><p>第二段</p>"),
        ("<h1>题</h1><div>文</div>", "<h2>题</h2><p>文</p>"),
        ("a < b", "<p>a &lt; b</p>"),
        ("<p>&nbsp;</p><p>文</p>", "<p>文</p>"),
        ("", ""),
    ],
)
def test_prose_keeps_structure_and_loses_code(dirty, clean):
    assert sanitised(dirty) == clean


@given(st.text(max_size=80) | st.text(alphabet="<>/phbr1div a&;\"'=文 \n", max_size=80))
def test_sanitising_twice_is_sanitising_once(text):
    once = sanitised(text)
    assert sanitised(once) == once
    assert "<script" not in once.lower()


def test_plain_text_keeps_blocks_and_cells_apart():
    text = "<p>甲</p><table><tr><td>乙</td><td>丙</td></tr></table>"
    assert plain_text(text) == "甲\n乙\t丙"


def test_a_change_of_a_number_is_shown_whole():
    assert text_pieces("补贴100元", "补贴120元") == [
        Piece("same", "补贴"), Piece("removed", "100"), Piece("added", "120"), Piece("same", "元"),
    ]  # fmt: skip


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_hold_both_texts(old, new):
    pieces = text_pieces(old, new)
    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new


def test_a_changed_table_row_is_found():
    guide = record_templates.get("service_guide")
    old = {"values": {"materials": [{"material": "身份证", "copies": "1"}]}}
    new = {"values": {"materials": [{"material": "身份证", "copies": "2"}]}}
    (difference,) = record_differences(old, new, template=guide)
    assert (difference.name, difference.label) == ("materials", "申请材料")
