"""What is repaired, what is left alone, and that repair never changes a sound text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.readings.grid import Cell, Document, Grid
from gongkai.readings.repair import (
    folded,
    half_width,
    is_traditional,
    rejoined,
    repaired,
    repaired_document,
    without_gloss,
    without_inner_spaces,
    without_torn_spaces,
)
from gongkai.readings.repair.characters import cleaned
from gongkai.readings.repair.encodings import restored
from gongkai.readings.repair.symbols import in_font

pytestmark = pytest.mark.pure

SOUND = (
    "自信息形成或者变更之日起20个工作日内公开",
    "县民政局\n乡镇人民政府（街道办事处）",
    "■政府网站 □政府公报\n■其他：云溪政务",
    "《中华人民共和国政府信息公开条例》（国务院令第711号）",
    "国办发〔2016〕80号",
    "县级 乡级",
    "公章(PDF)、申请表(word)",
    "公开内容(要素)",
    "1.受理条件；2.办理流程",
    "http://www.yunxi.gov.cn/zwgk/p>",
    "是否公开？是",
)


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_is_left_alone(text):
    assert repaired(text).text == text
    assert repaired(text).applied == ()


GLOSSED = [
    ("鎮(zhèn)政(zhèng)府(fǔ)", "鎮政府"),
    ("政(zheng)(zheng)府(fu)(fu)", "政府"),
    ("務（wù）公開(kāi)", "務公開"),
    ("旅(lǚ)游(yóu)", "旅游"),
    ("旅(lv)游", "旅游"),
    ("公开(要素)", "公开(要素)"),
    ("公章(PDF)", "公章(PDF)"),
    ("公章(pdf)", "公章(pdf)"),
    ("事项(an)", "事项(an)"),
    ("按钮(on)", "按钮(on)"),
    ("(kāi)", "(kāi)"),
]


@pytest.mark.parametrize(("text", "expected"), GLOSSED)
def test_only_pinyin_glosses_are_taken_out(text, expected):
    assert without_gloss(text) == expected


TORN = [
    ("序 号", "序号"),
    ("公开主 体", "公开主体"),
    ("全社 会", "全社会"),
    ("20个 工作日", "20个工作日"),
    ("10 个 工作日内", "10个工作日内"),
    ("制 定 或 获 取 信 息之日起", "制定或获取信息之日起"),
    ("县 乡 村", "县 乡 村"),
    ("县级 乡级", "县级 乡级"),
    ("县民政局 乡镇政府", "县民政局 乡镇政府"),
    ("√ √", "√ √"),
]


@pytest.mark.parametrize(("text", "expected"), TORN)
def test_only_spaces_that_tore_a_word_are_taken_out(text, expected):
    assert without_torn_spaces(text) == expected


def test_for_comparing_every_inner_space_goes():
    assert without_inner_spaces("县级 乡级 20 个") == "县级乡级 20 个"


BROKEN_LINES = [
    (
        "自信息形\n成或者变\n更之日起\n20个工作\n日内予以\n公开",
        "自信息形成或者变更之日起20个工作日内予以公开",
    ),
    ("20\n个工作日", "20个工作日"),
    ("20个工作\n日内", "20个工作日内"),
    ("《政府信息\n公开条例》", "《政府信息公开条例》"),
    ("县民政局\n乡镇政府", "县民政局\n乡镇政府"),
    ("■政府网站\n□公示栏", "■政府网站\n□公示栏"),
    ("1.条件\n2.流程\n3.材料", "1.条件\n2.流程\n3.材料"),
    ("一行", "一行"),
]


@pytest.mark.parametrize(("text", "expected"), BROKEN_LINES)
def test_only_lines_of_one_phrase_are_joined(text, expected):
    assert rejoined(text) == expected


SPOILT = [
    ("公开内容ꎬ要素ꎻ", "公开内容，要素；"),
    ("第一Р第二", "第一\n第二"),
    ("政府\u200b网站\ufeff", "政府网站"),
    ("政府\u00a0网站\u3000公报", "政府 网站 公报"),
    ("第一/p>第二", "第一\n第二"),
    ("<p>第一</p><span style='x'>第二</span>", "\n第一\n第二"),
    ("甲&nbsp;乙&ldquo;丙&rdquo;", "甲 乙“丙”"),
    ("甲\x02乙\x7f", "甲乙"),
    ("\uf052网站\uf0a3公报\uf0fe甲\uf0a8乙\uf06e丙\uf0fc丁", "■网站□公报■甲□乙■丙√丁"),
    ("甲\r\n乙\r丙\x0b丁", "甲\n乙\n丙\n丁"),
    ("\ue123不明", "\ue123不明"),
]


@pytest.mark.parametrize(("text", "expected"), SPOILT)
def test_spoilt_characters_are_put_right(text, expected):
    assert cleaned(text) == expected


@pytest.mark.parametrize(
    "text", ["Республика Россия", "Рабочий стол 公开", "ꆈꌠꁱꂷ云溪", "a < b > c", "http://x/p>"]
)
def test_other_scripts_and_plain_signs_stay(text):
    assert cleaned(text) == text


FONTS = [
    ("R£", "Wingdings 2", "■□"),
    ("\uf052\uf0a3", "Wingdings 2", "■□"),
    ("þ¨ünlo", "Wingdings", "■□√■●□"),
    ("R£", "宋体", "R£"),
    ("·", "Symbol", "●"),
]


@pytest.mark.parametrize(("text", "font", "expected"), FONTS)
def test_symbol_fonts_show_their_glyphs(text, font, expected):
    assert in_font(text, font) == expected


MISREAD = ["公开内容", "政府信息公开", "《条例》，公开", "养老服务领域基层政务公开标准目录"]


@pytest.mark.parametrize("text", MISREAD)
def test_reversible_misreadings_are_restored(text):
    assert restored(text.encode().decode("latin-1")) == text
    assert restored(text.encode("gb18030").decode("latin-1")) == text


def test_text_read_as_gbk_is_restored_only_when_every_byte_fits():
    assert restored("公开事项信息".encode().decode("gb18030")) == "公开事项信息"
    assert restored("鏀垮簻淇℃伅鍏紑") == "鏀垮簻淇℃伅鍏紑"


def test_traditional_document_is_converted_as_a_whole():
    grid = Grid("表1", "cells", (Cell("鎮(zhèn)政府", 1, 1), Cell("公開內容", 1, 2)), "養老服務")
    result = repaired_document(Document("html", (grid,), "養老服務領域基層政務公開標準目錄"))
    mended = result.document.grids[0]
    assert [cell.text for cell in mended.cells] == ["镇政府", "公开内容"]
    assert (mended.heading, result.document.text) == (
        "养老服务",
        "养老服务领域基层政务公开标准目录",
    )
    assert set(result.applied) == {"gloss_removed", "converted"}


def test_one_traditional_name_does_not_convert_a_simplified_document():
    text = "云溪区民政局负责养老服务补贴的审核与发放，由區某某签发。" * 3
    assert not is_traditional(text)
    assert repaired(text).text == text


def test_damage_is_found_before_anything_is_repaired():
    grid = Grid("表1", "cells", (Cell("公开\x02内容", 3, 2),))
    result = repaired_document(Document("txt", (grid,)))
    assert result.document.grids[0].cells[0].text == "公开内容"
    assert [(d.code, d.where) for d in result.damage] == [("control_characters", "表1 R3C2")]


FOLDED = [
    ("公开内容（要素）", "公开内容 (要素)"),
    ("国办发〔2016〕80号", "国办发［２０１６］80 号"),
    ("ＰＤＦ", "pdf"),
]


@pytest.mark.parametrize(("one", "other"), FOLDED)
def test_folding_makes_spellings_equal(one, other):
    assert folded(one) == folded(other)


def test_half_width_keeps_chinese_punctuation_without_counterpart():
    assert half_width("（１），《》、。") == "(1),《》、。"


CHARACTERS = st.text(
    alphabet="公开主体事项 \n\u3000县乡村工作日个2０(（)）kāizheng/p><■□\uf052\u200bР"
    "ꎬ&nbs;。、《》?",
    max_size=60,
)


@settings(max_examples=200, deadline=None)
@given(CHARACTERS)
def test_repair_is_stable(text):
    once = cleaned(text)
    assert cleaned(once) == once
    assert folded(folded(text)) == folded(text)
    torn = without_torn_spaces(text)
    assert "".join(torn.split()) == "".join(text.split())


@settings(max_examples=200, deadline=None)
@given(CHARACTERS)
def test_joining_lines_loses_no_character(text):
    def visible(some: str) -> str:
        return "".join(some.split())

    assert visible(rejoined(text)) == visible(text)
    assert visible(without_torn_spaces(text)) == visible(text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=30))
def test_any_run_of_characters_survives_unless_an_exact_misreading(text):
    after = restored(text)
    assert after == text or after.encode().decode("gb18030") in text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_repaired(text):
    assert isinstance(repaired(text).text, str)
