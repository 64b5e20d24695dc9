"""The district's choices for its register: when people are reminded, from when duties count."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.duties.models import DutySettings
from gongkai.places.models import Body

LONGEST_LEAD_DAYS = 90
MOST_REMINDERS = 6


@transaction.atomic
def change_register_settings(
    body: Body, *, reminder_days: list[int], begins_on: dt.date | None, by: User
) -> DutySettings:
    """The register reminds ``reminder_days`` before a date and begins on ``begins_on``.

    ``body`` is the district's government. What was generated before stays; the next run follows.
    Raises: ``Forbidden`` without a supervisor's mandate on ``body``; ``duties.reminder_days`` for
    no day, more than 6, or one outside 1 to 90.
    """
    check_may(by, Act.SUPERVISE, body)
    days = sorted(set(reminder_days), reverse=True)
    if not 0 < len(days) <= MOST_REMINDERS or not all(0 < day <= LONGEST_LEAD_DAYS for day in days):
        raise Refused("duties.reminder_days", most=MOST_REMINDERS, longest=LONGEST_LEAD_DAYS)
    kept = DutySettings.objects.order_by("pk").first() or DutySettings()
    kept.reminder_days, kept.begins_on = days, begins_on
    kept.save()
    return kept
