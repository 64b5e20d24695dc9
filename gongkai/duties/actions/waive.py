"""Waive a duty: the office decides, with a reason, that it is not owed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.duties.models import Duty, DutyDecision
from gongkai.duties.signing import checked_reason, signed_decision


def waive(duty: Duty, *, reason: str, by: User, now: dt.datetime) -> DutyDecision:
    """The duty is closed as waived, with the signed reason.

    Raises: ``Forbidden`` without a supervisor's mandate; ``duties.not_open`` when it was met or
    closed in the meantime; ``duties.reason_missing``.
    """
    check_may(by, Act.SUPERVISE, duty.body)
    decision = signed_decision(
        duty, kind=DutyDecision.Kind.WAIVED, reason=checked_reason(reason), by=by, now=now
    )
    with transaction.atomic():
        closed = Duty.objects.filter(pk=duty.pk, met_at=None, closed_by="").update(
            closed_by=Duty.Closing.WAIVED, closed_at=now
        )
        if closed != 1:
            raise Refused("duties.not_open", duty=duty.code)
        decision.save()
    duty.closed_by, duty.closed_at = Duty.Closing.WAIVED, now
    return decision
