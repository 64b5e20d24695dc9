# ruff: noqa: E501 — source texts are read best as lines
"""The shapes that web pages of districts take as text, in words of the fictional 云溪区."""

from __future__ import annotations

import pytest

from gongkai.readings.fields.contents import split_contents
from gongkai.readings.fields.folding import clean
from gongkai.readings.read import read_catalogue
from gongkai.readings.reading import Reading, ReadRow
from gongkai.readings.repair.damage import untrusted_because
from gongkai.readings.tables.regular import regular_rows_of

pytestmark = pytest.mark.pure

LIMIT = "信息形成或者变更之日起20个工作日内"
LAW = "《中华人民共和国政府信息公开条例》"
TOP = "序号 | 公开事项 | 公开内容(要素) |\n公开依据 | 公开时限 | 公开主体 | 公开渠道和载体 | 公开对象 | 公开方式 | 公开层级 | ||||"
SUB = "一级事项 | 二级事项 | 全社会 | 特定群体 | 主动 | 依申请 | 县级 | 乡级 | ||||||"
STACKED_HEAD = (
    "序号\n\n公开事项\n\n公开内容(要素)\n\n公开依据\n\n公开时限\n\n公开主体\n\n公开渠道和载体\n\n公开对象\n\n公开方式\n\n"
    "一级事项\n\n二级事项\n\n全社会\n\n特定群众\n\n主动\n\n依申请公开\n\n"
)


def rows_read(text: str, name: str = "云溪区.txt") -> list[ReadRow]:
    reading = read_catalogue(name, text.encode())
    assert reading.refused is None
    return [row for table in reading.tables for row in table.rows]


def why_refused(reading: Reading) -> str:
    assert reading.refused is not None
    return reading.refused.why.split(":")[0]


# --- bars ------------------------------------------------------------------------------------------


def test_rows_with_as_many_bars_are_cut_whatever_breaks_stand_in_their_cells() -> None:
    rows = rows_read(
        f"{TOP}\n{SUB}\n"
        f"1 | 临时救助 | 办事指南 | ●申请条件\n●救助标准 ●办理流程 |\n{LAW} | {LIMIT} | 云溪区民政局 | ■政府网站\n□入户/现场 |\n√ | √ | √ | √ | ||\n"
        f"审核信息 | 救助对象名单 |\n{LAW} | {LIMIT} | 云溪区民政局 | ■政府网站 |\n√ | √ | √ | √ | ||||\n"
        f"2 | 监督检查 | 监督电话 | 投诉电话 |\n{LAW} | {LIMIT} | 云溪区民政局 | ■政府网站 |\n√ | √ | √ | √ | ||\n"
    )
    assert [(r.number, r.level1, r.level2) for r in rows] == [
        ("1", "临时救助", "办事指南"),
        (None, "临时救助", "审核信息"),
        ("2", "监督检查", "监督电话"),
    ]
    assert rows[0].contents == ("申请条件", "救助标准", "办理流程")
    assert {r.audience.society for r in rows} == {None}  # dropped blanks hide the columns


def test_halves_of_header_words_in_the_row_below_are_joined_in_order() -> None:
    rows = rows_read(
        "| 序号 | 公开事项 | 公开内容 | 公开依据 | 公开 | 公开 | 公开渠道和载体 | 公开对象 | 公开方式 | |||\n"
        "| 一级事项 | 二级事项 | (要素) | 时限 | 主体 | 全社会 | 特定群体 | 主动 | 依申请 | |||\n"
        f"| 1 | ? 行政审批 | 许可指南 | 适用范围、审批依据 | {LAW} | {LIMIT} | 云溪区市场局 | ■政府网站???? □政府公报 | √ | √ | ||\n"
        "| □两微一端???? □广播电视??? | |||||||||||\n"
        f"| 2 | 监督检查 | 检查结果 | 检查标准、检查结果 | {LAW} | {LIMIT} | 云溪区市场局 | ■政府网站???? □政府公报 | √ | √ | ||\n"
    )
    assert [(r.level1, r.level2, r.bodies) for r in rows] == [
        ("行政审批", "许可指南", ("云溪区市场局",)),
        ("监督检查", "检查结果", ("云溪区市场局",)),
    ]
    assert [(c.code, c.ticked) for c in rows[0].channels] == [
        ("website", True), ("gazette", False), ("new_media", False), ("broadcast", False),
    ]  # fmt: skip


