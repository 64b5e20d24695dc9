"""Mark a person's reminders as read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from gongkai.accounts.models import User
from gongkai.duties.models import Reminder


def read_reminders(by: User, *, ids: Iterable[int], now: dt.datetime) -> int:
    """Those of ``ids`` that are ``by``'s own and unread are read now; returns how many."""
    return Reminder.objects.filter(user=by, pk__in=list(ids), read_at=None).update(read_at=now)


def read_all_reminders(by: User, *, now: dt.datetime) -> int:
    """All of ``by``'s unread reminders are read now; returns how many."""
    return Reminder.objects.filter(user=by, read_at=None).update(read_at=now)


def unread_reminders(by: User, *, ids: Iterable[int]) -> int:
    """Those of ``ids`` that are ``by``'s own are unread again; returns how many."""
    return Reminder.objects.filter(user=by, pk__in=list(ids)).update(read_at=None)
