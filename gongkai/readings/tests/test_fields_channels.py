"""Channel cells: every glyph, every spelling, and what must become a question."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.readings.fields.channel_names import CANONICAL_LABELS, name_at
from gongkai.readings.fields.channels import (
    EMPTY_GLYPHS,
    TICKED_GLYPHS,
    parse_channels,
    render_channels,
)
from gongkai.readings.reading import CHANNEL_CODES, Channel

pytestmark = pytest.mark.pure

PROPERTY = settings(max_examples=100, deadline=None)

ALL = list(CANONICAL_LABELS.values())


def ticks(raw: str) -> list[tuple[str, bool | None]]:
    return [(channel.code, channel.ticked) for channel in parse_channels(raw).channels]


def whys(raw: str) -> list[str]:
    return [question.why for question in parse_channels(raw).questions]


def test_the_canonical_labels_are_the_standard_form():
    assert tuple(CANONICAL_LABELS) == CHANNEL_CODES


@pytest.mark.parametrize("glyph", sorted(TICKED_GLYPHS))
def test_every_ticked_glyph_ticks(glyph):
    assert ticks(f"{glyph}政府网站 □政府公报") == [("website", True), ("gazette", False)]


@pytest.mark.parametrize("glyph", sorted(EMPTY_GLYPHS))
def test_every_empty_glyph_is_empty(glyph):
    assert ticks(f"■政府网站{glyph}政府公报") == [("website", True), ("gazette", False)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("R政府网站 £政府公报 £两微一端", [True, False, False]),
        ("t政府网站 t两微一端", [True, True]),
        ("n政府网站 o政府公报", [True, False]),
        ("þ政府网站 ¨政府公报", [True, False]),
        ("▄政府网站;口政府公报;口广播电视,口纸质媒体", [True, False, False, False]),
        ("■政府网站:口政府公报", [True, False]),
        ("□√政府网站 □政府公报", [True, False]),
        ("政府网站√ 政府公报□", [True, False]),
        ("■ 政府网站\n□ 政府\n公报", [True, False]),
        ("☑政府网站☐政府公报", [True, False]),
    ],
)
def test_leaked_letters_and_placements(raw, expected):
    reading = parse_channels(raw)
    assert [channel.ticked for channel in reading.channels] == expected
    assert not reading.questions


def test_a_letter_inside_a_word_is_no_glyph():
    reading = parse_channels("■政府网站 ■微信Robot小程序")
    assert [c.label for c in reading.channels] == ["政府网站", "微信Robot小程序"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("政府门户网站", "website"),
        ("云溪区政府网站", "website"),
        ("云溪政府网站", "website"),
        ("政务新媒体", "new_media"),
        ("电视", "broadcast"),
        ("现场", "visit"),
        ("一微一端", "new_media"),
        ("发布会", "press_conference"),
        ("发布会听证会", "press_conference"),
        ("发布会\n听证会", "press_conference"),
        ("纸质载体", "print"),
        ("公开查阅点/政务公开专区", "reading_point"),
        ("行政服务中心", "service_centre"),
        ("政府服务中心", "service_centre"),
        ("提供政务服务的场所", "service_centre"),
        ("便民服务中心", "convenience_point"),
        ("入户/现场宣传", "visit"),
        ("入户/现场", "visit"),
        ("社区/企事业单位、村公示栏(电子屏)", "board"),
        ("社区/企事业单位/村公示栏（电子屏）", "board"),
        ("社区/企事业\n单位/村公示栏\n(电子屏)", "board"),
        ("单位/村委会公示栏(电子屏)", "board"),
        ("镇村公示公开栏", "board"),
        ("行政村公示栏", "board"),
        ("乡镇公示栏", "board"),
        ("社区/村公示栏", "board"),
        ("公示栏", "board"),
        ("居务公开栏", "board"),
        ("村务公开栏", "board"),
        ("其它", "other"),
        *[(label, code) for code, label in CANONICAL_LABELS.items()],
    ],
)
def test_spellings_fold_into_the_standard_channels(name, code):
    reading = parse_channels(f"■{name}")
    assert reading.channels[0].code == code
    assert reading.channels[0].ticked is True
    assert not reading.leftover


@pytest.mark.parametrize(
    "name",
    [
        "征地信息公开平台", "12345政务服务热线", "公共资源交易平台", "投资项目在线审批监管平台",
        "信用中国网站", "招投标公共服务平台", "国家企业信用信息公示系统", "法律服务网",
        "省政务服务网",        "双公示系统", "办税服务厅", "基层公共服务平台", "图书馆",
        "国家档案馆", "会议", "村广播",
        '"社区云"小程序', "村民微信群",
    ],
)  # fmt: skip
def test_local_channels_keep_their_own_name(name):
    reading = parse_channels(f"■政府网站\n□{name}\n□政府公报")
    assert reading.channels[1] == Channel(f"x:{name}", name, False)
    assert not reading.questions


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        ("■其他:村务微信群", "村务微信群"),
        ("■其他：村务微信群", "村务微信群"),
        ("■其他村广播", "村广播"),
        ("■其他(请注明)", "(请注明)"),
        ("■其他", ""),
        ("■政府网站http://www.yunxi.example/col", "http://www.yunxi.example/col"),
        ("■政府网站:http://www.yunxi.example", "http://www.yunxi.example"),
        ("■公开查阅点(图书馆、档案馆)", "(图书馆、档案馆)"),
    ],
)
def test_free_text_of_a_box_is_its_note(raw, note):
    (channel,) = parse_channels(raw).channels
    assert (channel.ticked, channel.note) == (True, note)


@pytest.mark.parametrize(
    "raw",
    [
        "政府网站,公开查阅点,政务服务中心",
        "政府网站、公开查阅点、政务服务中心",
        "政府网站\n公开查阅点\n政务服务中心",
        "政府网站公开查阅点政务服务中心",
        "1.政府网站 2.公开查阅点 3.政务服务中心",
        "①政府网站②公开查阅点③政务服务中心",
    ],
)
def test_a_short_plain_list_counts_as_ticked(raw):
    reading = parse_channels(raw)
    assert [(c.code, c.ticked) for c in reading.channels] == [
        ("website", True), ("reading_point", True), ("service_centre", True),
    ]  # fmt: skip
    assert not reading.questions
    assert not reading.ticks_lost


def test_a_place_does_not_swallow_the_channel_before_it():
    assert [c.label for c in parse_channels("两微一端区政府网站国家档案馆").channels] == [
        "两微一端", "区政府网站", "国家档案馆",
    ]  # fmt: skip


def test_a_plain_list_of_a_community_is_read():
    reading = parse_channels("居委会居务公开栏、电子显示屏(全岗通)、“社区云”小程序、会议公开")
    assert [(c.code, c.note) for c in reading.channels] == [
        ("board", ""),
        ("x:电子显示屏", "(全岗通)"),
        ("x:“社区云”小程序", ""),
        ("x:会议公开", ""),
    ]
    assert {c.ticked for c in reading.channels} == {True}


@pytest.mark.parametrize("separator", [" ", "\n", "、", ""])
@pytest.mark.parametrize("n_lost", [0, 2])
def test_the_whole_form_without_any_glyph_has_lost_its_ticks(separator, n_lost):
    reading = parse_channels(separator.join(ALL[n_lost:-1] if n_lost else ALL))
    if n_lost:
        assert not reading.ticks_lost
    else:
        assert reading.ticks_lost
        assert {channel.ticked for channel in reading.channels} == {None}
        assert [question.why for question in reading.questions] == ["channel_ticks_lost"]


def test_a_box_without_its_glyph_is_asked_about():
    reading = parse_channels("■政府网站 国家档案馆 □政府公报")
    assert [(c.label, c.ticked) for c in reading.channels] == [
        ("政府网站", True), ("国家档案馆", None), ("政府公报", False),
    ]  # fmt: skip
    assert [question.raw for question in reading.questions] == ["国家档案馆"]


def test_other_without_its_glyph_is_asked_about():
    reading = parse_channels("■政府网站\n\n其他:办税服务厅")
    assert reading.channels[1] == Channel("other", "其他", None, "办税服务厅")
    assert whys("■政府网站\n\n其他:办税服务厅") == ["channel_tick_unknown"]


def test_blank_lines_to_write_on_are_no_note():
    assert parse_channels("□其他____").channels == (Channel("other", "其他", False),)


@pytest.mark.parametrize("raw", ["■□政府网站", "■政府网站 □政府网站"])
def test_contradicting_glyphs_are_not_known(raw):
    reading = parse_channels(raw)
    assert {channel.ticked for channel in reading.channels} == {None}
    assert reading.questions


@pytest.mark.parametrize(
    "name", ["开查阅点", "村委会示栏", "政府报", "政网站", "两微端", "{{el}}", "(略)", "*", "飞"]
)
def test_damaged_names_are_left_over_not_invented(name):
    reading = parse_channels(f"■政府网站 ■{name}")
    assert [channel.code for channel in reading.channels] == ["website"]
    assert name in reading.leftover
    assert [question.why for question in reading.questions] == ["channel_not_understood"]


@pytest.mark.parametrize("raw", ["详见附件", "县民政局", "20个工作日内", "√"])
def test_text_that_lists_no_channels_is_left_over(raw):
    reading = parse_channels(raw)
    assert reading.channels == ()
    assert reading.leftover == raw


def test_an_empty_cell_has_no_channels_and_no_questions():
    assert parse_channels(" \n").channels == ()
    assert parse_channels("").questions == ()


def test_a_cell_as_long_as_a_page_is_left_over_whole():
    raw = "每月公开政府网站" * 400
    reading = parse_channels(raw)
    assert reading.channels == ()
    assert reading.leftover == raw


# ---- properties ---------------------------------------------------------------------------------

NAMES = st.sampled_from([*ALL, "政务新媒体", "征地信息公开平台", "国家档案馆", "村公示栏", "会议"])
GLYPHS = st.sampled_from([*"■□▲√☐口£R▄", "", " "])
SEPARATORS = st.sampled_from(["", " ", "\n", "、", ";", ","])
CELLS = st.lists(st.tuples(GLYPHS, NAMES, SEPARATORS), max_size=15).map(
    lambda parts: "".join("".join(part) for part in parts)
)
MESSY = st.lists(st.one_of(NAMES, GLYPHS, SEPARATORS, st.text(max_size=3)), max_size=15).map(
    "".join
)


@PROPERTY
@given(st.one_of(CELLS, MESSY, st.text(max_size=60)))
def test_any_text_is_read_without_loss(raw):
    reading = parse_channels(raw)
    kept = "".join(c.label + c.note for c in reading.channels) + reading.leftover
    chinese = [mark for mark in raw if "\u4e00" <= mark <= "\u9fff" and mark not in "口囗"]
    assert sorted(chinese) == sorted(
        m for m in kept if "\u4e00" <= m <= "\u9fff" and m not in "口囗"
    )
    assert bool(reading.leftover) == ("channel_not_understood" in whys(raw))
    for channel in reading.channels:
        assert channel.code in CHANNEL_CODES or channel.code == f"x:{channel.label}"


@PROPERTY
@given(st.one_of(CELLS, MESSY))
def test_no_tick_without_a_glyph_of_its_kind(raw):
    marks = set(raw)
    for channel in parse_channels(raw).channels:
        if channel.ticked is False:
            assert marks & (EMPTY_GLYPHS | set("口£o¨"))


BOXES = st.lists(
    st.tuples(
        st.sampled_from([*CANONICAL_LABELS.items(), ("x:征地信息公开平台", "征地信息公开平台")]),
        st.sampled_from([True, False]),
        st.sampled_from(["", "", "http://yunxi.example/a"]),
    ),
    max_size=13,
    unique_by=lambda box: box[0],
)


@PROPERTY
@given(BOXES)
def test_rendering_reads_back_the_same(boxes):
    channels = tuple(Channel(code, label, tick, note) for (code, label), tick, note in boxes)
    reading = parse_channels(render_channels(channels))
    assert reading.channels == channels
    assert not reading.questions


def test_a_tick_that_is_not_known_survives_rendering():
    channels = (Channel("website", "政府网站", None), Channel("gazette", "政府公报", True))
    assert parse_channels(render_channels(channels)).channels == channels


@PROPERTY
@given(st.text(max_size=20), st.integers(0, 20))
def test_a_known_name_lies_inside_the_text(text, index):
    found = name_at(text, index)
    assert found is None or index + found.length <= len(text)
