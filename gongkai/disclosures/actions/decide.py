"""Decide on a submission: approve the very text that was read, or return it with a comment."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from wagtail.models import TaskState

from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.disclosures.access import check_may_review
from gongkai.disclosures.actions.publish import publish_reviewed
from gongkai.disclosures.actions.recall import reopen
from gongkai.disclosures.canonical import digest_of, draft_of
from gongkai.disclosures.models import Disclosure, ReviewDecision, ReviewTask
from gongkai.disclosures.passing import advance, approve_step, hold
from gongkai.disclosures.routes import as_step
from gongkai.disclosures.submissions import Submission, active_state, last_submission

Decision = ReviewDecision.Decision


def approve(
    disclosure: Disclosure, *, by: User, digest: str, now: dt.datetime, comment: str = ""
) -> ReviewDecision:
    """The step is approved for ``digest``; after the last step the record is public (or waits for
    its scheduled time). ``digest`` is what the reviewer's page showed.

    Raises: ``Forbidden`` without a mandate for this step; ``Refused``: own work, second step,
    changed since submitted, not in review, gates closed.
    """
    task_state, step = _checked(disclosure, by=by, digest=digest, now=now)
    with transaction.atomic():
        hold(disclosure)
        approve_step(task_state, by=by, now=now, comment=comment)
        decision = ReviewDecision.objects.create(
            disclosure=disclosure,
            task_state=task_state,
            step=step.step,
            digest=digest,
            decision=Decision.APPROVED,
            comment=comment,
            decided_at=now,
            decided_by=by,
        )
        state = task_state.workflow_state
        is_passed = advance(state, revision=task_state.revision)
        if is_passed:
            publish_reviewed(state, by=by, now=now)
    if is_passed:
        disclosure.refresh_from_db()
    return decision


def return_draft(
    disclosure: Disclosure, *, by: User, digest: str, comment: str, now: dt.datetime
) -> ReviewDecision:
    """The draft is with its writer again, with the comment; every step begins anew after that.

    Raises: as ``approve``; ``Refused('disclosures.comment_required')`` without a comment.
    """
    if not comment.strip():
        raise Refused("disclosures.comment_required", record=disclosure.code)
    task_state, step = _checked(disclosure, by=by, digest=digest, now=now)
    with transaction.atomic():
        hold(disclosure)
        is_open = TaskState.objects.filter(
            pk=task_state.pk, status=TaskState.STATUS_IN_PROGRESS
        ).update(comment=comment)
        if is_open != 1:
            raise Refused("disclosures.not_in_review", record=disclosure.code)
        decision = ReviewDecision.objects.create(
            disclosure=disclosure,
            task_state=task_state,
            step=step.step,
            digest=digest,
            decision=Decision.RETURNED,
            comment=comment,
            decided_at=now,
            decided_by=by,
        )
        reopen(disclosure)
        task_state.specific.reject(user=by, comment=comment)
        task_state.workflow_state.refresh_from_db()
        task_state.workflow_state.cancel(user=by)
    disclosure.refresh_from_db()
    return decision


def _checked(
    disclosure: Disclosure, *, by: User, digest: str, now: dt.datetime
) -> tuple[TaskState, ReviewTask]:
    """The open step, when ``by`` may decide at it and read the very text that lies there."""
    state = active_state(disclosure)
    if state is None or state.current_task_state is None:
        raise Refused("disclosures.not_in_review", record=disclosure.code)
    task_state = state.current_task_state
    task_state.workflow_state = state
    step = as_step(task_state.task)
    submission = last_submission(disclosure)
    check_may_review(by, disclosure, task=step, on=now.date(), submission=submission)
    _check_same_text(disclosure, task_state, submission, digest=digest)
    return task_state, step


def _check_same_text(
    disclosure: Disclosure, task_state: TaskState, submission: Submission | None, *, digest: str
) -> None:
    """What was submitted, what lies at this step, what is latest and what was read are one text."""
    revision = task_state.revision
    is_latest = Disclosure.objects.filter(pk=disclosure.pk, latest_revision=revision.pk).exists()
    present = digest_of(draft_of(disclosure, revision))
    if submission is None or not is_latest or {present, digest} != {submission.digest}:
        raise Refused("disclosures.changed_since_submitted", record=disclosure.code)
