"""Duties follow the catalogue and the calendar; what a person decided stays."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.base.errors import Forbidden, Refused
from gongkai.catalogue.events import EditionAdopted, edition_adopted
from gongkai.catalogue.models import Edition
from gongkai.catalogue.rules import item_key
from gongkai.catalogue.tests.factories import PERMANENT, QUARTERLY, EditionFactory, ItemFactory
from gongkai.duties.actions.extend_deadline import extend_deadline
from gongkai.duties.actions.follow_edition import follow_edition
from gongkai.duties.actions.generate_duties import generate_duties
from gongkai.duties.actions.override_day import override_day
from gongkai.duties.actions.recompute_deadlines import recompute_deadlines
from gongkai.duties.actions.register_event import register_event
from gongkai.duties.jobs import keep_register
from gongkai.duties.models import Duty
from gongkai.duties.tests.factories import SHANGHAI, DutyFactory
from gongkai.places.models import BodyKind
from gongkai.places.tests.factories import BodyFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 9, 20, 9, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()
MONTHLY = {"kind": "periodic", "every": "month", "raw": "每月"}
MID_QUARTER = {"kind": "periodic", "every": "quarter", "day_rule": "last_month:20", "raw": "丙"}
TEN_WORKDAYS = {
    "kind": "workdays_after", "n": 10, "unit": "workday", "trigger": "formed_or_changed",
    "raw": "10个工作日内",
}  # fmt: skip


def adopt(old, *, rules=None, **fields):
    """A new edition in the place of the item's, with the same item under other rules."""
    former = old.edition
    Edition.objects.filter(pk=former.pk).update(state="superseded")
    edition = EditionFactory.create(
        body=former.body, domain=former.domain, effective_from=dt.date(2026, 9, 1)
    )
    if rules is None:
        return edition, None
    row = {"key": old.key, "level1": old.level1, "level2": old.level2, "deadlines": rules}
    row["bodies_text"] = old.bodies_text
    return edition, ItemFactory.create(edition=edition, **(row | fields))


def follow(edition):
    return follow_edition(edition, today=TODAY, now=NOW)


def test_an_unchanged_item_keeps_its_duties_and_their_dates():
    old = ItemFactory.create(deadlines=[QUARTERLY])
    generate_duties(TODAY, now=NOW)
    before = dict(Duty.objects.values_list("code", "due_on"))
    edition, new = adopt(old, rules=[QUARTERLY])
    report = follow(edition)
    assert (report.n_kept, report.n_redated, report.n_created) == (4, 0, 0)
    assert dict(Duty.objects.values_list("code", "due_on")) == before
    assert set(Duty.objects.values_list("item", flat=True)) == {new.pk}


def test_a_changed_rule_dates_open_duties_anew_and_leaves_met_ones():
    old = ItemFactory.create(deadlines=[QUARTERLY])
    generate_duties(TODAY, now=NOW)
    Duty.objects.filter(period="2026Q1").update(met_at=NOW, met_on=TODAY)
    edition, _ = adopt(old, rules=[MID_QUARTER])
    assert follow(edition).n_redated == 3
    assert Duty.objects.get(period="2026Q1").due_on == dt.date(2026, 3, 31)
    duty = Duty.objects.get(period="2026Q3")
    assert duty.due_on == dt.date(2026, 9, 20)
    decision = duty.decisions.get()
    assert (decision.kind, decision.previous_due_on) == ("recomputed", dt.date(2026, 9, 30))
    assert decision.decided_by is None


def test_an_extended_date_is_not_computed_over():
    old = ItemFactory.create()
    [duty] = register_event(
        old.edition.body, old, title="印发", occurred_on=dt.date(2026, 9, 18), by=None, now=NOW
    )
    office = UserFactory.mandated(old.edition.body, Role.DISTRICT_OFFICE)
    extend_deadline(duty, due_on=dt.date(2026, 11, 5), reason="征求意见", by=office, now=NOW)
    edition, _ = adopt(old, rules=[TEN_WORKDAYS])
    follow(edition)
    recompute_deadlines(reason="试算", now=NOW)
    duty.refresh_from_db()
    assert duty.due_on == dt.date(2026, 11, 5)


def test_an_event_follows_a_shorter_limit():
    old = ItemFactory.create()
    [duty] = register_event(
        old.edition.body, old, title="印发", occurred_on=dt.date(2026, 9, 18), by=None, now=NOW
    )
    edition, _ = adopt(old, rules=[TEN_WORKDAYS])
    follow(edition)
    duty.refresh_from_db()
    assert duty.due_on == dt.date(2026, 10, 9)


def test_duties_of_an_item_that_is_gone_are_repealed():
    old = ItemFactory.create(deadlines=[QUARTERLY])
    generate_duties(TODAY, now=NOW)
    Duty.objects.filter(period="2026Q1").update(met_at=NOW, met_on=TODAY)
    edition, _ = adopt(old)
    assert follow(edition).n_repealed == 3
    assert Duty.objects.filter(closed_by="repealed").count() == 3
    assert Duty.objects.get(period="2026Q1").closed_by == ""


