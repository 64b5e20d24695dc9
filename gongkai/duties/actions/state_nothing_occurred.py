"""State that in a period nothing occurred that would have to be published (零公开), signed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.duties.models import Duty, DutyDecision
from gongkai.duties.signing import checked_reason, signed_decision


def state_nothing_occurred(
    duty: Duty, *, reason: str, by: User, now: dt.datetime, today: dt.date
) -> DutyDecision:
    """The duty of a period is closed by a signed statement that nothing occurred in it.

    The digest of the duty's facts is signed with the person's name: whoever states it answers for
    it. Raises: ``Forbidden`` without a mandate to write for the body; ``duties.not_a_period`` for
    an event (it occurred) or a standing duty; ``duties.period_not_over`` while it may still occur;
    ``duties.not_open``.
    """
    check_may(by, Act.WRITE, duty.body)
    if duty.occasion != Duty.Occasion.PERIOD or duty.period_ends_on is None:
        raise Refused("duties.not_a_period", duty=duty.code)
    if duty.period_ends_on > today:
        raise Refused("duties.period_not_over", ends_on=duty.period_ends_on)
    decision = signed_decision(
        duty, kind=DutyDecision.Kind.NOTHING_OCCURRED, reason=checked_reason(reason), by=by, now=now
    )
    with transaction.atomic():
        closed = Duty.objects.filter(pk=duty.pk, met_at=None, closed_by="").update(
            closed_by=Duty.Closing.NOTHING, closed_at=now
        )
        if closed != 1:
            raise Refused("duties.not_open", duty=duty.code)
        decision.save()
    duty.closed_by, duty.closed_at = Duty.Closing.NOTHING, now
    return decision
