"""Say that a district works or rests on a day otherwise than the national calendar says."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.duties.actions.recompute_deadlines import recompute_deadlines
from gongkai.duties.models import CalendarOverride
from gongkai.duties.signing import checked_reason
from gongkai.places.models import Body, DivisionLevel


def override_day(
    body: Body, *, day: dt.date, is_workday: bool, reason: str, by: User, now: dt.datetime
) -> int:
    """The district of ``body`` works (or rests) on ``day``; open deadlines follow.

    Returns how many dates moved. Saying it again for the same day replaces what was said.
    Raises: ``Forbidden`` without a supervisor's mandate on the body; ``duties.not_a_district`` when
    the body is not one of the district itself: a deadline has one calendar, not one per village.
    """
    check_may(by, Act.SUPERVISE, body)
    if body.division.level != DivisionLevel.COUNTY:
        raise Refused("duties.not_a_district", division=body.division.name)
    text = checked_reason(reason)[:200]
    with transaction.atomic():
        CalendarOverride.objects.update_or_create(
            division=body.division, day=day, defaults={"is_workday": is_workday, "reason": text}
        )
        word = "上班" if is_workday else "休息"
        return recompute_deadlines(reason=f"{day:%Y-%m-%d} 调整为{word}：{text}", now=now)


def follow_national_calendar(body: Body, *, day: dt.date, by: User, now: dt.datetime) -> int:
    """The district keeps ``day`` as the national calendar says again; open deadlines follow.

    Returns how many dates moved, 0 where nothing had been said otherwise.
    Raises: ``Forbidden`` without a supervisor's mandate on the body.
    """
    check_may(by, Act.SUPERVISE, body)
    with transaction.atomic():
        gone, _ = CalendarOverride.objects.filter(division=body.division, day=day).delete()
        if not gone:
            return 0
        return recompute_deadlines(reason=f"{day:%Y-%m-%d} 恢复按国家放假安排", now=now)
