# ruff: noqa: E501 — source texts are read best as lines
"""More shapes of published pages, in words of the fictional 云溪区: kept blanks, odd headers, PDFs."""

from __future__ import annotations

import textwrap

import pytest

from gongkai.readings.fields.basis import parse_basis
from gongkai.readings.fields.bodies import split_bodies
from gongkai.readings.fields.deadline import parse_deadline
from gongkai.readings.read import read_catalogue
from gongkai.readings.reading import ReadRow
from gongkai.readings.repair.damage import untrusted_because
from gongkai.readings.tables.columns import header_key
from gongkai.readings.tables.titles import title_among
from gongkai.readings.tests.building.doc_file import DocFile
from gongkai.readings.tests.building.pdf_file import Page, pdf_bytes, ruled_page
from gongkai.readings.tests.building.xls_file import xls_bytes

LIMIT = "信息形成或者变更之日起20个工作日内"
LAW = "《云溪区信息公开条例》"
TOP = "序号 |\n公开事项 |\n公开内容 |\n公开依据 |\n公开时限 |\n公开主体 |\n公开渠道和载体 |\n公开对象 |\n公开方式 |\n公开层级 |\n"
SUBS = "全社会 |\n特定群体 |\n主动 |\n依申请 |\n"


def rows_read(content: str | bytes, name: str = "云溪区.txt") -> list[ReadRow]:
    raw = content.encode() if isinstance(content, str) else content
    reading = read_catalogue(name, raw)
    assert reading.refused is None
    return [row for table in reading.tables for row in table.rows]


def why_refused(content: bytes, name: str) -> str:
    reading = read_catalogue(name, content)
    assert reading.refused is not None
    assert reading.counts.understood == 0
    return reading.refused.why.split(":")[0]


def cells(*texts: str) -> str:
    return "".join(f"{text} |\n" if text else "|\n" for text in texts)


# --- blanks that were kept -------------------------------------------------------------------------


def kept_blanks(*rows: str) -> str:
    head = f"{TOP}|||||\n一级事项 |\n二级事项 |\n三级事项 |\n{SUBS}市级 |\n县级 |\n||||||\n"
    return f"云溪区房屋征收领域基层政务公开标准目录\n{head}{''.join(rows)}"


def test_items_stay_in_front_of_a_blank_level_that_was_kept() -> None:
    end = (LAW, LIMIT, "云溪区住建局", "■政府网站 □政府公报", "√", "", "√", "", "√", "")
    rows = rows_read(
        kept_blanks(
            cells("1", "甲类政策", "国家的政策", "", "1.条例;2.办法", *end),
            cells("2", "甲类政策", "地方的政策", "", "1.规章;2.文件", *end),
            cells("3", "", "启动要件", "", "1.公共利益的材料", *end),
        )
    )
    assert [(r.level1, r.level2, r.level3) for r in rows] == [
        ("甲类政策", "国家的政策", None),
        ("甲类政策", "地方的政策", None),
        (None, "启动要件", None),  # the table repeats level 1: a blank is no merge
    ]
    assert [(q.field, q.why) for q in rows[2].questions] == [("level1", "blank_or_merged")]
    assert {(r.audience.society, r.audience.group) for r in rows} == {(True, False)}
    assert {tuple(r.levels.items()) for r in rows} == {(("市级", True), ("县级", False))}


def test_words_in_the_column_of_the_special_group_say_who_it_is() -> None:
    head = f"{TOP}|||\n一级事项 |\n二级事项 |\n{SUBS}乡级 |\n"
    rows = rows_read(
        head
        + cells("1", "批准", "指南", "清单、流程", LAW, LIMIT, "云溪区政府", "■政府网站", "√", "", "√", "", "√")
        + cells("2", "办理", "进展", "名称、进展", LAW, LIMIT, "云溪区政府", "■政府网站", "", "项目单位", "", "√", "√")
    )  # fmt: skip
    assert rows[1].questions == ()
    assert (rows[1].audience.society, rows[1].audience.group) == (False, True)
    assert rows[1].audience.text == "项目单位"
    assert (rows[1].mode.proactive, rows[1].mode.on_request) == (False, True)


