"""Remind the responsible people of duties that come due, are due today, or are overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from gongkai.accounts.access import Act, responsible_users
from gongkai.accounts.models import User
from gongkai.duties.models import Duty, Reminder
from gongkai.duties.queries import settings_of_register
from gongkai.places.models import Body

OVERDUE_WINDOW_DAYS = 30
"""Who takes up the work later is not reminded of years of arrears: the register shows those."""


def reminder_of(
    due_on: dt.date, *, today: dt.date, lead_days: Sequence[int]
) -> tuple[Reminder.Kind, int] | None:
    """Which reminder a duty due on ``due_on`` calls for today, and the lead reached; None: none.

    A day on which the job did not run is made up for: the shortest lead that covers the days left
    counts. Example: leads 15, 5, 1 and three days left → (COMING, 5).
    """
    days_left = (due_on - today).days
    if days_left == 0:
        return Reminder.Kind.DUE_TODAY, 0
    if days_left < 0:
        is_recent = -days_left <= OVERDUE_WINDOW_DAYS
        return (Reminder.Kind.OVERDUE, 0) if is_recent else None
    reached = [days for days in lead_days if days >= days_left]
    return (Reminder.Kind.COMING, min(reached)) if reached else None


def send_reminders(today: dt.date, *, now: dt.datetime) -> int:
    """Every responsible person has the reminders that ``today`` calls for; returns the new ones.

    Responsible is who may write for the body (``accounts.access``). Running it again sends
    nothing. Queries: three, and those of ``responsible_users`` per body with such a duty.
    """
    leads = settings_of_register().lead_days
    window = (
        today - dt.timedelta(days=OVERDUE_WINDOW_DAYS),
        today + dt.timedelta(days=max(leads, default=0)),
    )
    duties = list(
        Duty.objects.filter(met_at=None, closed_by="", due_on__range=window)
        .select_related("body__division")
        .only("due_on", "body")
    )
    people: dict[int, list[User]] = {}
    wanted: dict[tuple[int, int, str, dt.date, int], Reminder] = {}
    for duty in duties:
        called_for = duty.due_on and reminder_of(duty.due_on, today=today, lead_days=leads)
        if not called_for or duty.due_on is None:
            continue
        kind, lead = called_for
        for user in _responsible(duty.body, people, today):
            wanted[(duty.pk, user.pk, kind.value, duty.due_on, lead)] = Reminder(
                duty=duty, user=user, kind=kind, due_on=duty.due_on, lead_days=lead, created_at=now
            )
    with transaction.atomic():
        sent = set(
            Reminder.objects.filter(due_on__range=window).values_list(
                "duty_id", "user_id", "kind", "due_on", "lead_days"
            )
        )
        fresh = [reminder for key, reminder in wanted.items() if key not in sent]
        Reminder.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    return len(fresh)


def _responsible(body: Body, people: dict[int, list[User]], today: dt.date) -> list[User]:
    if body.pk not in people:
        people[body.pk] = responsible_users(body, Act.WRITE, on=today)
    return people[body.pk]
