"""Responsible people are reminded once of each step towards a date."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.duties.actions.read_reminders import (
    read_all_reminders,
    read_reminders,
    unread_reminders,
)
from gongkai.duties.actions.send_reminders import reminder_of, send_reminders
from gongkai.duties.models import Duty, DutySettings, Reminder
from gongkai.duties.tests.factories import SHANGHAI, DutyFactory, ReminderFactory

NOW = dt.datetime(2026, 9, 25, 1, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()
Kind = Reminder.Kind


@pytest.mark.parametrize(
    ("days_left", "expected"),
    [
        (16, None), (15, (Kind.COMING, 15)), (6, (Kind.COMING, 15)), (5, (Kind.COMING, 5)),
        (2, (Kind.COMING, 5)), (1, (Kind.COMING, 1)), (0, (Kind.DUE_TODAY, 0)),
        (-1, (Kind.OVERDUE, 0)), (-30, (Kind.OVERDUE, 0)), (-31, None),
    ],
)  # fmt: skip
def test_the_reminder_of_a_day(days_left, expected):
    due_on = TODAY + dt.timedelta(days=days_left)
    assert reminder_of(due_on, today=TODAY, lead_days=[15, 5, 1]) == expected


@pytest.mark.django_db
class TestSending:
    def test_who_may_write_for_the_body_is_reminded_and_nobody_else(self):
        duty = DutyFactory.create()
        editor = UserFactory.mandated(duty.body, Role.EDITOR)
        UserFactory.mandated(duty.body, Role.REVIEWER)
        UserFactory.mandated(None, Role.EDITOR)
        assert send_reminders(TODAY, now=NOW) == 1
        reminder = Reminder.objects.get()
        assert (reminder.user, reminder.kind, reminder.lead_days) == (editor, Kind.COMING, 5)

    def test_sending_again_sends_nothing(self):
        duty = DutyFactory.create()
        UserFactory.mandated(duty.body)
        send_reminders(TODAY, now=NOW)
        assert send_reminders(TODAY, now=NOW) == 0
        assert send_reminders(TODAY + dt.timedelta(days=1), now=NOW) == 0

    def test_every_step_and_the_day_itself_and_the_delay_are_told(self):
        duty = DutyFactory.create()
        UserFactory.mandated(duty.body)
        for offset in range(-20, 20):
            send_reminders(duty.due_on + dt.timedelta(days=offset), now=NOW)
        told = Reminder.objects.order_by("pk").values_list("kind", "lead_days")
        assert list(told) == [
            ("coming", 15), ("coming", 5), ("coming", 1), ("due_today", 0), ("overdue", 0),
        ]  # fmt: skip

    @pytest.mark.parametrize("trait", ["met", "waived", "nothing", "standing"])
    def test_what_is_settled_or_undated_reminds_nobody(self, trait):
        duty = DutyFactory.create(**{trait: True})
        UserFactory.mandated(duty.body)
        assert send_reminders(TODAY, now=NOW) == 0

    def test_an_extended_duty_reminds_again(self):
        duty = DutyFactory.create()
        UserFactory.mandated(duty.body)
        send_reminders(TODAY, now=NOW)
        Duty.objects.update(due_on=dt.date(2026, 10, 9))
        assert send_reminders(TODAY, now=NOW) == 1

    def test_the_district_chooses_how_early(self):
        DutySettings.objects.create(reminder_days=[30])
        duty = DutyFactory.create()
        UserFactory.mandated(duty.body)
        assert send_reminders(dt.date(2026, 9, 1), now=NOW) == 1

    def test_more_duties_take_no_more_queries(self, django_assert_max_num_queries):
        first = DutyFactory.create()
        UserFactory.mandated(first.body)
        DutyFactory.create_batch(30, body=first.body, item__edition=first.item.edition)
        with django_assert_max_num_queries(9):
            assert send_reminders(TODAY, now=NOW) == 31


@pytest.mark.django_db
def test_a_person_marks_only_their_own_reminders():
    own, other = ReminderFactory.create(), ReminderFactory.create()
    assert read_reminders(own.user, ids=[own.pk, other.pk], now=NOW) == 1
    assert unread_reminders(own.user, ids=[own.pk, other.pk]) == 1
    assert read_all_reminders(own.user, now=NOW) == 1
    other.refresh_from_db()
    assert other.read_at is None