def test_contents_in_rows_of_their_own_belong_to_the_merged_row() -> None:
    rows = rows_read(
        f"{TOP}\n{SUB}\n"
        f"1 | 财政预决算 | 部门预算 | 收支总表 | {LAW} | {LIMIT} | 云溪区财政局 | ■政府网站 |\n√ | √ | √ | √ | ||\n"
        "没有数据的表格应当列出空表并说明。 | |||||||||||||\n"
        f"2 | 财政预决算 | 部门决算 | 决算总表 | {LAW} | {LIMIT} | 云溪区财政局 | ■政府网站 |\n√ | √ | √ | √ | ||\n"
    )
    assert [r.contents for r in rows] == [
        ("收支总表", "没有数据的表格应当列出空表并说明。"),
        ("决算总表",),
    ]


def test_a_column_without_cell_is_inherited_where_blanks_are_kept() -> None:
    kept = "√ |\n|\n√ |\n|\n√ |\n√ |\n"
    rows = rows_read(
        f"{TOP}\n{SUB}\n"
        f"1 |\n政策文件 |\n法律法规 |\n有关的法律 |\n{LAW} |\n{LIMIT} |\n云溪区应急管理局 |\n■政府网站 □两微一端 |\n{kept}"
        f"2 |\n部门规章 |\n有关的规章 |\n{LAW} |\n{LIMIT} |\n云溪区应急管理局 |\n{kept}||\n"
        f"3 |\n依法行政 |\n行政许可 |\n许可依据、条件 |\n{LAW} |\n{LIMIT} |\n云溪区应急管理局 |\n■政府网站 |\n{kept}"
    )
    assert rows[1].level1 == "政策文件"
    assert [c.ticked for c in rows[1].channels] == [True, False]
    assert set(rows[1].inherited) == {"level1", "channels"}
    assert rows[1].questions == ()


def test_items_fill_the_levels_from_the_first_one_when_the_last_is_never_used() -> None:
    head = TOP.replace("||||", "|||||")
    sub = SUB.replace("二级事项", "二级事项 | 三级事项")
    row = f"{LAW} | {LIMIT} | 云溪区民政局 | ■政府网站 | √ | √ | √ | √ |"
    rows = rows_read(
        f"{head}\n{sub}\n"
        f"1 | 甲类帮扶 | 乙项说明 | 帮扶的对象 | {row} |||\n"
        f"2 | 丙项说明 | 帮扶的标准 | {row} ||||\n"
        f"3 | 丁类帮扶 | 戊项说明 | 帮扶的流程 | {row} |||\n"
    )
    assert [(r.level1, r.level2, r.level3) for r in rows] == [
        ("甲类帮扶", "乙项说明", None),
        ("甲类帮扶", "丙项说明", None),
        ("丁类帮扶", "戊项说明", None),
    ]


@pytest.mark.parametrize(
    ("numbers", "filled", "starts"),
    [
        ([20, 30, 40], [], [20, 30, 40, 50]),
        ([20, 30], [10, 20, 30, 40, 50], [0, 10, 20, 30, 40, 50]),
        ([20, 31, 40], [], []),  # rows of other widths are not cut by counting
        ([20], [], []),
        ([20, 33], [], []),  # two places alone prove no width
    ],
)
def test_rows_are_counted_only_where_every_mark_agrees(
    numbers: list[int], filled: list[int], starts: list[int]
) -> None:
    begins = [i % 10 == 0 or i in numbers for i in range(50)]
    found = regular_rows_of(n_cells=50, numbers=numbers, filled=filled, may_begin=begins)
    assert found == starts


# --- one cell a line -------------------------------------------------------------------------------


def test_lists_laws_and_bodies_over_several_paragraphs_are_one_cell_each() -> None:
    rows = rows_read(
        "户籍管理领域基层政务公开标准目录\n\n"
        + STACKED_HEAD
        + "1\n\n出生\n登记\n\n出生\n登记\n\n1.受理部门\n\n2.办理条件\n\n3.所需材料\n\n"
        f"1.《户口登记条例》\n\n2.《政府信息公开条例》\n\n{LIMIT}\n\n云溪\n分局\n\n■政府网站\n\n■办事窗口\n\n"
        "2\n\n注销登记\n\n死亡注销\n\n1.受理部门\n\n2.办理条件\n\n"
        f"1.《户口登记条例》\n\n{LIMIT}\n\n云溪\n分局\n\n■政府网站\n\n"
    )
    assert [(r.level1, r.level2) for r in rows] == [("出生登记",) * 2, ("注销登记", "死亡注销")]
    assert rows[0].contents == ("受理部门", "办理条件", "所需材料")
    assert [b.name for b in rows[0].basis] == ["户口登记条例", "政府信息公开条例"]
    assert rows[0].bodies == ("云溪分局",)
    assert [c.label for c in rows[0].channels] == ["政府网站", "办事窗口"]
    assert all(r.questions == () for r in rows)


