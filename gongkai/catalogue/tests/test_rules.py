"""Keys that survive editions, and what a difference tells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.catalogue.rules import KEY_LENGTH, difference, item_key, keyed_items, normalised
from gongkai.catalogue.schema import ChannelFacts, DeadlineFacts, ItemFacts

pytestmark = pytest.mark.pure

NAMES = st.text(alphabet="政策法规文件审核信息(（）)、 Aa1", max_size=8)
ITEM = ItemFacts(
    number="1",
    level1="最低生活保障",
    level2="审批信息",
    bodies=("区民政局",),
    contents=("保障对象名单",),
    deadlines=(DeadlineFacts("workdays_after", "20个工作日内", 20, "workday"),),
    channels=(ChannelFacts("website", "政府网站", True),),
)
OTHER = replace(ITEM, level2="审核信息")


def key(**parts):
    return item_key(
        **{
            "domain": "d", "level1": "一", "level2": "二", "level3": None, "subject": ("甲", "乙"),
            **parts,
        }
    )  # fmt: skip


def test_spaces_width_and_order_of_bodies_do_not_change_a_key():
    assert key() == key(level1=" 一 ", subject=("乙", "甲", "甲"))
    assert key(level1="（一）") == key(level1="(一)")
    assert key(level3="") == key(level3=None)


@pytest.mark.parametrize(
    "part",
    [{"domain": "e"}, {"level1": "三"}, {"level3": "三"}, {"subject": ("甲",)}, {"occurrence": 2}],
)
def test_each_part_changes_the_key(part):
    assert key(**part) != key()


@given(NAMES, NAMES, NAMES, NAMES)
def test_different_levels_never_share_a_key(first, second, third, fourth):
    one = key(level1=first, level2=second)
    other = key(level1=third, level2=fourth)
    assert len(one) == KEY_LENGTH
    same = (normalised(first), normalised(second)) == (normalised(third), normalised(fourth))
    assert (one == other) == same


@given(st.lists(st.sampled_from([ITEM, OTHER]), max_size=12))
def test_equal_rows_get_distinct_keys(items):
    keys = [key for key, _ in keyed_items("d", items)]
    assert len(set(keys)) == len(items)


def test_equal_catalogues_have_no_difference():
    found = difference("d", [ITEM, OTHER], [ITEM, OTHER])
    assert not found
    assert found.n_unchanged == 2


def test_order_alone_is_no_difference():
    assert not difference("d", [ITEM, OTHER], [OTHER, ITEM])


def test_added_and_removed_items_are_told():
    found = difference("d", [ITEM], [OTHER])
    assert [item for _, item in found.added] == [OTHER]
    assert [item for _, item in found.removed] == [ITEM]
    assert found.touched_keys == {key for key, _ in found.removed}


def test_a_changed_deadline_is_told_before_and_after():
    changed = replace(
        ITEM, deadlines=(DeadlineFacts("workdays_after", "7个工作日内", 7, "workday"),)
    )
    (change,) = difference("d", [ITEM], [changed]).changed
    assert [(c.field, c.before, c.after) for c in change.changes] == [
        ("deadlines", "20个工作日内", "7个工作日内")
    ]
    assert change.old_key == change.new_key


def test_a_changed_body_is_one_changed_item_with_two_keys():
    found = difference("d", [ITEM], [replace(ITEM, bodies=("区民政局", "各乡镇"))])
    (change,) = found.changed
    assert not found.added
    assert not found.removed
    assert change.old_key != change.new_key
    assert change.old_key in found.touched_keys


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("contents", ("公示期",), "contents"),
        ("channels", (ChannelFacts("website", "政府网站", False),), "channels"),
        ("to_group", True, "audience"),
        ("is_on_request", True, "mode"),
        ("levels", {"县级": True}, "levels"),
        ("extra", {"备注": "新"}, "extra"),
    ],
)
def test_every_field_is_compared(field, value, name):
    (change,) = difference("d", [ITEM], [replace(ITEM, **{field: value})]).changed
    assert [one.field for one in change.changes] == [name]


@given(st.lists(st.sampled_from([ITEM, OTHER, replace(ITEM, number="9")]), max_size=8),
       st.lists(st.sampled_from([ITEM, OTHER, replace(ITEM, number="9")]), max_size=8))  # fmt: skip
def test_every_item_is_told_exactly_once(old, new):
    found = difference("d", old, new)
    assert len(found.added) + len(found.changed) + found.n_unchanged == len(new)
    assert len(found.removed) + len(found.changed) + found.n_unchanged == len(old)
