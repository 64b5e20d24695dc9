"""The register answers with a constant number of queries, and counts what it lists."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import Q

from gongkai.catalogue.tests.factories import PERMANENT, DomainFactory, EditionFactory, ItemFactory
from gongkai.duties.models import Duty
from gongkai.duties.queries import (
    Selection,
    calendar_of,
    counts_by_body,
    counts_by_domain,
    counts_by_state,
    duties_of_month,
    duties_register,
    heat_table,
    items_without_body,
    items_without_duty,
    next_open_duty,
    notice_rule,
    register_rows,
)
from gongkai.duties.states import DutyState
from gongkai.duties.tests.factories import DutyFactory
from gongkai.places.tests.factories import BodyFactory

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 10, 8)


def codes(selection):
    return list(duties_register(selection).values_list("code", flat=True))


@pytest.fixture
def register():
    """Six duties of two bodies and two domains, in six states on 8 October 2026."""
    relief = EditionFactory.create()
    health = EditionFactory.create(domain=DomainFactory.create(code="health", name="卫生健康"))
    return {
        "overdue": DutyFactory.create(item__edition=relief, code="overdue"),
        "met": DutyFactory.create(item__edition=relief, met=True, code="met"),
        "late": DutyFactory.create(item__edition=relief, met_late=True, code="late"),
        "waived": DutyFactory.create(item__edition=health, waived=True, code="waived"),
        "due": DutyFactory.create(
            item__edition=health, by_event=True, code="due", due_on=dt.date(2026, 10, 22)
        ),
        "standing": DutyFactory.create(item__edition=health, standing=True, code="standing"),
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["overdue", "met", "late", "waived", "due", "standing"]),
        ({"states": (DutyState.OVERDUE,)}, ["overdue"]),
        ({"states": (DutyState.MET, DutyState.MET_LATE)}, ["met", "late"]),
        ({"domain": "health"}, ["waived", "due", "standing"]),
        ({"occasion": "event"}, ["due"]),
        ({"period": "2026Q3"}, ["overdue", "met", "late", "waived"]),
        ({"period": "2026"}, ["overdue", "met", "late", "waived"]),
        ({"text": "实施办法"}, ["due"]),
        ({"text": "最低生活 审核"}, ["overdue", "met", "late", "waived", "due", "standing"]),
        ({"text": "没有这样的事"}, []),
        ({"due_from": dt.date(2026, 10, 1)}, ["due"]),
        ({"due_until": dt.date(2026, 9, 30)}, ["overdue", "met", "late", "waived"]),
        ({"scope": Q(pk__in=[])}, []),
        ({"body": "nobody"}, []),
    ],
)
def test_the_register_lists_what_is_asked_for(register, asked, found):
    assert codes(Selection(on=ON, **asked)) == found


def test_undated_duties_come_last_in_either_direction(register):
    assert codes(Selection(on=ON, sort="due"))[-1] == "standing"
    assert codes(Selection(on=ON, sort="-due"))[-1] == "standing"


@pytest.mark.parametrize("sort", ["body", "item", "nonsense"])
def test_every_order_lists_everything(register, sort):
    assert len(codes(Selection(on=ON, sort=sort))) == 6


def test_counts_are_those_of_the_lists(register):
    duties = duties_register(Selection(on=ON))
    counts = counts_by_state(duties, on=ON)
    for state in DutyState:
        assert counts.of(state) == len(codes(Selection(on=ON, states=(state,))))
    assert (counts.n_met, counts.n_owed, counts.total) == (2, 3, 6)
    assert counts.rate == pytest.approx(2 / 3)
    assert counts.punctual_rate == pytest.approx(1 / 3)


def test_nothing_owed_has_no_rate():
    assert counts_by_state(duties_register(Selection(on=ON)), on=ON).rate is None


def test_counts_by_body_and_domain_add_up(register):
    duties = duties_register(Selection(on=ON))
    assert sum(group.counts.total for group in counts_by_body(duties, on=ON)) == 6
    by_domain = {group.name: group.counts.total for group in counts_by_domain(duties, on=ON)}
    assert by_domain == {"社会救助": 3, "卫生健康": 3}


def test_the_heat_table_has_the_sums_of_its_cells(register, django_assert_num_queries):
    with django_assert_num_queries(1):
        table = heat_table(duties_register(Selection(on=ON)), on=ON)
    assert len(table.bodies) == 2
    assert sum(cell.total for cell in table.cells.values()) == 6
    assert sum(group.counts.total for group in table.domains) == 6


@pytest.mark.parametrize("n_duties", [1, 12])
def test_a_page_of_the_register_takes_three_queries(n_duties, django_assert_num_queries):
    DutyFactory.create_batch(n_duties)
    with django_assert_num_queries(3):
        ids = list(duties_register(Selection(on=ON)).values_list("pk", flat=True)[:50])
        rows = register_rows(ids, on=ON)
        told = [(r.body.name, r.item.edition.domain.name, len(r.channels.all())) for r in rows]
    assert len(told) == n_duties


def test_the_calendar_shows_each_duty_on_its_day(register, django_assert_num_queries):
    duty = register["due"]
    with django_assert_num_queries(1):
        weeks = calendar_of(duty.body, month=dt.date(2026, 10, 1), on=ON)
    days = {day.day: [row.code for row in day.duties] for week in weeks for day in week}
    assert days[dt.date(2026, 10, 22)] == ["due"]
    assert all(len(week) == 7 for week in weeks)
    assert min(days).weekday() == 0


def test_the_month_holds_what_is_owed_and_what_was_done_in_it(register):
    owed = duties_of_month(Q(), on=ON).values_list("code", flat=True)
    assert list(owed) == ["overdue", "late", "due"]


def test_a_new_record_meets_the_duty_that_falls_due_first():
    later = DutyFactory.create(period="2026Q4", due_on=dt.date(2026, 12, 31))
    first = DutyFactory.create(item=later.item, body=later.body)
    DutyFactory.create(item=later.item, body=later.body, period="2026Q2", met=True)
    assert next_open_duty(later.item_key, body=later.body) == first
    assert next_open_duty(later.item_key, body=BodyFactory.create()) is None


def test_items_that_nobody_owes_are_findings():
    item = ItemFactory.create(bodies=[])
    ItemFactory.create()
    ItemFactory.create(bodies=[], is_proactive=False)
    assert items_without_body() == [item]


def test_items_whose_deadline_gives_no_duty_are_findings():
    item = ItemFactory.create(deadlines=[{"kind": "unknown", "raw": "*个工作日内"}])
    ItemFactory.create(deadlines=[PERMANENT])
    assert items_without_duty() == [item]


def test_the_notice_period_is_kept_for_records():
    rule = {"kind": "notice_period", "n": 7, "unit": "workday", "raw": "公示7个工作日"}
    assert notice_rule(ItemFactory.create(deadlines=[rule])).n == 7
    assert notice_rule(ItemFactory.create()) is None


def test_a_duty_has_a_name_for_people():
    duty = Duty.objects.get(pk=DutyFactory.create().pk)
    assert str(duty).endswith("2026Q3")