def test_names_torn_by_blank_lines_are_known_again() -> None:
    rows = rows_read(
        "安全生产领域基层政务公开标准目录\n\n"
        + STACKED_HEAD
        + f"1\n\n政策\n\n文件\n\n法律法规\n\n与安全生产有关的法律、法规\n\n{LAW}\n\n{LIMIT}\n\n区应急局\n\n■政府网站\n\n"
        f"2\n\n依法\n\n行政\n\n行政许可\n\n许可的依据、条件、程序\n\n{LAW}\n\n{LIMIT}\n\n区应\n\n急局\n\n■政府网站\n\n"
    )
    assert [(r.level1, r.level2) for r in rows] == [
        ("政策文件", "法律法规"),
        ("依法行政", "行政许可"),
    ]
    assert rows[0].contents == ("与安全生产有关的法律、法规",)
    assert rows[1].bodies == ("区应急局",)


def test_channels_without_boxes_on_lines_of_their_own_are_one_cell() -> None:
    rows = rows_read(
        "目录\n\n"
        + STACKED_HEAD
        + f"1\n\n部门文件\n\n云溪区改造文件\n\n文件标题、文号\n\n{LAW}\n\n{LIMIT}\n\n云溪区住建局\n\n政府网站\n\n政务服务中心\n\n入户/现场\n\n全社会\n\n主动公开\n\n"
    )
    assert [c.code for c in rows[0].channels] == ["website", "service_centre", "visit"]


def test_sentences_after_the_channels_carry_on_the_contents() -> None:
    rows = rows_read(
        "财政预决算领域基层政务公开标准目录\n\n"
        + STACKED_HEAD
        + f"1\n\n财政预决算\n\n政府预算\n\n预算收入表、预算支出表。\n\n{LAW}\n\n{LIMIT}\n\n云溪区财政局\n\n■政府网站\n\n没有数据的表格应当列出空表并说明。\n\n"
        f"2\n\n财政预决算\n\n政府决算\n\n决算收入表、决算支出表。\n\n{LAW}\n\n{LIMIT}\n\n云溪区财政局\n\n■政府网站\n\n"
    )
    assert rows[0].contents == ("预算收入表、预算支出表。", "没有数据的表格应当列出空表并说明。")


def test_a_table_with_numbers_in_the_middle_of_rows_is_refused() -> None:
    text = (
        "重大建设项目领域基层政务公开标准目录\n\n"
        + STACKED_HEAD
        + "申报材料清单、批准流\n\n《政府信息公开条例》、《关于全\n\n■ 政府网站\n\n1\n\n指南\n\n"
        "程、办理时限\n\n面推进政务公开工作的意见》\n\n实时公开\n\n相关审批部门\n\n事项名称\n\n2\n\n过程信息\n\n及时公开\n\n相关审批部门\n\n"
    )
    assert why_refused(read_catalogue("a.txt", text.encode())) == "order_destroyed"


def test_stray_tags_of_a_damaged_page_leave_a_text_a_text() -> None:
    rows = rows_read(
        '<p id="x9"><td id="x9"></td></p><legend id="x9"></legend>\n\n'
        + STACKED_HEAD
        + f"1\n\n部门文件\n\n改造文件\n\n文件标题、文号\n\n{LAW}\n\n{LIMIT}\n\n云溪区住建局\n\n■政府网站\n\n"
    )
    assert rows[0].level2 == "改造文件"


def test_stacked_text_in_traditional_characters_with_gloss_is_a_table_too() -> None:
    head = "序號\n\n公開事項\n\n公開內(nèi)容(要素)\n\n公開依據(jù)\n\n公開時限\n\n公開主體\n\n公開渠道和載體\n\n一級事項\n\n二級事項\n\n"
    rows = rows_read(
        f"{head}1.2\n\n農(nóng)業(yè)資金\n\n農(nóng)機補貼\n\n政策依據(jù);\n\n補貼結(jié)果;\n\n監(jiān)督渠道:包括電話、地址等。\n\n《農(nóng)業(yè)機械化促進法》\n\n信息形成之日起20個工作日內(nèi)\n\n雲溪區(qū)農(nóng)業(yè)局\n\n■政府網(wǎng)站\n\n"
    )
    assert (rows[0].number, rows[0].level2) == ("1.2", "农机补贴")
    assert rows[0].contents == ("政策依据", "补贴结果", "监督渠道:包括电话、地址等。")
    assert rows[0].bodies == ("云溪区农业局",)


