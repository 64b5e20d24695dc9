"""Take a submission back before it is decided."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.disclosures.models import Disclosure, ReviewDecision
from gongkai.disclosures.passing import hold
from gongkai.disclosures.states import DisclosureState
from gongkai.disclosures.submissions import active_state, last_submission


def recall(disclosure: Disclosure, *, by: User, now: dt.datetime) -> None:
    """The draft can be edited again; approvals given so far count no more.

    Also takes back what was approved and waits for its scheduled time.
    Raises: ``Forbidden``; ``Refused('disclosures.not_in_review')``.
    """
    check_may(by, Act.WRITE, disclosure.body, on=now.date())
    with transaction.atomic():
        hold(disclosure)
        disclosure.refresh_from_db(fields=("state", "version", "has_unpublished_changes"))
        submission = last_submission(disclosure)
        if submission is None or (disclosure.version and not disclosure.has_unpublished_changes):
            raise Refused("disclosures.not_in_review", record=disclosure.code)
        reopen(disclosure)
        ReviewDecision.objects.create(
            disclosure=disclosure,
            step="撤回提交",
            digest=submission.digest,
            decision=ReviewDecision.Decision.RETURNED,
            decided_at=now,
            decided_by=by,
        )
        state = active_state(disclosure)
        if state is not None:
            state.cancel(user=by)


def reopen(disclosure: Disclosure) -> None:
    """A record that was never public is a draft again; others keep their public state."""
    if disclosure.version:
        return
    moved = Disclosure.objects.filter(
        pk=disclosure.pk, state=DisclosureState.IN_REVIEW, version=0
    ).update(state=DisclosureState.DRAFT)
    if moved != 1:
        raise Refused("disclosures.not_in_review", record=disclosure.code)
    disclosure.state = DisclosureState.DRAFT
