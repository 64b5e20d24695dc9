"""Submit a draft for review: it is bound to its digest and locked until it is decided."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from wagtail.models import WorkflowState

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.disclosures.actions.save_draft import check_editable
from gongkai.disclosures.canonical import draft_of
from gongkai.disclosures.gates import candidate_of
from gongkai.disclosures.going_public import check_gates, check_reason
from gongkai.disclosures.models import Disclosure, ReviewDecision
from gongkai.disclosures.passing import begin_review
from gongkai.disclosures.routes import reviewing_body, steps_of
from gongkai.disclosures.states import DisclosureState


def submit(
    disclosure: Disclosure, *, by: User, now: dt.datetime, reason: str = ""
) -> WorkflowState:
    """The latest revision is under review at the first step; its digest is written down.

    ``reason`` is the reason of a correction: required there, and shown to the public with it.
    Raises: ``Forbidden``; ``Refused('disclosures.gates_closed')`` with findings; ``Refused`` when
    there is nothing to submit or nothing changed.
    """
    check_may(by, Act.WRITE, disclosure.body, on=now.date())
    check_editable(disclosure)
    revision = disclosure.latest_revision
    if revision is None or not disclosure.has_draft:
        raise Refused("disclosures.no_draft", record=disclosure.code)
    candidate = candidate_of(draft_of(disclosure, revision), now=now)
    reason = reason.strip()
    if disclosure.version and candidate.digest == disclosure.digest:
        raise Refused("disclosures.nothing_changed", record=disclosure.code)
    if disclosure.version and not reason:
        raise Refused("disclosures.reason_required", record=disclosure.code)
    if disclosure.version:
        check_reason(reason, body=disclosure.body)
    check_gates(candidate)
    workflow = disclosure.get_workflow()
    steps = steps_of(workflow)
    if not steps:
        raise Refused("disclosures.no_steps", name=workflow.name)
    for step in steps:
        reviewing_body(disclosure.body, step)  # refuse now rather than at that step
    with transaction.atomic():
        _enter_review(disclosure, revision_id=revision.pk)
        ReviewDecision.objects.create(
            disclosure=disclosure,
            step="提交",
            digest=candidate.digest,
            decision=ReviewDecision.Decision.SUBMITTED,
            comment=reason,
            decided_at=now,
            decided_by=by,
        )
        return begin_review(disclosure, workflow=workflow, first=steps[0], revision=revision, by=by)


def _enter_review(disclosure: Disclosure, *, revision_id: int) -> None:
    """Compare-and-set: only the revision that was checked, only from the state that was seen."""
    is_first = disclosure.version == 0
    new_state = DisclosureState.IN_REVIEW if is_first else disclosure.state
    moved = Disclosure.objects.filter(
        pk=disclosure.pk,
        state=disclosure.state,
        version=disclosure.version,
        latest_revision_id=revision_id,
    ).update(state=new_state)
    if moved != 1:
        raise Refused("disclosures.state_changed", record=disclosure.code)
    disclosure.state = new_state
