"""What an answer does to a row, field by field."""

from __future__ import annotations

import pytest

from gongkai.base.errors import Refused
from gongkai.readings.answers import (
    Settled,
    checked_answer,
    memory_digest,
    settled_rows,
    with_answer,
)
from gongkai.readings.reading import Audience, Basis, Channel, Deadline, Mode, Question, ReadRow
from gongkai.readings.stored import facts_of, row_of, table_as_json, table_from_json
from gongkai.readings.tests.factories import csv_file
from gongkai.readings.tests.factories import row as source_row

pytestmark = pytest.mark.pure

ROW = ReadRow(
    number="1",
    level1="最低生活保障",
    level2=None,
    level3=None,
    contents=("名单",),
    basis=(Basis("社会救助法", None, None, "《社会救助法》"), Basis(None, None, None, "某某精神")),
    deadlines=(Deadline("unknown", "择机"),),
    bodies=("民政局",),
    channels=(Channel("website", "政府网站", None), Channel("gazette", "政府公报", False)),
    audience=Audience(),
    mode=Mode(),
    levels={"县级": None, "乡级": None},
    extra={},
)


def asked(field, raw="", why="x"):
    return Question(field, raw, why, "R3C2")


def answered(field, value, *, raw="", above=None, kind="value"):
    answer = {"kind": kind, "value": value} if kind == "value" else {"kind": kind}
    question = asked(field, raw)
    checked = checked_answer(question, answer, row=ROW)
    return with_answer(ROW, Settled(question, checked), above=above)


def test_text_fields_take_text():
    assert answered("level2", " 审批信息 ").level2 == "审批信息"
    assert answered("number", "7").number == "7"


def test_a_deadline_takes_the_place_of_the_doubtful_one():
    (rule,) = answered("deadlines", "20个工作日内", raw="择机").deadlines
    assert (rule.kind, rule.n) == ("workdays_after", 20)


def test_a_basis_takes_the_place_of_the_doubtful_one():
    names = [one.name for one in answered("basis", "《政府信息公开条例》", raw="某某精神").basis]
    assert names == ["社会救助法", "政府信息公开条例"]


def test_boxes_are_ticked_and_all_others_are_not():
    boxes = answered("channels", {"ticked": ["website", "board"]}).channels
    assert {box.code: box.ticked for box in boxes} == {
        "website": True, "gazette": False, "board": True,
    }  # fmt: skip


def test_ticks_are_given_to_columns_and_the_others_are_empty():
    row = answered("ticks", {"ticked": ["society", "level:县级"]}, raw="√ √")
    assert (row.audience.society, row.audience.group) == (True, False)
    assert (row.mode.proactive, row.mode.on_request) == (False, False)
    assert row.levels == {"县级": True, "乡级": False}


def test_audience_mode_and_levels_take_named_ticks():
    assert answered("audience", {"group": True, "text": "低保户"}).audience == Audience(
        None, True, "低保户"
    )
    assert answered("mode", {"on_request": True}).mode.on_request is True
    assert answered("levels", {"县级": True}).levels == {"县级": True, "乡级": None}


def test_stray_words_are_put_where_they_belong():
    raw = "12345678"
    assert answered("row", {"field": "extra:咨询电话"}, raw=raw).extra == {"咨询电话": raw}
    assert answered("row", {"field": "level2"}, raw="审批信息").level2 == "审批信息"
    assert answered("row", {"field": "bodies"}, raw="财政局").bodies == ("民政局", "财政局")
    assert answered("row", {"field": "audience"}, raw="低保户").audience.text == "低保户"


def test_words_left_out_leave_the_rest():
    assert answered("basis", None, raw="某某精神", kind="leave_out").basis == ROW.basis[:1]
    assert answered("row", None, raw="水印", kind="leave_out") == ROW


def test_not_knowing_keeps_the_words_and_no_fact():
    assert answered("deadlines", None, raw="择机", kind="not_known") == ROW
    row = answered("basis", None, raw="某种口径", kind="not_known")
    assert row.basis[-1] == Basis(None, None, None, "某种口径")
    assert answered("row", None, raw="水印", kind="not_known").extra == {"未归栏": "水印"}
    assert answered("ticks", None, raw="√ √", kind="not_known") == ROW


def test_a_blank_can_be_as_above():
    above = with_answer(
        ROW, Settled(asked("bodies"), {"kind": "value", "value": "司法局"}), above=None
    )
    assert answered("bodies", None, kind="above", above=above).bodies == above.bodies


def test_rows_that_took_over_a_field_follow_its_answer():
    below = ReadRow(**{**fields(ROW), "inherited": ("level2", "deadlines")})
    question = asked("deadlines", "择机")
    answer = {"kind": "value", "value": "长期公开"}
    first, second, third = settled_rows([ROW, below, ROW], {0: [Settled(question, answer)]})
    assert [rule.kind for rule in first.deadlines] == ["permanent"]
    assert second.deadlines == first.deadlines
    assert third.deadlines == ROW.deadlines


def fields(row):
    return {name: getattr(row, name) for name in row.__slots__}


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ("ticks", {"kind": "value", "value": {"ticked": ["level:省级"]}}),
        ("ticks", {"kind": "above"}),
        ("row", {"kind": "value", "value": {"field": "nonsense"}}),
        ("row", {"kind": "value", "value": "text"}),
        ("mode", {"kind": "value", "value": {"society": True}}),
        ("levels", {"kind": "value", "value": {"县级": "yes"}}),
        ("channels", {"kind": "value", "value": {"ticked": "website"}}),
        ("level2", {"kind": "value", "value": None}),
        ("level2", {"kind": "value", "value": "长" * 6000}),
        ("something", {"kind": "value", "value": {"a": 1}}),
    ],
)
def test_a_wrong_form_is_refused(field, answer):
    with pytest.raises(Refused):
        checked_answer(asked(field), answer, row=ROW)


def test_a_doubt_about_words_is_the_same_in_every_row_a_doubt_about_marks_is_not():
    other = ReadRow(**{**fields(ROW), "level1": "临时救助"})
    words = asked("deadlines", "择机", "deadline_not_understood")
    marks = asked("ticks", "√ √", "tick_column_unknown")
    assert memory_digest(words, ROW) == memory_digest(words, other)
    assert memory_digest(marks, ROW) != memory_digest(marks, other)


def test_a_table_is_stored_and_taken_back_unchanged():
    from gongkai.readings.read import read_catalogue

    (table,) = read_catalogue("a.csv", csv_file([source_row(1), source_row(2)])).tables
    assert table_from_json(table_as_json(table)) == table


def test_a_row_becomes_an_item_and_back():
    facts = facts_of(ROW)
    assert facts_of(row_of(facts)) == facts
    assert (facts.to_society, facts.levels) == (None, {"县级": None, "乡级": None})