def test_words_of_a_group_at_the_start_of_a_line_begin_no_row() -> None:
    rows = rows_read(
        "序号 | 公开事项 | 公开内容 | 公开依据 | 公开时限 | 公开主体 | 公开渠道和载体 | 公开对象 | 公开方式 | ||||\n"
        "一级事项 | 二级事项 | 全社会 | 特定群体 | 主动 | 依申请 | ||||||\n"
        f"1 | 2.征收 | 2.1风险评估 | 评估结果 | {LAW} | {LIMIT} | 云溪区住建局 | □政府网站 ■其他_ |\n申请人 | √ | ||\n"
        f"2.2征收决定 | 决定公告和补偿方案。 | {LAW} | {LIMIT} | 云溪区住建局 | ■政府网站 |\n√ | √ | ||||\n"
    )
    assert [r.level2 for r in rows] == ["2.1风险评估", "2.2征收决定"]
    assert rows[1].level1 == "2.征收"


# --- headers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("镇街(园区)级", "level:镇街(园区)级"),
        ("市级部门", "level:市级部门"),
        ("市级生态环境部门", None),
        ("公开范围", "audience"),
    ],
)
def test_headers_of_levels_are_told_from_names_of_bodies(header: str, key: str | None) -> None:
    assert header_key(header) == key


def test_sub_headers_are_no_part_of_the_first_row_of_a_table_without_numbers() -> None:
    rows = rows_read(
        "公开事项 | 公开内容(要素) | 公开依据 | 公开时限 | 公开时长 | 公开 范围 | 公开渠道 | 公开方式 | |\n"
        "一级事项 | 二级事项 | |||||||\n"
        f"机关信息 | 机关简介 | 职能、地址 | {LAW} | {LIMIT} | 任期内 | 全社会 | 政府网站 | 主动公开 |\n"
        f"机关信息 | 内设机构 | 名称、职责 | {LAW} | {LIMIT} | 长期 | 全社会 | 政府网站 | 主动公开 |\n"
    )
    assert [(r.level1, r.level2) for r in rows] == [
        ("机关信息", "机关简介"),
        ("机关信息", "内设机构"),
    ]
    assert [r.extra for r in rows] == [{"公开时长": "任期内"}, {"公开时长": "长期"}]
    assert {(r.audience.society, r.mode.proactive) for r in rows} == {(True, True)}


def test_header_words_on_two_lines_of_stacked_text_are_one_column() -> None:
    head = "序号 公开事项 公开内容(要素) 公开依据 公开 时限 公开 主体 公开渠道和载体 公开对象 公开方式 一级 事项 二级 事项 全社会 特定 群众 主动 依申请公开"
    laws = f"{LAW}\n\n《云溪区农村道路公开意见》"
    row = f"{LIMIT}\n\n云溪区交通局\n\n政府网站\n\n部门网站\n\n"
    rows = rows_read(
        "\n\n".join(head.split())
        + f"\n\n1\n\n政策法规\n\n规范性文件\n\n各部门涉及交通的规范性文件\n\n{LAW}\n\n{row}"
        f"2\n\n道路建设\n\n招标与中标情况\n\n招标情况以及中标结果\n\n{laws}\n\n{row}"
        f"3\n\n道路建设\n\n道路施工情况\n\n1.道路建设计划;\n\n2.道路验收情况。\n\n{laws}\n\n{row}"
    )
    assert [(r.level1, r.level2, len(r.basis)) for r in rows] == [
        ("政策法规", "规范性文件", 1),
        ("道路建设", "招标与中标情况", 2),
        ("道路建设", "道路施工情况", 2),
    ]
    assert {tuple(r.extra) for r in rows} == {()}


def test_a_column_of_two_headers_is_asked_about() -> None:
    head = "<tr><td>序号</td><td>一级事项</td><td>公开内容</td><td>公开依据</td><td>公开时限 公开主体</td><td>公开渠道</td></tr>"
    row = f"<tr><td>1</td><td>政策</td><td>规章</td><td>{LAW}</td><td>{LIMIT} 云溪区政府</td><td>■政府网站</td></tr>"
    read = rows_read(f"<table>{head}{row}</table>", "a.html")
    assert [q.why for q in read[0].questions] == ["cell_borders_lost"]


