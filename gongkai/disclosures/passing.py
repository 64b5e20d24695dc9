"""Moves a review from step to step in Wagtail's own rows, each move guarded by the row before it.

Wagtail's methods would validate every foreign key by a query of its own, read the same rows again
for a log that our named decisions replace, and write mails about pages that are closed here. What
they guarantee is kept: one review in progress a record (the database's constraint), one decision a
step (compare-and-set), the next step by its order, the end by the act of publication.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from wagtail.models import Revision, TaskState, Workflow, WorkflowState

from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.disclosures.models import Disclosure, ReviewTask
from gongkai.disclosures.routes import steps_of

DONE = (TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED)


def hold(disclosure: Disclosure) -> None:
    """The record's row is locked until the transaction ends: decisions, recalls and withdrawals of
    one record queue up, in this order of locks, where the database has locks of rows."""
    if connection.features.has_select_for_update:
        rows = Disclosure.objects.select_for_update(of=("self",)).order_by()
        rows.values_list("pk").get(pk=disclosure.pk)


def begin_review(
    disclosure: Disclosure,
    *,
    workflow: Workflow,
    first: ReviewTask,
    revision: Revision,
    by: User,
) -> WorkflowState:
    """The revision lies at the first step. Four queries.

    Raises: ``Refused('disclosures.state_changed')`` when another review is in progress.
    """
    content_type = ContentType.objects.get_for_model(Disclosure)
    state = WorkflowState(
        content_type=content_type,
        base_content_type=content_type,
        object_id=str(disclosure.pk),
        workflow=workflow,
        status=WorkflowState.STATUS_IN_PROGRESS,
        requested_by=by,
    )
    try:
        with transaction.atomic():
            WorkflowState.objects.bulk_create([state])
    except IntegrityError as error:
        raise Refused("disclosures.state_changed", record=disclosure.code) from error
    _enter_step(state, first, revision)
    return state


def approve_step(task_state: TaskState, *, by: User, now: dt.datetime, comment: str) -> None:
    """The step is approved, once. Raises ``Refused('disclosures.not_in_review')`` if not open."""
    moved = TaskState.objects.filter(pk=task_state.pk, status=TaskState.STATUS_IN_PROGRESS).update(
        status=TaskState.STATUS_APPROVED, finished_at=now, finished_by=by, comment=comment
    )
    if moved != 1:
        raise Refused("disclosures.not_in_review")


def advance(state: WorkflowState, *, revision: Revision) -> bool:
    """Whether the review ended: its next step is begun, or it is approved as a whole.

    A step counts as passed only on this very revision. Raises ``Refused`` when it was moved by
    another hand.
    """
    passed = set(
        TaskState.objects.filter(
            workflow_state=state, revision=revision, status__in=DONE
        ).values_list("task_id", flat=True)
    )
    waiting = [step for step in steps_of(state.workflow) if step.pk not in passed]
    if waiting:
        _enter_step(state, waiting[0], revision)
        return False
    _move(state, status=WorkflowState.STATUS_APPROVED)
    return True


def _enter_step(state: WorkflowState, step: ReviewTask, revision: Revision) -> None:
    task_state = TaskState.objects.create(
        workflow_state=state,
        revision=revision,
        task_id=step.pk,
        status=TaskState.STATUS_IN_PROGRESS,
    )
    _move(state, current_task_state=task_state)


def _move(state: WorkflowState, **facts: object) -> None:
    """Compare-and-set: the review is in progress at the step that was seen."""
    moved = WorkflowState.objects.filter(
        pk=state.pk,
        status=WorkflowState.STATUS_IN_PROGRESS,
        current_task_state=state.current_task_state_id,
    ).update(**facts)
    if moved != 1:
        raise Refused("disclosures.not_in_review")
    for name, value in facts.items():
        setattr(state, name, value)
