"""What was submitted last, who decided on it, and which revision has passed every step."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Revision, TaskState, Workflow, WorkflowState

from gongkai.disclosures.canonical import digest_of, draft_of
from gongkai.disclosures.models import Disclosure, ReviewDecision
from gongkai.disclosures.routes import steps_of

Decision = ReviewDecision.Decision


@dataclass(frozen=True, slots=True)
class Submission:
    """The last submission of a record and the approvals since; an earlier one counts no more."""

    submitted: ReviewDecision
    approvals: tuple[ReviewDecision, ...]

    @property
    def digest(self) -> str:
        """The content that was submitted."""
        return self.submitted.digest


def last_submission(disclosure: Disclosure) -> Submission | None:
    """The last submission that was not returned since, or None. One query."""
    decisions = list(
        disclosure.review_decisions.select_related(
            "decided_by", "task_state__revision", "task_state__workflow_state__workflow"
        ).order_by("pk")
    )
    submitted: ReviewDecision | None = None
    approvals: list[ReviewDecision] = []
    for decision in decisions:
        if decision.decision == Decision.SUBMITTED:
            submitted, approvals = decision, []
        elif decision.decision == Decision.APPROVED:
            approvals.append(decision)
        else:
            submitted, approvals = None, []
    return Submission(submitted, tuple(approvals)) if submitted else None


def active_state(disclosure: Disclosure) -> WorkflowState | None:
    """Wagtail's review in progress of this record, with its task."""
    state: WorkflowState | None = (
        WorkflowState.objects.for_instance(disclosure)
        .filter(status=WorkflowState.STATUS_IN_PROGRESS)
        .select_related(
            "current_task_state__task__reviewtask", "current_task_state__revision", "workflow"
        )
        .first()
    )
    return state


def is_under_review(disclosure: Disclosure) -> bool:
    """Whether a review of this record is in progress. One small query."""
    return bool(
        WorkflowState.objects.for_instance(disclosure)
        .filter(status=WorkflowState.STATUS_IN_PROGRESS)
        .exists()
    )


def authors_of(disclosure: Disclosure, submission: Submission | None) -> set[int]:
    """Everyone who wrote a part of the draft that lies for review, or submitted it.

    Those who wrote what became public before are not meant: their text was reviewed then.
    """
    revisions = Revision.objects.for_instance(disclosure)
    if disclosure.live_revision_id:
        revisions = revisions.filter(pk__gt=disclosure.live_revision_id)
    authors = set(revisions.exclude(user=None).values_list("user_id", flat=True))
    if disclosure.version == 0 and disclosure.created_by_id:
        authors.add(disclosure.created_by_id)
    if submission:
        authors.add(submission.submitted.decided_by_id)
    return authors


def approved_revision(disclosure: Disclosure) -> tuple[Revision, Submission] | None:
    """The very revision that passed every step since the last submission, or None.

    Every step of the review it went through has a decision on the digest that was submitted, each
    by another person, none by an author; and the revision still has that digest now. Wagtail's own
    statuses are not asked: they can be set without a decision.
    """
    submission = last_submission(disclosure)
    if submission is None or not submission.approvals:
        return None
    states = [a.task_state for a in submission.approvals if a.task_state is not None]
    if not states or not _is_complete(disclosure, submission, states):
        return None
    revision = states[-1].revision
    if digest_of(draft_of(disclosure, revision)) != submission.digest:
        return None
    return revision, submission


def _is_complete(disclosure: Disclosure, submission: Submission, states: list[TaskState]) -> bool:
    workflow: Workflow = states[-1].workflow_state.workflow
    needed = {step.pk for step in steps_of(workflow)}
    decided = [
        approval
        for approval in submission.approvals
        if approval.digest == submission.digest and approval.task_state is not None
    ]
    people = {approval.decided_by_id for approval in decided}
    return (
        bool(needed)
        and needed <= {a.task_state.task_id for a in decided if a.task_state is not None}
        and len(people) == len(decided)
        and not people & authors_of(disclosure, submission)
        and len({state.revision_id for state in states}) == 1
        and all(state.workflow_state_id == states[-1].workflow_state_id for state in states)
    )