def test_a_row_with_more_cells_than_columns_gives_no_facts_by_chance() -> None:
    reading = read_catalogue(
        "a.txt",
        (
            STACKED_HEAD
            + f"1\n\n甲\n\n乙\n\n丙说明\n\n丁说明\n\n戊说明\n\n己说明\n\n庚说明\n\n辛说明\n\n{LAW}\n\n{LIMIT}\n\n云溪区农业局\n\n■政府网站\n\n"
        ).encode(),
    )
    for table in reading.tables:
        for row in table.rows:
            assert row.bodies in {(), ("云溪区农业局",)}
            assert all(b.name == "中华人民共和国政府信息公开条例" for b in row.basis)


# --- damage ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("《飞禽走兽老虎机条例》", "spam_words"),
        ("受理部门★✿办理条件", "injected_noise"),
        ("{{item.basis}}", "template_unrendered"),
        ("***县民政局", "masked"),
        ("自信息形成之日起*个工作日内", "masked"),
        ("信 息 主动公 开", ""),
        ("《中华人民共和国政府信息公开条例》(国令第711号)", ""),
        ("●受理部门●办理条件", ""),
    ],
)
def test_damaged_cells_are_told(text: str, why: str) -> None:
    assert untrusted_because(text) == why


def test_a_damaged_cell_is_asked_about_and_gives_no_fact() -> None:
    rows = rows_read(
        f"{TOP}\n{SUB}\n"
        f"1 | 临时救助 | 办事指南 | 申请条件 | 《飞禽走兽老虎机条例》 | {LIMIT} | 云溪区民政局 | ■政府网站 | √ | √ | √ | √ | ||\n"
        f"2 | 临时救助 | 审核信息 | 对象名单 | {LAW} | {LIMIT} | 云溪区民政局 | ■政府网站 | √ | √ | √ | √ | ||\n"
    )
    assert rows[0].basis == ()
    assert ("basis", "spam_words") in {(q.field, q.why) for q in rows[0].questions}
    assert rows[1].basis[0].name == "中华人民共和国政府信息公开条例"


def test_bytes_read_as_latin_letters_are_read_again_as_a_whole() -> None:
    text = f"{TOP}\n{SUB}\n1 | 临时救助 | 办事指南 | 申请条件 | {LAW} | {LIMIT} | 云溪区民政局 | ■政府网站 | √ | √ | √ | √ | ||\n"
    reading = read_catalogue("a.txt", text.encode("gb18030").decode("latin-1").encode())
    assert reading.tables[0].rows[0].level2 == "办事指南"
    assert ("repaired", "encoding_restored") in {(w.code, w.text) for w in reading.warnings}


# --- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "elements"),
    [
        ("《救助办法》 各地配套政策", ("《救助办法》", "各地配套政策")),
        ("云溪救助通讯地址 云溪救助投诉电话", ("云溪救助通讯地址", "云溪救助投诉电话")),
        ("《人员认定办法》的 通知", ("《人员认定办法》的通知",)),
        ("初审对象名单及相 关信息", ("初审对象名单及相关信息",)),
        ("1.条件 2.材料 3.流程 4咨询电话", ("条件", "材料", "流程", "咨询电话")),
        ("①收入表。\n没有数据的列出空表。", ("收入表。", "没有数据的列出空表。")),
    ],
)
def test_spaces_and_sentence_ends_part_elements_where_that_is_certain(
    raw: str, elements: tuple[str, ...]
) -> None:
    assert split_contents(raw) == elements


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("民政部 财政部关于云溪的意见", "民政部 财政部关于云溪的意见"),
        ("住建部 财政部 扶贫办关于云溪的通知", "住建部 财政部 扶贫办关于云溪的通知"),
        ("财政 部关于云溪的通知", "财政部关于云溪的通知"),
        ("云溪 区民 政局", "云溪区民政局"),
    ],
)
def test_joint_issuers_stay_apart(raw: str, name: str) -> None:
    assert clean(raw) == name