def test_an_item_that_comes_back_is_owed_again():
    old = ItemFactory.create(deadlines=[PERMANENT])
    generate_duties(TODAY, now=NOW)
    edition, _ = adopt(old)
    follow(edition)
    item = ItemFactory.create(edition=edition, deadlines=[PERMANENT])
    edition, _ = adopt(
        item, rules=[PERMANENT], key=old.key, level2=old.level2, bodies=[old.edition.body]
    )
    follow(edition)
    duty = Duty.objects.get(item_key=old.key)
    assert duty.is_open
    assert [row.kind for row in duty.decisions.all()] == ["repealed", "reopened"]


def test_another_cycle_repeals_the_open_periods_and_makes_its_own():
    old = ItemFactory.create(deadlines=[QUARTERLY])
    generate_duties(TODAY, now=NOW)
    edition, _ = adopt(old, rules=[MONTHLY])
    report = follow(edition)
    assert report.n_repealed == 4
    open_periods = Duty.objects.filter(closed_by="").values_list("period", flat=True)
    assert sorted(open_periods) == ["2026-09", "2026-10"]


def test_an_item_that_only_changed_its_bodies_keeps_its_history():
    old = ItemFactory.create(deadlines=[PERMANENT])
    generate_duties(TODAY, now=NOW)
    Duty.objects.update(met_at=NOW, met_on=TODAY)
    other = BodyFactory.create()
    key = item_key(
        domain=old.edition.domain.code, level1=old.level1, level2=old.level2, level3="",
        subject=(old.edition.body.name, other.name),
    )  # fmt: skip
    edition, new = adopt(
        old, rules=[PERMANENT], key=key, bodies=[old.edition.body, other],
        bodies_text=f"{old.bodies_text}、{other.name}",
    )  # fmt: skip
    assert follow(edition).n_created == 1
    kept = Duty.objects.get(body=old.edition.body)
    assert (kept.item, kept.item_key, kept.met_on) == (new, key, TODAY)


def test_following_twice_changes_nothing():
    old = ItemFactory.create(deadlines=[QUARTERLY])
    generate_duties(TODAY, now=NOW)
    edition, _ = adopt(old, rules=[MID_QUARTER])
    follow(edition)
    report = follow(edition)
    assert (report.n_kept, report.n_repealed, report.n_created) == (0, 0, 0)


def test_adopting_an_edition_makes_its_duties(django_capture_on_commit_callbacks):
    item = ItemFactory.create(deadlines=[PERMANENT])
    edition = item.edition
    with django_capture_on_commit_callbacks(execute=True):
        edition_adopted.announce(
            EditionAdopted(edition.pk, None, edition.body_id, edition.domain_id, NOW)
        )
    assert Duty.objects.get().item == item


@pytest.fixture
def event_duty():
    item = ItemFactory.create()
    [duty] = register_event(
        item.edition.body, item, title="印发", occurred_on=dt.date(2026, 9, 18), by=None, now=NOW
    )
    return duty


def test_a_day_that_the_district_rests_moves_the_dates_that_run_over_it(event_duty):
    office = UserFactory.mandated(event_duty.body, Role.DISTRICT_OFFICE)
    moved = override_day(
        event_duty.body, day=dt.date(2026, 9, 22), is_workday=False, reason="防汛停工",
        by=office, now=NOW,
    )  # fmt: skip
    event_duty.refresh_from_db()
    assert moved == 1
    assert event_duty.due_on == dt.date(2026, 10, 23)
    assert "防汛停工" in event_duty.decisions.get().reason


def test_only_the_office_of_the_district_changes_its_calendar(event_duty):
    facts = {"day": dt.date(2026, 9, 22), "is_workday": False, "reason": "停工", "now": NOW}
    with pytest.raises(Forbidden):
        override_day(event_duty.body, by=UserFactory.mandated(event_duty.body), **facts)
    village = BodyFactory.create(committee=True)
    assert village.kind == BodyKind.VILLAGE_COMMITTEE
    with pytest.raises(Refused, match="not_a_district"):
        override_day(village, by=UserFactory.mandated(village, Role.DISTRICT_OFFICE), **facts)


def test_a_provisional_date_is_settled_when_the_year_is_known(event_duty):
    Duty.objects.update(is_provisional=True, due_on=dt.date(2026, 10, 16))
    assert recompute_deadlines(reason="放假安排公布", now=NOW, only_provisional=True) == 1
    event_duty.refresh_from_db()
    assert (event_duty.due_on, event_duty.is_provisional) == (dt.date(2026, 10, 22), False)


def test_recomputing_with_the_same_calendar_moves_nothing(event_duty):
    assert recompute_deadlines(reason="试算", now=NOW) == 0
    assert not event_duty.decisions.exists()


@pytest.mark.parametrize("n_duties", [1, 15])
def test_recomputing_takes_a_constant_number_of_reads(n_duties, django_assert_max_num_queries):
    DutyFactory.create_batch(n_duties, by_event=True, due_on=dt.date(2026, 10, 1))
    with django_assert_max_num_queries(12):
        assert recompute_deadlines(reason="试算", now=NOW) == n_duties


def test_the_daily_job_keeps_the_register():
    item = ItemFactory.create(deadlines=[PERMANENT, QUARTERLY])
    UserFactory.mandated(item.edition.body)
    done = keep_register(dt.date(2026, 9, 28), now=NOW)
    assert done["created"] == 5
    assert done["reminded"] == 1
    assert keep_register(dt.date(2026, 9, 28), now=NOW) == {
        "created": 0, "redated": 0, "reminded": 0,
    }  # fmt: skip
