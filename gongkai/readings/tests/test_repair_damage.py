"""Which damage is recognised, where, and when it condemns a whole text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.readings.repair import FLAG, REFUSE, damage_of_cells, detect_damage

pytestmark = pytest.mark.pure

SOUND_LINES = (
    "自信息形成或者变更之日起20个工作日内予以公开",
    "《中华人民共和国政府信息公开条例》（国务院令第711号）、国办发〔2016〕80号",
    "(2014)74号、[2011]5号、〔2018〕23号",
    "县民政局、乡镇人民政府（街道办事处）",
    "■政府网站 □政府公报 ■两微一端 □发布会/听证会 ■其他：",
    "福利彩票公益金使用情况；体育彩票销售网点；棋牌室卫生许可",
    "依法查处电子游艺场所设置老虎机、网络博彩等违法行为，打击赌博网站",
    "申请表见 http://www.yunxi.gov.cn/a?b=1，电话 0819-8888888",
    "主动开展、信息开发、及时开通、开放时间、社会开办",
    "体育彩票投注站、福利彩票网点、税务机关代开发票、开设赌场、淫秽色情出版物",
    "申请开户、依法开庭、及时开具、现金网点、公 开事项、公 共服务平台",
    "鄱阳湖、鄢陵县、亳州市谯城区等地名",
)
SOUND = "\n".join(SOUND_LINES)


def codes(text: str) -> set[str]:
    return {damage.code for damage in detect_damage(text)}


@pytest.mark.parametrize("line", SOUND_LINES)
def test_sound_text_has_no_damage(line):
    assert detect_damage(line) == []


DAMAGED = [
    ("?爸腔鄞笃痢币殉蔀楫", "byte_shifted_gbk"),
    ("公开事项信息".encode().decode("gb18030"), "utf8_read_as_gbk"),
    ("鏀垮簻淇℃伅鍏紑", "utf8_read_as_gbk"),
    ("公开内容".encode().decode("latin-1"), "misread_as_latin"),
    ("公开内容".encode("gbk").decode("latin-1"), "misread_as_latin"),
    ("锟斤拷锟斤拷", "text_lost"),
    ("中华人民共和国飞禽走兽老虎机条例", "spam_words"),
    ("手机彩票网的通知", "spam_words"),
    ("政策★✿法规", "injected_noise"),
    ("条件,;流程;;材料", "doubled_punctuation"),
    ("开事项", "character_deleted"),
    ("主动开", "character_deleted"),
    ("村委会示栏", "character_deleted"),
    ("*个工作日内", "masked"),
    ("云府发〔**〕*号", "masked"),
    ("政策文件(略)", "masked"),
    ("{{el}}", "template_unrendered"),
    ("[$Content_Label[0]$]", "template_unrendered"),
    (",。", "text_lost"),
    ("公开\x02内容", "control_characters"),
    ("公开\ufffd内容", "undecodable"),
    ("\ue123网站", "symbol_unknown"),
    ("国办发〔201680号", "document_number_damaged"),
    ("税总发〔201744号", "document_number_damaged"),
    ("云发〔2018)23号〕", "document_number_damaged"),
    ("(国令第711号) 号", "document_number_damaged"),
]


@pytest.mark.parametrize(("text", "code"), DAMAGED)
def test_damage_is_recognised_and_flagged_where_it_stands(text, code):
    found = [d for d in detect_damage(f"{SOUND}\n{text}") if d.code == code]
    assert found
    assert {damage.where for damage in found} == {f"line {len(SOUND_LINES) + 1}"}
    assert all(damage.excerpt for damage in found)


@pytest.mark.parametrize(("text", "code"), DAMAGED)
def test_one_place_does_not_condemn_a_long_text(text, code):
    severities = {d.severity for d in detect_damage(f"{SOUND}\n{text}\n{SOUND}") if d.code == code}
    assert severities == {FLAG}


def shifted(text: str) -> str:
    """The text as it looks when its GBK bytes lost the first one."""
    return "?" + text.encode("gbk")[1:-1].decode("gbk", errors="ignore")


CONDEMNED = [
    ("\n".join(shifted(line) for line in SOUND_LINES), "byte_shifted_gbk"),
    ("飞禽走兽老虎机条例\n关于手机彩票网支持手机彩票网的通知", "spam_words"),
    ("开事项\n主动开\n依申请开\n开时限\n村委会示栏", "character_deleted"),
    (",。\n，、\n;。\n,,\n。；\n公开内容", "text_lost"),
    ("公开★✿事项★✿内容★✿依据★✿时限★✿主体\n" * 4, "injected_noise"),
]


@pytest.mark.parametrize(("text", "code"), CONDEMNED)
def test_damage_all_over_condemns_the_text(text, code):
    assert REFUSE in {d.severity for d in detect_damage(text) if d.code == code}


def test_traditional_text_is_not_taken_for_rare_characters():
    text = "養老服務領域基層政務公開標準目錄，鄉鎮人民政府負責審核與發放補貼。"
    assert detect_damage(text) == []


def test_cells_are_weighed_together_and_named_one_by_one():
    cells = [("表1 R2C1", "开事项"), ("表1 R3C1", "主动开"), ("表1 R4C1", "村委会示栏")]
    assert [(d.where, d.severity) for d in damage_of_cells(cells)] == [
        (where, REFUSE) for where, _ in cells
    ]


def test_equal_cells_count_once():
    assert len(damage_of_cells([(f"R{n}", "*个工作日") for n in range(500)])) == 1


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=5))
def test_every_damage_names_a_cell(texts):
    cells = [(f"R{number}", text) for number, text in enumerate(texts, start=1)]
    names = {where for where, _ in cells}
    assert all(damage.where in names for damage in damage_of_cells(cells))
