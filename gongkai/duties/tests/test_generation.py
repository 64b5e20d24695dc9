"""Duties come from the catalogues in force, once, for every body, period and standing item."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.catalogue.tests.factories import (
    PERMANENT,
    PROMPT,
    QUARTERLY,
    TWENTY_WORKDAYS,
    EditionFactory,
    ItemFactory,
)
from gongkai.duties.actions.generate_duties import generate_duties
from gongkai.duties.expected import duty_code
from gongkai.duties.models import Duty, DutyChannel, DutySettings
from gongkai.duties.queries import explanation
from gongkai.duties.tests.factories import SHANGHAI
from gongkai.places.tests.factories import BodyFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 8, 10, 1, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()
MONTHLY_25 = {"kind": "periodic", "every": "month", "day_rule": "day:25", "raw": "每月25日"}


def generate(today=TODAY, **options):
    return generate_duties(today, now=NOW, **options).n_created


def periods():
    return list(Duty.objects.order_by("period_starts_on").values_list("period", "due_on"))


def test_a_quarterly_item_is_owed_for_every_quarter_since_the_catalogue_took_effect():
    ItemFactory.create(deadlines=[QUARTERLY])
    assert generate() == 3
    assert [label for label, _ in periods()] == ["2026Q1", "2026Q2", "2026Q3"]
    assert dict(periods())["2026Q2"] == dt.date(2026, 6, 30)


def test_the_next_period_stands_in_the_register_a_month_ahead():
    ItemFactory.create(deadlines=[QUARTERLY])
    generate(dt.date(2026, 9, 5))
    assert periods()[-1][0] == "2026Q4"


def test_generating_again_creates_nothing():
    ItemFactory.create(deadlines=[QUARTERLY, PERMANENT])
    assert generate() == 4
    assert generate() == 0
    assert DutyChannel.objects.count() == 4


def test_a_period_due_before_the_catalogue_took_effect_is_not_owed():
    edition = EditionFactory.create(effective_from=dt.date(2026, 7, 28))
    ItemFactory.create(edition=edition, deadlines=[MONTHLY_25])
    generate(horizon_days=0)
    assert periods() == [("2026-08", dt.date(2026, 8, 25))]


def test_the_district_can_begin_its_register_later_than_its_catalogues():
    DutySettings.objects.create(begins_on=dt.date(2026, 7, 1))
    ItemFactory.create(deadlines=[QUARTERLY])
    generate()
    assert [label for label, _ in periods()] == ["2026Q3"]


def test_every_body_of_an_item_owes_it():
    bodies = BodyFactory.create_batch(3)
    ItemFactory.create(deadlines=[PERMANENT], bodies=bodies)
    assert generate() == 3
    assert set(Duty.objects.values_list("body", flat=True)) == {body.pk for body in bodies}


def test_a_permanent_item_is_owed_without_a_date():
    ItemFactory.create(deadlines=[PERMANENT])
    generate()
    duty = Duty.objects.get()
    assert (duty.occasion, duty.due_on, duty.is_inferred) == ("standing", None, False)
    assert explanation(duty)


def test_a_permanent_item_with_a_limit_must_first_be_published_within_it():
    ItemFactory.create(deadlines=[TWENTY_WORKDAYS, PERMANENT])
    generate()
    duty = Duty.objects.get()
    assert duty.due_on == dt.date(2026, 1, 29)  # 20 working days after 1 January 2026, 4 Jan worked
    assert not duty.is_inferred
    assert explanation(duty)[0] == "目录施行:2026-01-01"


def test_a_prompt_item_has_the_limit_of_the_law_marked_as_inferred():
    ItemFactory.create(deadlines=[PROMPT])
    generate()
    duty = Duty.objects.get()
    assert (duty.occasion, duty.is_inferred) == ("standing", True)
    assert duty.due_on == dt.date(2026, 1, 29)


def test_an_event_item_is_owed_only_after_an_event():
    ItemFactory.create()
    assert generate() == 0


@pytest.mark.parametrize(
    "fields", [{"is_proactive": False}, {"bodies": []}, {"edition__state": "draft"}]
)
def test_what_nobody_must_publish_unasked_is_not_owed(fields):
    ItemFactory.create(deadlines=[PERMANENT], **fields)
    assert generate() == 0


def test_an_item_whose_mode_is_not_known_is_owed():
    ItemFactory.create(deadlines=[PERMANENT], is_proactive=None)
    assert generate() == 1


def test_a_dissolved_body_owes_only_until_its_end():
    body = BodyFactory.create(valid_until=dt.date(2026, 4, 30))
    ItemFactory.create(deadlines=[QUARTERLY, PERMANENT], bodies=[body])
    generate()
    assert [label for label, _ in periods()] == ["2026Q1", "2026Q2"]


def test_a_conditional_rule_makes_no_duty_by_itself():
    monthly = {"kind": "periodic", "every": "month", "condition": "往来较多的", "raw": "应每月公布"}
    ItemFactory.create(deadlines=[QUARTERLY, monthly])
    generate()
    assert {label for label, _ in periods()} == {"2026Q1", "2026Q2", "2026Q3"}


def test_two_catalogues_that_name_the_same_item_make_one_duty():
    first = ItemFactory.create(deadlines=[PERMANENT])
    ItemFactory.create(deadlines=[PERMANENT], key=first.key, bodies=[first.edition.body])
    assert generate() == 1


def test_ticked_channels_become_the_duty_channels():
    ItemFactory.create(deadlines=[PERMANENT], channels=["website", "board"])
    generate()
    told = dict(Duty.objects.get().channels.values_list("code", "is_required"))
    assert told == {"website": True, "board": False}


def test_a_date_in_a_year_without_a_published_calendar_is_provisional():
    edition = EditionFactory.create(effective_from=dt.date(2028, 1, 3))
    ItemFactory.create(edition=edition, deadlines=[PROMPT])
    generate(dt.date(2028, 1, 4))
    duty = Duty.objects.get()
    assert duty.is_provisional
    assert any("尚未公布" in step for step in explanation(duty))


@pytest.mark.parametrize("n_items", [2, 20])
def test_more_items_take_no_more_queries(n_items, django_assert_max_num_queries):
    edition = EditionFactory.create()
    for _ in range(n_items):
        ItemFactory.create(edition=edition, deadlines=[PERMANENT])
    with django_assert_max_num_queries(13):
        assert generate() == n_items


def test_the_code_of_a_duty_is_the_same_wherever_it_is_built():
    assert duty_code("minzheng", "k" * 32, "2026Q3", "") == duty_code(
        "minzheng", "k" * 32, "2026Q3", ""
    )
    assert len({duty_code("b", "k", str(n), "") for n in range(5000)}) == 5000
    assert len(duty_code("b", "k", "", "")) == 12
