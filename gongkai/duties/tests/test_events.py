"""An event starts deadlines by the item's rules, or by the law where there are none."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.base.errors import Forbidden, Refused
from gongkai.catalogue.tests.factories import QUARTERLY, ItemFactory
from gongkai.duties.actions.register_event import register_event
from gongkai.duties.models import Duty, DutyEvent
from gongkai.duties.queries import explanation
from gongkai.duties.tests.factories import SHANGHAI
from gongkai.places.tests.factories import BodyFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 9, 20, 9, 0, tzinfo=SHANGHAI)
DAY = dt.date(2026, 9, 18)
SPLIT = [
    {"kind": "workdays_after", "n": 7, "unit": "workday", "subject": "执法决定信息", "raw": "甲"},
    {"kind": "workdays_after", "n": 20, "unit": "workday", "subject": "其他信息", "raw": "乙"},
]


def registered(item, **facts):
    given = {"title": "印发实施办法", "occurred_on": DAY, "by": None, "now": NOW} | facts
    return register_event(given.pop("body", item.edition.body), item, **given)


def test_twenty_working_days_run_from_the_day_after_the_event_over_the_national_holiday():
    [duty] = registered(ItemFactory.create())
    assert duty.due_on == dt.date(2026, 10, 22)
    assert duty.event.title == "印发实施办法"
    told = "".join(explanation(duty))
    assert "2026-09-18" in told
    assert "10月1–7日放假" in told
    assert "formed 2026-09-18" in explanation(duty, "en")[0]


def test_an_editor_of_the_body_registers_and_nobody_else():
    item = ItemFactory.create()
    editor = UserFactory.mandated(item.edition.body)
    assert registered(item, by=editor)
    assert DutyEvent.objects.get().registered_by == editor
    for stranger in (
        UserFactory.mandated(item.edition.body, Role.AUDITOR),
        UserFactory.mandated(),
        UserFactory.create(),
    ):
        with pytest.raises(Forbidden):
            registered(item, by=stranger)


def test_the_same_event_twice_is_one():
    item = ItemFactory.create()
    first, second = registered(item), registered(item, title=" 印发实施办法 ")
    assert [duty.pk for duty in first] == [duty.pk for duty in second]
    assert Duty.objects.count() == 1


def test_an_item_with_rules_for_several_subjects_makes_a_duty_for_each():
    duties = registered(ItemFactory.create(deadlines=SPLIT))
    assert {duty.subject: duty.due_on for duty in duties} == {
        "执法决定信息": dt.date(2026, 9, 29),
        "其他信息": dt.date(2026, 10, 22),
    }


def test_the_subject_can_be_chosen():
    [duty] = registered(ItemFactory.create(deadlines=SPLIT), subject="执法决定信息")
    assert duty.subject == "执法决定信息"
    with pytest.raises(Refused, match="unknown_subject"):
        registered(duty.item, subject="别的", title="又一件")
    assert DutyEvent.objects.count() == 1


def test_an_item_whose_rule_was_not_understood_runs_by_the_law_as_inferred():
    item = ItemFactory.create(deadlines=[{"kind": "unknown", "raw": "*个工作日内"}])
    [duty] = registered(item)
    assert (duty.due_on, duty.is_inferred, duty.rule) == (dt.date(2026, 10, 22), True, None)


@pytest.mark.parametrize(
    ("rule", "due_on"),
    [
        ({"kind": "realtime", "raw": "实时公开"}, DAY),
        ({"kind": "days_after", "n": 20, "unit": "day", "raw": "20日内"}, dt.date(2026, 10, 8)),
        ({"kind": "workdays_before", "n": 7, "unit": "workday", "raw": "7个工作日前"},
         dt.date(2026, 9, 9)),
        ({"kind": "prompt", "trigger": "决策作出后", "raw": "及时公开"}, dt.date(2026, 10, 22)),
    ],
)  # fmt: skip
def test_each_kind_of_rule_gives_its_date(rule, due_on):
    [duty] = registered(ItemFactory.create(deadlines=[rule]))
    assert duty.due_on == due_on


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"title": "  "}, "duties.title_missing"),
        ({"title": "事" * 201}, "duties.title_too_long"),
    ],
)
def test_a_bad_event_is_refused_and_nothing_is_stored(facts, code):
    with pytest.raises(Refused, match=code):
        registered(ItemFactory.create(), **facts)
    assert not DutyEvent.objects.exists()


def test_a_periodic_item_has_no_events():
    with pytest.raises(Refused, match=r"duties\.no_event_rule"):
        registered(ItemFactory.create(deadlines=[QUARTERLY]))


def test_only_a_body_that_owes_the_item_registers_events_of_it():
    with pytest.raises(Refused, match=r"duties\.item_not_owed"):
        registered(ItemFactory.create(), body=BodyFactory.create())


def test_an_event_of_an_old_row_counts_for_the_row_in_force():
    old = ItemFactory.create(edition__superseded=True)
    new = ItemFactory.create(key=old.key, bodies=[old.edition.body])
    [duty] = registered(old)
    assert duty.item == new
