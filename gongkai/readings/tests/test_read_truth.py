# ruff: noqa: E501 — tables of test data are read best as lines
"""However a catalogue is typed, flattened and damaged, its reading holds no wrong fact."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.readings.read import read_catalogue
from gongkai.readings.reading import Reading
from gongkai.readings.tests import messes
from gongkai.readings.tests.truth import (
    REGULATION,
    ROWS,
    TICK_COLUMNS,
    TrueRow,
    all_rows,
    matched,
    missing_facts,
    wrong_facts,
)

pytestmark = pytest.mark.pure

LEVEL1 = ("综合业务", "最低生活保障", "特困人员救助供养", "临时救助", "医疗救助", "住房救助")
LEVEL2 = (
    "政策法规文件",
    "监督检查",
    "办事指南",
    "审核信息",
    "审批结果",
    "救助标准",
    "资金使用情况",
)
CONTENTS = (
    ("办理事项", "办理条件", "申请材料"), ("信访通讯地址", "投诉举报电话"), ("初审对象名单及相关信息",),
    ("救助对象的范围、条件和标准",), ("年度资金安排", "资金使用去向", "绩效评价结果"),
)  # fmt: skip
BASES = (
    (REGULATION,), (REGULATION, ("社会救助暂行办法", "国务院令第649号")),
    (("云溪区临时救助实施细则", "云政发〔2022〕15号"),), (("中华人民共和国社会救助法", None),),
)  # fmt: skip
DEADLINES = (
    ("制定或获取信息之日起10个工作日内", "workdays_after", 10),
    ("信息形成或者变更之日起20个工作日内", "workdays_after", 20),
    ("及时公开", "prompt", None), ("每季度公布一次", "periodic", None),
    ("长期公开", "permanent", None), ("实时公开", "realtime", None),
)  # fmt: skip
BODIES = (("云溪区民政局",), ("云溪区民政局", "乡镇人民政府(街道办事处)"), ("云溪区财政局",))
TICKS = st.tuples(
    st.sampled_from([(True, False), (False, True)]),
    st.sampled_from([(True, False), (True, False), (False, True)]),
    st.sampled_from([(True, True), (True, False), (False, True)]),
).map(lambda groups: tuple(tick for group in groups for tick in group))


@st.composite
def catalogues(draw: st.DrawFn) -> tuple[TrueRow, ...]:
    """A catalogue whose level 1 items run over neighbouring rows."""
    rows: list[TrueRow] = []
    names = draw(st.permutations(LEVEL1))
    for name in names[: draw(st.integers(2, 4))]:
        items = draw(st.lists(st.sampled_from(LEVEL2), min_size=1, max_size=4, unique=True))
        for item in items:
            phrase, kind, n = draw(st.sampled_from(DEADLINES))
            rows.append(TrueRow(
                number=str(len(rows) + 1), level1=name, level2=item,
                contents=draw(st.sampled_from(CONTENTS)), basis=draw(st.sampled_from(BASES)),
                deadline=phrase, kind=kind, n=n, bodies=draw(st.sampled_from(BODIES)),
                channels=draw(st.frozensets(
                    st.sampled_from(["website", "reading_point", "board", "service_centre"]),
                    min_size=1)),
                ticks=draw(TICKS),
            ))  # fmt: skip
    return tuple(rows)


ORDERS = (
    messes.ORDER,
    ("number", "item", "contents", "basis", "bodies", "deadlines", "channels", "audience", "mode", "levels"),
    ("number", "item", "contents", "deadlines", "bodies", "channels", "basis", "audience", "mode", "levels"),
    ("number", "item", "contents", "basis", "deadlines", "bodies", "mode", "channels", "audience", "levels"),
    ("number", "item", "contents", "basis", "deadlines", "bodies", "channels", "audience", "mode"),
)  # fmt: skip


def torn(text: str) -> str:
    """Spaces inside words, as narrow columns leave them."""
    return text.replace("工作日", "工 作日").replace("公开", "公 开") if len(text) < 40 else text


STYLES = st.builds(
    messes.Style,
    order=st.sampled_from(ORDERS),
    glyphs=st.sampled_from(sorted(messes.GLYPHS)),
    only_ticked=st.booleans(),
    merge_level1=st.booleans(),
    numbered=st.booleans(),
    words=st.sampled_from([str, torn]),
    header_words=st.sampled_from([str, torn]),
)


def rendered(rows: tuple[TrueRow, ...], style: messes.Style, form: str) -> tuple[str, bytes]:
    """The catalogue in one of the forms, with its file name."""
    table = messes.spanned(rows, style)
    width = len(messes.columns_of(style))
    kind, _, how = form.partition(":")
    if kind in {"html", "xlsx", "docx"}:
        return f"m.{kind}", getattr(messes, f"as_{kind}")(table, style.title)
    lines = messes.flat(table, how=how or "short")
    match kind:
        case "csv":
            return "m.csv", messes.as_csv([[style.title], *lines])
        case "tsv":
            return "m.tsv", messes.as_csv(lines, delimiter="\t", encoding="gb18030")
        case "md":
            return "m.md", messes.as_markdown(lines, style.title)
        case "pipes":
            return "m.txt", messes.as_pipes(lines, style.title, drop_blanks=False, width=width)
        case "dropped":
            return "m.txt", messes.as_pipes(lines, style.title, drop_blanks=True, width=width)
        case "cells":
            return "m.txt", messes.as_cell_per_line_pipes(lines, style.title, width=width)
    return "m.txt", messes.as_stacked(lines, style.title)


READABLE = ("html", "xlsx", "docx", "csv:repeat", "csv:blank", "tsv:blank", "md:blank", "md:repeat",
            "csv:short", "pipes:short", "pipes:blank", "cells:short")  # fmt: skip
LOSSY = ("dropped:short", "dropped:repeat", "stacked:short", "md:short", "tsv:short")


def check_no_wrong_fact(reading: Reading, rows: tuple[TrueRow, ...]) -> None:
    """Every known value is the true one, and every cell is settled once."""
    counts = reading.counts
    assert counts.cells == counts.understood + counts.questioned
    if reading.refused:
        return
    for row, true in matched(reading, rows):
        assert wrong_facts(row, true) == [], row


@pytest.mark.parametrize("form", READABLE + LOSSY)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=catalogues(), style=STYLES)
def test_reading_holds_no_wrong_fact_and_readable_forms_are_understood(form, rows, style):
    name, content = rendered(rows, style, form)
    reading = read_catalogue(name, content)
    check_no_wrong_fact(reading, rows)
    assert reading.refused is None
    if form in READABLE:
        counts = reading.counts
        assert counts.understood >= 0.9 * counts.cells, counts


@pytest.mark.parametrize("form", ["html", "xlsx", "docx", "csv:blank", "md:blank"])
def test_nothing_is_missing_where_positions_are_kept(form):
    style = messes.Style()
    name, content = rendered(ROWS, style, form)
    reading = read_catalogue(name, content)
    for row, true in matched(reading, ROWS):
        wanted = {"number", "level1", "level2", "contents", "basis", "deadlines", "bodies",
                  "channels", *TICK_COLUMNS}  # fmt: skip
        assert missing_facts(row, true, columns=wanted) == set()
        assert wrong_facts(row, true) == []
    assert all_rows(reading)
    assert reading.tables[0].domain == "社会救助"


def test_level1_is_inherited_only_within_its_merge():
    rows = tuple(replace(row, number=str(i)) for i, row in enumerate(ROWS, 1))
    name, content = rendered(rows, messes.Style(), "xlsx")
    reading = read_catalogue(name, content)
    marks = [("level1" in row.inherited) for row in all_rows(reading)]
    assert marks == [False, True, False, True, False, True]
