"""Publish a record that passed its review: the workflow's end and the schedule end here."""

from __future__ import annotations

import datetime as dt

from wagtail.models import Revision, WorkflowState

from gongkai.accounts.access import Act, may
from gongkai.accounts.models import User
from gongkai.base.errors import Forbidden, Refused
from gongkai.disclosures.actions.correct import correct
from gongkai.disclosures.canonical import draft_of
from gongkai.disclosures.gates import candidate_of
from gongkai.disclosures.going_public import Kind, Passage, check_gates, go_public
from gongkai.disclosures.models import Disclosure, PublishedRevision
from gongkai.disclosures.responsibility import responsibility_of
from gongkai.disclosures.submissions import Submission, approved_revision


def publish(disclosure: Disclosure, *, by: User, now: dt.datetime) -> PublishedRevision:
    """The revision that passed every step stands in public; whatever permission ``by`` holds, no
    other can.

    Raises: ``Refused('disclosures.not_approved')`` when no revision passed; ``Refused`` with
    findings when a gate closed meanwhile; ``Forbidden`` for people without part in the record.
    """
    revision, submission = approved_for(disclosure, by=by, now=now)
    candidate = candidate_of(draft_of(disclosure, revision), now=now)
    check_gates(candidate)
    passage = Passage(
        kind=Kind.PUBLISHED,
        candidate=candidate,
        by=by,
        now=now,
        revision=revision,
        responsibility=responsibility_of(submission),
    )
    return go_public(disclosure, passage)


def publish_reviewed(
    workflow_state: WorkflowState, *, by: User | None, now: dt.datetime
) -> PublishedRevision | None:
    """The end of a review: published or corrected, or None when it waits for its scheduled time.

    Raises: ``Refused('disclosures.not_approved')``, also for a workflow finished by other means
    than the decisions of our steps; Wagtail then rolls the approval back.
    """
    disclosure = Disclosure.objects.select_related("body__division", "domain", "duty").get(
        pk=workflow_state.object_id
    )
    if by is None:
        raise Refused("disclosures.not_approved", record=disclosure.code)
    if disclosure.go_live_at and disclosure.go_live_at > now:
        approved_for(disclosure, by=by, now=now)
        return None
    return (
        correct(disclosure, by=by, now=now)
        if disclosure.version
        else publish(disclosure, by=by, now=now)
    )


def approved_for(
    disclosure: Disclosure, *, by: User, now: dt.datetime
) -> tuple[Revision, Submission]:
    """The approved revision, when ``by`` is one who approved it or writes for the body."""
    approved = approved_revision(disclosure)
    if approved is None:
        raise Refused("disclosures.not_approved", record=disclosure.code)
    deciders = {approval.decided_by_id for approval in approved[1].approvals}
    acts = (Act.WRITE, Act.REVIEW)
    if by.pk not in deciders and not any(
        may(by, act, disclosure.body, on=now.date()) for act in acts
    ):
        raise Forbidden("access.no_mandate", act="publish", body=disclosure.body.name)
    return approved
