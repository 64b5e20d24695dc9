"""The states of a duty and the rule that tells the state on a day."""

from __future__ import annotations

import datetime as dt

from django.db import models

DUE_WINDOW_DAYS = 15
"""A duty is *due* (应公开) when its date is at most this many calendar days ahead."""


class DutyState(models.TextChoices):
    """What can be said of a duty on a given day."""

    EXPECTED = "expected", "待公开"
    DUE = "due", "应公开"
    OVERDUE = "overdue", "已逾期"
    MET = "met", "按时公开"
    MET_LATE = "met_late", "逾期公开"
    WAIVED = "waived", "已免除"
    NOTHING_OCCURRED = "nothing_occurred", "本期无此项"


def state_on(
    on: dt.date, *, due_on: dt.date | None, met_on: dt.date | None, closed_by: str
) -> DutyState:
    """The state on ``on`` of a duty with these facts.

    ``closed_by`` is "" (open), "waived", "repealed" or "nothing".
    """
    if closed_by == "nothing":
        return DutyState.NOTHING_OCCURRED
    if closed_by:
        return DutyState.WAIVED
    if met_on is not None:
        is_late = due_on is not None and met_on > due_on
        return DutyState.MET_LATE if is_late else DutyState.MET
    if due_on is None or due_on > on + dt.timedelta(days=DUE_WINDOW_DAYS):
        return DutyState.EXPECTED
    return DutyState.OVERDUE if due_on < on else DutyState.DUE