def test_marks_of_markdown_are_no_part_of_a_title() -> None:
    assert title_among(["## 云溪区标准目录"]) == "云溪区标准目录"


# --- fields ----------------------------------------------------------------------------------------


def test_a_plan_without_title_marks_on_a_line_of_its_own_is_a_basis() -> None:
    names = [b.name for b in parse_basis("《云溪区普法的意见》\n云溪区“七五”普法规划").items]
    assert names == ["云溪区普法的意见", "云溪区“七五”普法规划"]


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("云溪县人民政府及云溪县住建局", ("云溪县人民政府", "云溪县住建局")),
        ("县（区）人民政府及房屋征收部门", ("县（区）人民政府", "房屋征收部门")),
        ("云溪区人民政府及其部门", ("云溪区人民政府及其部门",)),
        ("云溪区住房和城乡建设局", ("云溪区住房和城乡建设局",)),
        ("云溪区人民政府和相关主管部门", ("云溪区人民政府和相关主管部门",)),
    ],
)
def test_two_whole_bodies_with_and_between_them_are_two(raw: str, names: tuple[str, ...]) -> None:
    assert split_bodies(raw) == names


@pytest.mark.parametrize(
    ("raw", "rules"),
    [
        ("信息形成(获取、变更)20个工作日内", [("workdays_after", 20, "formed_or_changed")]),
        (
            "作出决定之日起7个工作日内;情况复杂的,可延长7个工作日",
            [("workdays_after", 7, "作出决定"), ("unknown", None, None)],
        ),
        (
            "收到申请之日起20个工作日内,延长期限最长不得超过20个工作日",
            [("workdays_after", 20, "收到申请"), ("unknown", None, None)],
        ),
        ("与文件同步发布,跨度不超过5个工作日", [("workdays_after", 5, None)]),
    ],
)
def test_extensions_and_side_by_side_events_give_no_rule(
    raw: str, rules: list[tuple[str, int | None, str | None]]
) -> None:
    assert [(d.kind, d.n, d.trigger) for d in parse_deadline(raw).rules] == rules


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("《政府雷速体育_云溪足彩网条例》", "spam_words"),
        ("无码中文AV_云溪", "spam_words"),
        ("东亚博览会、体育彩票网点、二维码和无码通行", ""),
    ],
)
def test_names_of_betting_sites_in_a_law_are_planted(text: str, why: str) -> None:
    assert untrusted_because(text) == why


# --- files -----------------------------------------------------------------------------------------

TABLE = [
    ["序号", "公开事项", "", "公开内容(要素)", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", "", "公开方式", "", "公开层级", ""],
    ["", "一级事项", "二级事项", "", "", "", "", "", "全社会", "特定群众", "主动", "依申请公开", "县级", "乡级"],
    ["1", "政策法规", "国家的法规", "法规;规章", "《条例甲》", "及时公开", "云溪区住建局", "■政府网站", "√", "", "√", "", "√", ""],
    ["2", "征收", "启动要件", "公益材料", "《条例乙》", "实时公开", "云溪区政府", "■其他", "", "申请人", "", "√", "√", ""],
    ["3", "", "风险评估", "评估结果", "《条例乙》", "实时公开", "云溪区政府", "■其他", "", "被征收人", "√", "", "√", "√"],
]  # fmt: skip
WRAPPED = [["\n".join(textwrap.wrap(text, 5)) for text in row] for row in TABLE]


def word_file() -> bytes:
    document = DocFile()
    for row in TABLE:
        document.row(row, [600 * column for column in range(15)])
    return document.content()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf_bytes([ruled_page(WRAPPED, left=5, width=59, height=70)])),
        ("a.doc", word_file()),
        ("a.xls", xls_bytes(TABLE)),
    ],
)
def test_binary_files_give_the_same_facts(name: str, content: bytes) -> None:
    rows = rows_read(content, name)
    assert [(r.level1, r.level2, r.audience.text) for r in rows] == [
        ("政策法规", "国家的法规", ""),
        ("征收", "启动要件", "申请人"),
        ("征收", "风险评估", "被征收人"),
    ]
    assert [(r.mode.proactive, r.levels["乡级"]) for r in rows] == [
        (True, False), (False, False), (True, True),
    ]  # fmt: skip
    assert [r.questions for r in rows] == [(), (), ()]


