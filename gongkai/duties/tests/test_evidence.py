"""A duty is met by evidence on every required channel, and unmet when the evidence falls."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.duties.actions.record_evidence import record_evidence
from gongkai.duties.actions.void_evidence import void_evidence
from gongkai.duties.channels import PROVABLE_CHANNELS
from gongkai.duties.events import duty_met
from gongkai.duties.models import DutyChannel, Evidence, Reminder
from gongkai.duties.tests.factories import SHANGHAI, DutyFactory, ReminderFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 9, 30, 23, 30, tzinfo=SHANGHAI)
LATER = NOW + dt.timedelta(days=3)
FIRST, SECOND = "a" * 64, "b" * 64


def proven(duty, digest=FIRST, *, channel="website", now=NOW, **facts):
    return record_evidence(
        duty, channel_code=channel, revision_digest=digest, kind="web_fetch", now=now, **facts
    )


@pytest.fixture
def announced(monkeypatch):
    facts = []
    monkeypatch.setattr(duty_met, "handlers", [facts.append])
    return facts


def test_evidence_on_the_required_channel_meets_the_duty(
    announced, django_capture_on_commit_callbacks
):
    duty = DutyFactory.create(channels=["website", "board"])
    with django_capture_on_commit_callbacks(execute=True):
        proven(duty)
    duty.refresh_from_db()
    assert (duty.met_at, duty.met_on) == (NOW, dt.date(2026, 9, 30))
    assert [fact.code for fact in announced] == [duty.code]


def test_the_day_of_fulfilment_is_the_day_in_china():
    duty = DutyFactory.create()
    proven(duty, now=dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC))
    duty.refresh_from_db()
    assert duty.met_on == dt.date(2026, 10, 1)


def test_a_duty_waits_for_every_required_channel():
    duty = DutyFactory.create(channels=["website", "board"])
    DutyChannel.objects.filter(code="board").update(is_required=True)
    proven(duty)
    duty.refresh_from_db()
    assert duty.met_at is None
    proven(duty, channel="board", now=LATER)
    duty.refresh_from_db()
    assert duty.met_at == LATER


def test_the_same_evidence_twice_is_one(announced, django_capture_on_commit_callbacks):
    duty = DutyFactory.create()
    with django_capture_on_commit_callbacks(execute=True):
        assert proven(duty).pk == proven(duty, now=LATER).pk
    assert len(announced) == 1
    duty.refresh_from_db()
    assert duty.met_at == NOW


def test_evidence_for_a_channel_that_is_not_listed_is_kept_but_meets_nothing():
    duty = DutyFactory.create()
    proven(duty, channel="gazette")
    duty.refresh_from_db()
    assert duty.met_at is None
    assert Evidence.objects.count() == 1


def test_a_withdrawal_makes_the_duty_owed_again():
    duty = DutyFactory.create()
    proven(duty)
    assert void_evidence(FIRST) == [duty.pk]
    duty.refresh_from_db()
    assert duty.is_open
    assert duty.channels.get().met_at is None
    assert Evidence.objects.get().is_void


def test_a_correction_keeps_the_time_of_the_first_publication():
    duty = DutyFactory.create()
    proven(duty)
    proven(duty, SECOND, now=LATER, replaces=FIRST)
    duty.refresh_from_db()
    assert duty.met_at == NOW
    assert void_evidence(FIRST) == []
    assert list(Evidence.objects.order_by("pk").values_list("is_void", flat=True)) == [True, False]


def test_withdrawing_the_correction_makes_the_duty_owed_again():
    duty = DutyFactory.create()
    proven(duty)
    proven(duty, SECOND, now=LATER, replaces=FIRST)
    assert void_evidence(SECOND) == [duty.pk]


def test_what_was_withdrawn_can_be_proven_anew():
    duty = DutyFactory.create()
    proven(duty)
    void_evidence(FIRST)
    proven(duty, now=LATER)
    duty.refresh_from_db()
    assert duty.met_at == LATER
    assert Evidence.objects.count() == 2


def test_voiding_takes_a_constant_number_of_queries(django_assert_num_queries):
    for duty in DutyFactory.create_batch(5):
        proven(duty)
    with django_assert_num_queries(7):
        assert len(void_evidence(FIRST)) == 5


def test_a_met_duty_has_no_unread_reminder_left(django_capture_on_commit_callbacks):
    reminder = ReminderFactory.create()
    with django_capture_on_commit_callbacks(execute=True):
        proven(reminder.duty)
    assert not Reminder.objects.filter(read_at=None).exists()


def test_only_the_website_can_be_proven_so_far():
    assert {"website"} == PROVABLE_CHANNELS
