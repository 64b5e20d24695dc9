"""Extend the deadline of a duty: the office sets a later date, with a reason."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.duties.models import Duty, DutyDecision
from gongkai.duties.signing import checked_reason, signed_decision


def extend_deadline(
    duty: Duty, *, due_on: dt.date, reason: str, by: User, now: dt.datetime
) -> DutyDecision:
    """The duty is due on the later day ``due_on``; the computed steps stay and the decision adds.

    Raises: ``Forbidden`` without a supervisor's mandate; ``duties.not_later`` when the new date is
    not after the present one; ``duties.not_open`` when it was settled or moved meanwhile.
    """
    check_may(by, Act.SUPERVISE, duty.body)
    if duty.due_on is not None and due_on <= duty.due_on:
        raise Refused("duties.not_later", due_on=duty.due_on)
    decision = signed_decision(
        duty,
        kind=DutyDecision.Kind.EXTENDED,
        reason=checked_reason(reason),
        by=by,
        now=now,
        due_on=due_on,
    )
    with transaction.atomic():
        moved = Duty.objects.filter(
            pk=duty.pk, met_at=None, closed_by="", due_on=duty.due_on
        ).update(due_on=due_on, is_provisional=False)
        if moved != 1:
            raise Refused("duties.not_open", duty=duty.code)
        decision.save()
    duty.due_on, duty.is_provisional = due_on, False
    return decision
