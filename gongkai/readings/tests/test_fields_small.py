"""Ticks, bodies, row numbers, pointers and foldings: the small fields of a row."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.readings.fields.bodies import render_bodies, split_bodies
from gongkai.readings.fields.folding import clean, fold, folded, significant
from gongkai.readings.fields.nesting import depths
from gongkai.readings.fields.numbers import (
    RowNumber,
    capital_amount_fen,
    capital_number,
    chinese_number,
    parse_row_number,
)
from gongkai.readings.fields.pointers import is_same_as_above
from gongkai.readings.fields.ticks import parse_tick, render_tick, split_tick

pytestmark = pytest.mark.pure

PROPERTY = settings(max_examples=100, deadline=None)

# ---- ticks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw", ["√", " √ ", "√\n", "✓", "✔", "■", "●", "是", "有", "☑", "\uf052", "\uf0fe", "R", "þ",
    "ü", "√√", "(√)", "□√"]
)  # fmt: skip
def test_a_tick_is_true(raw):
    assert parse_tick(raw) is True


@pytest.mark.parametrize(
    "raw", ["", " ", "\n", "×", "✗", "□", "口", "否", "无", "/", "-", "——", "£", "\uf0a3", "o"]
)
def test_an_empty_cell_or_box_is_false(raw):
    assert parse_tick(raw) is False


@pytest.mark.parametrize("raw", ["√×", "■□", "?", "*", "V", "v", "J"])
def test_what_nobody_can_tell_is_none(raw):
    assert parse_tick(raw) is None


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("县级", "县级"),
        ("面向拟征收土地所在地的村集体成员", "面向拟征收土地所在地的村集体成员"),
        ("本村\n村民", "本村村民"),
        ("主动公开", "主动公开"),
    ],
)
def test_words_in_a_tick_column_are_kept_as_words(raw, text):
    assert parse_tick(raw) == text
    assert split_tick(raw) == (None, text)


def test_a_tick_with_words_is_split():
    assert split_tick("√ 本村村民") == (True, "本村村民")
    assert split_tick("√") == (True, "")
    assert split_tick("□ 县级") == (False, "县级")
    assert split_tick("") == (False, "")


@pytest.mark.parametrize("tick", [True, False, None])
def test_a_rendered_tick_reads_back(tick):
    assert parse_tick(render_tick(tick)) is tick


# ---- bodies -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("县民政局、乡镇人民政府(街道办事处)", ("县民政局", "乡镇人民政府(街道办事处)")),
        ("县民政局,各乡镇(街道)", ("县民政局", "各乡镇(街道)")),
        ("县民政局；各乡镇（街道、开发区）", ("县民政局", "各乡镇（街道、开发区）")),
        ("县级以上地方人民政府教育行政部门", ("县级以上地方人民政府教育行政部门",)),
        ("县级以上地方人民政府\n教育行政部门", ("县级以上地方人民政府教育行政部门",)),
        ("各乡镇(街道)", ("各乡镇(街道)",)),
        ("区应急管\n理局", ("区应急管理局",)),
        ("街道办\n事处", ("街道办事处",)),
        ("区应急管理局\n各乡镇人民政府", ("区应急管理局", "各乡镇人民政府")),
        ("县级人民政府民政部门\n(街道办事处)", ("县级人民政府民政部门(街道办事处)",)),
        ("村委会/居委会", ("村委会", "居委会")),
        ("县级人民政府民政部门、乡镇人民政府(街道办事处", ("县级人民政府民政部门",
        "乡镇人民政府(街道办事处")),
        ("、、县民政局、", ("县民政局",)),
        ("市、区两级人民政府民政部门", ("市、区两级人民政府民政部门",)),
        ("市场监督管理、行政审批相关责任部门", ("市场监督管理、行政审批相关责任部门",)),
        ("街道\n办事处", ("街道办事处",)),
        ("县人民政府\n办公室", ("县人民政府办公室",)),
        ("乡镇人民政府\n各村民委员会", ("乡镇人民政府", "各村民委员会")),
        ("", ()),
    ],
)  # fmt: skip
def test_bodies_are_split_at_separators_only(raw, names):
    assert split_bodies(raw) == names


BODY_TEXT = st.lists(
    st.sampled_from([*"、,;/\n ()", "县民政局", "各乡镇", "人民政府", "教育行政部门", "社会"]),
    max_size=12
).map("".join)  # fmt: skip


@PROPERTY
@given(st.one_of(BODY_TEXT, st.text(max_size=40)))
def test_bodies_lose_only_separators(raw):
    kept = "".join(split_bodies(raw))
    lost = [mark for mark in significant(raw) if mark not in kept]
    assert all(folded(mark) in set("、,;/|\\。") for mark in lost)


@PROPERTY
@given(st.lists(st.sampled_from(["县民政局", "各乡镇(街道、园区)", "村委会"]), max_size=4))
def test_rendered_bodies_read_back(names):
    assert split_bodies(render_bodies(tuple(names))) == tuple(names)


# ---- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十", 20), ("十五", 15), ("十", 10), ("二十一", 21), ("一百零三", 103), ("两", 2),
        ("二〇二六", 2026), ("20", 20), ("２０", 20), ("三千五百", 3500), ("一万二千", 12000),
        ("十万", 100000), ("一亿", 100000000), ("零", 0), ("", None), ("十十", None),
        ("一二三四五", None), ("二百万零五", 2000005), ("abc", None), ("万", None), ("百", None),
    ],
)  # fmt: skip
def test_chinese_numerals(text, value):
    assert chinese_number(text) == value


def test_capital_numerals_and_sums():
    assert capital_number("壹仟贰佰叁拾肆") == 1234
    assert capital_amount_fen("壹仟贰佰叁拾肆元伍角陆分") == 123456
    assert capital_amount_fen("人民币壹万元整") == 1000000
    assert capital_amount_fen("伍拾元零叁分") == 5003
    assert capital_amount_fen("随便") is None


DIGITS = "零一二三四五六七八九"


def spelled(n: int) -> str:
    """The usual Chinese numeral below 1000, to check the reader against."""
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


@PROPERTY
@given(st.integers(1, 999))
def test_every_usual_numeral_is_read(n):
    assert chinese_number(spelled(n)) == n


@PROPERTY
@given(st.text(max_size=12))
def test_no_text_breaks_the_number_readers(text):
    for reader in (chinese_number, capital_number, capital_amount_fen):
        value = reader(text)
        assert value is None or value >= 0


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1", RowNumber("1", 1)), (" 12 ", RowNumber("12", 12)), ("0505", RowNumber("0505", 505)),
        ("1-2", RowNumber("1-2")), ("1.1", RowNumber("1.1")), ("3.", RowNumber("3", 3)),
        ("(4)", RowNumber("4", 4)), ("（三）", RowNumber("三", 3)), ("一、", RowNumber("一", 1)),
        ("①", RowNumber("①", 1)), ("", RowNumber(None)), ("十二", RowNumber("十二", 12)),
        ("政策文件", RowNumber(None, None, "政策文件")), ("1 政策",
        RowNumber(None, None, "1 政策")),
    ],
)  # fmt: skip
def test_row_numbers(raw, expected):
    assert parse_row_number(raw) == expected


@PROPERTY
@given(st.text(max_size=12))
def test_a_row_number_cell_is_understood_or_left_over(raw):
    reading = parse_row_number(raw)
    assert reading.number is not None or reading.leftover == raw.strip() or not folded(raw)


# ---- pointers, folding, brackets ----------------------------------------------------------------


@pytest.mark.parametrize("raw", ["同上", " 同 上 ", "同上。", "(同上)", "〃", "同前"])
def test_pointers_to_the_row_above(raw):
    assert is_same_as_above(raw)


@pytest.mark.parametrize("raw", ["", "同上级部门", "上", "20个工作日内", "同上述规定"])
def test_other_text_is_no_pointer(raw):
    assert not is_same_as_above(raw)


def test_folding_knows_where_it_took_each_character():
    whole = fold("公 开\n（要素），⼯作")
    assert whole.text == "公开(要素),工作"
    assert whole.source(0, 2) == "公 开"
    assert whole.breaks_before(2)
    assert not whole.breaks_before(3)


@pytest.mark.parametrize(
    ("raw", "text"),
    [("全社 会", "全社会"), ("WeChat mini\nprogram", "WeChat mini program"), ("\u200b公 开",
    "公开"), ("a 公 b", "a公b")],
)  # fmt: skip
def test_clean_text_stands_on_one_line(raw, text):
    assert clean(raw) == text


@PROPERTY
@given(st.text(max_size=60))
def test_folding_keeps_every_character_but_blanks(raw):
    whole = fold(raw)
    assert len(whole.text) == len(whole.places) == len(significant(raw))
    assert significant(clean(raw)) == significant(raw)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a(b)c", "01110"), ("(2014)", "111111"), ("〔2018)号", "1111110"), ("a(b", "000"),
    ("《a〈b〉》", "112221"), (")a", "00")],
)  # fmt: skip
def test_only_closed_brackets_count(text, expected):
    assert "".join(map(str, depths(text))) == expected
