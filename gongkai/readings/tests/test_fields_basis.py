"""Legal bases: names, document numbers with their damages, articles, and nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.readings.fields.basis import compose_basis, parse_basis, render_basis
from gongkai.readings.fields.document_numbers import find_number
from gongkai.readings.reading import Basis

pytestmark = pytest.mark.pure

PROPERTY = settings(max_examples=100, deadline=None)


def facts(raw: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(b.name, b.document_number, b.article) for b in parse_basis(raw).items]


LAW = "中华人民共和国政府信息公开条例"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (f"《{LAW}》", [(LAW, None, None)]),
        (f"《{LAW}》(国务院令第711号)", [(LAW, "国务院令第711号", None)]),
        (f"《{LAW}》（国令第711号） 号", [(LAW, "国令第711号", None)]),
        (
            "《中华人民共和国政府\n信息公开条例》 (国务院\n令第711号)",
            [(LAW, "国务院令第711号", None)],
        ),
        ("《意见》(国办发〔2019〕54号)", [("意见", "国办发〔2019〕54号", None)]),
        ("《意见》(建保[2011]5号)", [("意见", "建保〔2011〕5号", None)]),
        ("《意见》(辽政办发(2014)74号)", [("意见", "辽政办发〔2014〕74号", None)]),
        ("《意见》(辽政办发(2014)74号", [("意见", "辽政办发〔2014〕74号", None)]),
        ("《意见》(2014)74号", [("意见", "〔2014〕74号", None)]),
        ("《意见》(〔2018)23号〕", [("意见", "〔2018〕23号", None)]),
        ("《意见》辽民发(2018)74号等相关文件", [("意见", "辽民发〔2018〕74号", None)]),
        ("国办发〔2019〕54号", [(None, "国办发〔2019〕54号", None)]),
        ("《社会救助法》第四十五条", [("社会救助法", None, "第四十五条")]),
        (f"《{LAW}》第二十条第(七)项", [(LAW, None, "第二十条第(七)项")]),
        (f"《{LAW}》第二十条第七项、第35条", [(LAW, None, "第二十条第七项、第35条")]),
        ("《土地管理法》第四十六、四十七条", [("土地管理法", None, "第四十六、四十七条")]),
        (
            "《户口登记条例》、第七条婴儿出生后一个月以内,由户主申报登记",
            [("户口登记条例", None, "第七条")],
        ),
        (
            '《户口登记条例》第七条:"婴儿出生后一个月以内,由户主申报登记。"',
            [("户口登记条例", None, "第七条")],
        ),
        (
            "《关于印发〈保障性住房办法〉的通知》(建保〔2011〕5号)",
            [("关于印发〈保障性住房办法〉的通知", "建保〔2011〕5号", None)],
        ),
        ("《关于印发《办法》的通知》", [("关于印发《办法》的通知", None, None)]),
        (
            "民政部关于印发《特困人员认定办法》的通知(民发〔2016〕178号)",
            [("民政部关于印发《特困人员认定办法》的通知", "民发〔2016〕178号", None)],
        ),
        (
            "中央办公厅、国务院办公厅《关于全面推进政务公开工作的意见》",
            [("关于全面推进政务公开工作的意见", None, None)],
        ),
        ("《信息公开条例》及相关规定", [("信息公开条例", None, None)]),
        ("根据国务院《社会救助暂行办法》", [("社会救助暂行办法", None, None)]),
        ("《甲法》、《乙条例》", [("甲法", None, None), ("乙条例", None, None)]),
        ("《甲法》《乙条例》", [("甲法", None, None), ("乙条例", None, None)]),
        ("1.《甲法》 2.《乙条例》第三条", [("甲法", None, None), ("乙条例", None, "第三条")]),
        (
            "●《甲法》\n●各地配套政策法规文件",
            [("甲法", None, None), ("各地配套政策法规文件", None, None)],
        ),
        (
            "政府信息公开条例、社会救助暂行办法",
            [("政府信息公开条例", None, None), ("社会救助暂行办法", None, None)],
        ),
        (
            "政府信息公开条例\n社会救助暂行办法",
            [("政府信息公开条例", None, None), ("社会救助暂行办法", None, None)],
        ),
        ("信息公开规定", [("信息公开规定", None, None)]),
        ("社会救助法第四十五条", [("社会救助法", None, "第四十五条")]),
        ("政府信息公开条例(国务院令第711号)", [("政府信息公开条例", "国务院令第711号", None)]),
        (
            "【法律】《人口与计划生育 法》(主席令第41号2015\n12月27日修正)\n【规章】《甲办法》",
            [("人口与计划生育法", "主席令第41号", None), ("甲办法", None, None)],
        ),
        (
            "1. 《甲法》(2015年4月24日《关于修改〈乙法〉等六部法律的决定》修正) 2《丙条例》",
            [("甲法", None, None), ("丙条例", None, None)],
        ),
        ("《甲办法》食药监法〔2017〕125号", [("甲办法", "食药监法〔2017〕125号", None)]),
        ("《甲办法》(司法部令2017年第138号)", [("甲办法", "司法部令2017年第138号", None)]),
        (
            "《甲办法》(发文字号住房和城乡建设部令第11号,发布日期2012年05月28日)",
            [("甲办法", "住房和城乡建设部令第11号", None)],
        ),
        ("《甲意见》(建房〔2012 ) 8 4 号 )", [("甲意见", "建房〔2012〕84号", None)]),
        ("《甲法》,、《乙法》", [("甲法", None, None), ("乙法", None, None)]),
        (
            "《甲法》、各省“七五”普法规划",
            [("甲法", None, None), ("各省“七五”普法规划", None, None)],
        ),
        ("《甲法》(2015)", [("甲法", None, None)]),
        (
            "《甲通知》国办发〔2017〕47号:发布本地区、本部门的负责人信息,可包括姓名、照片等。",
            [("甲通知", "国办发〔2017〕47号", None)],
        ),
        (
            "《甲条例》国务院令第711号,第二十条第七款:财政预算、决算信息。",
            [("甲条例", "国务院令第711号", "第二十条第七款")],
        ),
        ("《条例》第二十条第(五)、(六)项", [("条例", None, "第二十条第(五)、(六)项")]),
        ("国务院令第711号《甲条例》", [("甲条例", "国务院令第711号", None)]),
        ("《甲意见》(中办发(200\n4)17号)", [("甲意见", "中办发〔2004〕17号", None)]),
        ("《办法》(民政部令第38号)", [("办法", "民政部令第38号", None)]),
        ("《办法》(主席令第二十四号)", [("办法", "主席令第二十四号", None)]),
        (
            "《条例》(2019年4月3日中华人民共和国国务院令第711号修订)",
            [("条例", "中华人民共和国国务院令第711号", None)],
        ),
    ],
)  # fmt: skip
def test_bases_of_every_wording(raw, expected):
    reading = parse_basis(raw)
    assert facts(raw) == expected
    assert reading.leftover == ""
    assert reading.questions == ()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("《意见》(国办发〔201680号)", "document_number_damaged"),
        ("《意见》(税总发〔201744号)", "document_number_damaged"),
        ("《意见》(国办发201680号)", "document_number_damaged"),
        ("《条例》(国务院令第492号公布,国务院令第711号修订)", "document_number_ambiguous"),
    ],
)
def test_a_number_that_cannot_be_told_is_none_and_asked(raw, why):
    reading = parse_basis(raw)
    (basis,) = reading.items
    assert basis.document_number is None
    assert basis.raw == raw
    assert [question.why for question in reading.questions] == [why]


@pytest.mark.parametrize("raw", ["xx", "《没有结尾", "√", "20个工作日内", ",。", "{{el}}"])
def test_what_is_no_basis_is_left_over(raw):
    reading = parse_basis(raw)
    assert reading.items == ()
    if raw != ",。":
        assert reading.leftover == raw
        assert [question.why for question in reading.questions] == ["basis_not_understood"]


def test_an_empty_cell_names_nothing():
    assert parse_basis(" \n").items == ()
    assert parse_basis("").questions == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("国发〔2014〕47号", "国发〔2014〕47号"),
        ("财会[2024]28号", "财会〔2024〕28号"),
        ("国办函【2020】109号", "国办函〔2020〕109号"),
        ("国务院第711号令", "国务院第711号令"),
        ("没有", None),
    ],
)
def test_document_numbers_get_their_proper_brackets(text, number):
    assert find_number(text).number == number


# ---- properties ---------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["《", "》", "〈", "〉", "、", ",", ";", "\n", " ", "。", "(", ")", "甲法", "乙条例", "的通知",
     "第七条", "第(一)项", "国办发〔2019〕54号", "(国令第711号)", "(2014)74号", "〔201680号",
     "根据",     "及相关规定", "关于印发", "1.", "●", "x", "政策文件"]
)  # fmt: skip


@PROPERTY
@given(st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=60)))
def test_any_text_is_read_without_loss(raw):
    reading = parse_basis(raw)
    kept = "".join(item.raw for item in reading.items) + reading.leftover
    words = sorted(mark for mark in raw if "\u4e00" <= mark <= "\u9fff")
    assert words == sorted(mark for mark in kept if "\u4e00" <= mark <= "\u9fff")
    for item in reading.items:
        assert item.raw in raw
        assert item.raw


BASES = st.builds(
    Basis,
    name=st.sampled_from(["政府信息公开条例", "关于印发〈保障办法〉的通知", "社会救助法", "意见"]),
    document_number=st.sampled_from([None, "国令第711号", "国办发〔2019〕54号"]),
    article=st.sampled_from([None, "第四十五条", "第二十条第(七)项"]),
    raw=st.just(""),
).map(lambda basis: Basis(basis.name, basis.document_number, basis.article, compose_basis(basis)))


@PROPERTY
@given(st.lists(BASES, max_size=6))
def test_rendering_reads_back_the_same(items):
    reading = parse_basis(render_basis(tuple(items)))
    assert reading.items == tuple(items)
    assert not reading.questions
