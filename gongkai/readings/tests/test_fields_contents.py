"""Content elements: split at bullets and numbers, wraps joined, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.readings.fields.contents import render_contents, split_contents
from gongkai.readings.fields.folding import significant

pytestmark = pytest.mark.pure

PROPERTY = settings(max_examples=100, deadline=None)


@pytest.mark.parametrize(
    ("raw", "elements"),
    [
        ("与安全生产有关的法律、法规", ["与安全生产有关的法律、法规"]),
        ("申报材料清单、批准流程、办理时限等", ["申报材料清单、批准流程、办理时限等"]),
        ("1.申请条件2.办理流程3.材料", ["申请条件", "办理流程", "材料"]),
        ("1、中央文件 2、我镇文件", ["中央文件", "我镇文件"]),
        ("1. 申请条件\n2. 办理\n流程", ["申请条件", "办理流程"]),
        ("(1)申请条件(2)办理流程", ["申请条件", "办理流程"]),
        ("（一）申请条件（二）办理流程", ["申请条件", "办理流程"]),
        ("一、申请条件二、办理流程", ["申请条件", "办理流程"]),
        ("①申请条件②办理流程", ["申请条件", "办理流程"]),
        ("①●1.申请条件②●2.办理流程", ["申请条件", "办理流程"]),
        ("●《甲办法》(国发〔2014〕47号)\n●各地配套政策", ["《甲办法》(国发〔2014〕47号)",
        "各地配套政策"]),
        ("·申请条件 ·办理流程", ["申请条件", "办理流程"]),
        ("买买提·艾力先进事迹", ["买买提·艾力先进事迹"]),
        ("申请条件;办理流程;材料。", ["申请条件", "办理流程", "材料。"]),
        ("《社会救助暂行办法》\n各地配套政策法规文件", ["《社会救助暂行办法》",
        "各地配套政策法规文件"]),
        ("《社会救助暂行办\n法》", ["《社会救助暂行办法》"]),
        ("社会救助信访通讯地址\n社会救助投诉举报电话", ["社会救助信访通讯地址",
        "社会救助投诉举报电话"]),
        ("社会救助信访通\n讯地址", ["社会救助信访通讯地址"]),
        ("政策\n法规\n文件", ["政策法规文件"]),
        ("办事指南(1.条件;2.流程)", ["办事指南(1.条件;2.流程)"]),
        ("《1.办法;2.细则》的解读", ["《1.办法;2.细则》的解读"]),
        ("达到1.5米的项目", ["达到1.5米的项目"]),
        ("2020年、2021年预算", ["2020年、2021年预算"]),
        ("1.1总体情况", ["1.1总体情况"]),
        ("7.咨询电话", ["7.咨询电话"]),
        ("", []),
    ],
)  # fmt: skip
def test_elements_of_a_cell(raw, elements):
    assert list(split_contents(raw)) == elements


PIECES = st.sampled_from(
    [*"1234.、()●·\n ;①②《》（）", "申请条件", "办理流程", "(要素)", "1.1", "一、", "二、", "法"]
)
MARKERS = set("0123456789.、()（）●·;；①②一二") | set("•▪◆◇■□▶►➢➤★☆◎○")


@PROPERTY
@given(st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=50)))
def test_only_markers_are_taken_off(raw):
    kept = iter("".join(split_contents(raw)))
    expected = [mark for mark in significant(raw) if not _may_vanish(mark)]
    assert expected == [mark for mark in significant("".join(kept)) if not _may_vanish(mark)]


def _may_vanish(mark: str) -> bool:
    return mark in MARKERS or mark.isdigit() or 0x2460 <= ord(mark) <= 0x249B or ord(mark) > 0xEFFF


@PROPERTY
@given(
    st.lists(
        st.sampled_from(["申请条件", "《甲办法》(试行)", "办理流程、时限", "电话"]), max_size=9
    )
)
def test_rendered_contents_read_back(elements):
    assert split_contents(render_contents(tuple(elements))) == tuple(elements)
