"""Reopen a duty that was waived or stated as "nothing occurred" by mistake."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.duties.models import Duty, DutyDecision
from gongkai.duties.signing import checked_reason, signed_decision


def reopen(duty: Duty, *, reason: str, by: User, now: dt.datetime) -> DutyDecision:
    """The duty is owed again; the earlier decision stays on record.

    Raises: ``Forbidden`` without a supervisor's mandate; ``duties.not_closed`` when it is not
    closed by a person's decision (what the catalogue dropped comes back only with the catalogue).
    """
    check_may(by, Act.SUPERVISE, duty.body)
    decision = signed_decision(
        duty, kind=DutyDecision.Kind.REOPENED, reason=checked_reason(reason), by=by, now=now
    )
    with transaction.atomic():
        opened = Duty.objects.filter(
            pk=duty.pk, closed_by__in=(Duty.Closing.WAIVED, Duty.Closing.NOTHING)
        ).update(closed_by="", closed_at=None)
        if opened != 1:
            raise Refused("duties.not_closed", duty=duty.code)
        decision.save()
    duty.closed_by, duty.closed_at = "", None
    return decision
