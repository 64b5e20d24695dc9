"""A 公示 says from when to when, and stands as long as its catalogue item demands."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.catalogue.models import DeadlineRule
from gongkai.catalogue.tests.factories import ItemFactory
from gongkai.disclosures import record_templates
from gongkai.disclosures.gates import Candidate
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.notice_period import notice_period

pytestmark = pytest.mark.django_db


def found(*, item=None, kind="public_notice", **values):
    record = Disclosure(template="notice", item=item, values={"notice_kind": kind, **values})
    candidate = Candidate(
        record, record_templates.get("notice"), "0" * 64, {}, (), dt.date(2026, 9, 1)
    )
    return [(finding.code, finding.place.field) for finding in notice_period(candidate)]


def item_with_rule(n, unit):
    item = ItemFactory.create()
    DeadlineRule.objects.create(
        item=item, position=9, kind="notice_period", n=n, unit=unit, raw=f"公示{n}个工作日"
    )
    return item


def test_other_notices_need_no_dates():
    assert found(kind="announcement") == []


def test_both_dates_are_asked_for():
    assert [place for _, place in found()] == ["starts_on", "ends_on"]


def test_the_end_comes_after_the_start():
    wrong = found(starts_on="2026-09-10", ends_on="2026-09-10")
    assert wrong == [("gate.notice_order", "ends_on")]


@pytest.mark.parametrize(
    ("n", "unit", "ends_on", "is_refused"),
    [
        (7, "workday", "2026-09-18", True),
        (7, "workday", "2026-09-21", False),  # 20 September is worked for the holiday after it
        (30, "day", "2026-10-09", True),
        (30, "day", "2026-10-10", False),
    ],
)
def test_the_period_of_the_item_is_kept(n, unit, ends_on, is_refused):
    item = item_with_rule(n, unit)
    codes = [code for code, _ in found(item=item, starts_on="2026-09-10", ends_on=ends_on)]
    assert codes == (["gate.notice_too_short"] if is_refused else [])


def test_without_a_rule_any_later_end_will_do():
    assert found(item=ItemFactory.create(), starts_on="2026-09-10", ends_on="2026-09-11") == []