def test_a_page_whose_cells_touch_without_lines_is_refused() -> None:
    page = Page()
    for r, row in enumerate(WRAPPED):
        for c, text in enumerate(row):
            page.texts += [(5 + 60 * c, 800 - 70 * r - 11 * n, t) for n, t in enumerate(text.split("\n")) if t]  # fmt: skip
    assert why_refused(pdf_bytes([page]), "a.pdf") == "order_destroyed"


def test_lines_of_a_printed_page_are_refused_as_rows() -> None:
    text = (
        "第117页 - 云溪镇\n公开事项 公开对象 公开方 公开层级\n类 公开内容(要 公开依据 公开时限 公开主体 公开渠道和载体 主 式\n"
        "þ 政府网站 □\n对垃圾 政府公报\n中转站 □ 两微一端 □\n内 1.基本信息 《中华人 发布会/听证会\n定密 2.处罚依据 □ 广播电视 □\n"
        "力 行政处 3.办理流程 政府信息 自该信息形成或者变更 云溪镇 纸质媒体 √ √ √\n之日起20个工作日内及时公\n事 罚 4.投诉方式: 公开条例 城管中队 □ 查询点\n"
    )
    assert why_refused(text.encode(), "a.txt") == "order_destroyed"


def test_single_spaces_between_many_local_columns_tell_no_cells() -> None:
    text = (
        "云溪区救灾领域基层政务公开标准目录\n"
        "序号 公开事项   公开内容 公开依据 条款内容 依据效力(位阶) 公开时限 公开主体 事项类别 公开渠道和载体 公开对象 责任科室 对应职责\n"
        "一级事项 二级事项 三级事项     (要素) 全社会 特定群体\n"
        f"1 政策文件 法律法规 云溪区应急预案   云溪镇应急预案 有关的法律、法规 {LAW} {LAW}第二十条 法规 {LIMIT} 应急部门   ■政府网站   ■两微一端 减灾组 救助\n"
        f"3 标准 物资管理办法 有关的国家标准、地方标准等 {LAW} {LAW}第二十条 法规 {LIMIT} 应急部门   ■政府网站   ■两微一端 减灾组 防灾\n"
    )
    rows = rows_read(text)
    assert [(r.level1, r.contents, r.basis, r.bodies, r.extra) for r in rows] == [
        (None, (), (), (), {}), (None, (), (), (), {}),
    ]  # fmt: skip
    assert {(r.deadlines[0].n, tuple(c.code for c in r.channels)) for r in rows} == {
        (20, ("website", "new_media"))
    }
    assert all("cell_borders_lost" in {q.why for q in r.questions} for r in rows)


def test_third_row_with_tails_of_sub_headers_adds_no_columns() -> None:
    head = f"{TOP}一级 |\n二级 |\n全社会 |\n特定 |\n主动 |\n依申请 |\n县级 |\n乡级 |\n事项 |\n事项 |\n群体 |\n"
    end = (LAW, LIMIT, "云溪区文旅局", "■政府网站 □政府公报", "√", "", "√", "", "√", "")
    rows = rows_read(
        head
        + cells("1", "政策文件", "法规和规章", "1.条例;2.办法。", *end)
        + cells("2", "公共服务", "景区情况", "1.名称;2.等级。", *end)
    )
    assert [(r.extra, r.questions) for r in rows] == [({}, ()), ({}, ())]
    assert {(r.audience.society, r.levels["县级"], r.levels["乡级"]) for r in rows} == {
        (True, True, False)
    }


def test_a_name_after_a_kept_blank_is_no_content_where_a_cell_is_missing() -> None:
    head = f"{TOP}一级事项 |\n二级事项 |\n{SUBS}县级 |\n乡级 |\n"
    end = (LAW, "20工作日", "云溪区住建局", "■政府网站 □政府公报", "√", "", "", "√", "√", "")
    rows = rows_read(
        head
        + cells("1", "", "租赁补贴资格", *end, "")
        + cells("2", "", "承租资格", *end, "")
        + cells("3", "", "腾退管理", *end, "")
    )
    assert {(r.level1, r.level2, r.contents) for r in rows} == {(None, None, ())}
    assert all(any(q.why == "column_unknown" for q in r.questions) for r in rows)
