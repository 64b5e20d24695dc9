"""Questions to the disclosures: what is public, what waits for whom, what happened to a record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import TaskState, WorkflowState

from gongkai.accounts.access import Act, scope_of
from gongkai.base.errors import Forbidden, Refused
from gongkai.disclosures import record_templates
from gongkai.disclosures.access import check_may_review
from gongkai.disclosures.differences import FieldDifference, record_differences
from gongkai.disclosures.models import Disclosure, PublishedRevision, ReviewDecision, ReviewTask
from gongkai.disclosures.querysets import DisclosureQuerySet
from gongkai.disclosures.routes import as_step

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.catalogue.models import Domain
    from gongkai.places.models import Body, Division


def public_disclosures(
    *,
    division: Division | None = None,
    body: Body | None = None,
    domain: Domain | None = None,
    item_key: str = "",
) -> QuerySet[Disclosure]:
    """What anyone can read now, newest first, with body, place and domain (one query)."""
    rows = DisclosureQuerySet(Disclosure).public()
    if division is not None:
        rows = rows.within(division)
    if body is not None:
        rows = rows.filter(body=body)
    if domain is not None:
        rows = rows.filter(domain=domain)
    if item_key:
        rows = rows.filter(item_key=item_key)
    return rows.select_related("body__division", "domain").order_by("-published_at", "-pk")


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One record that waits for a person's decision, and how much statutory time is left."""

    disclosure: Disclosure
    step: str
    waiting_since: dt.datetime
    due_on: dt.date | None
    days_left: int | None
    is_correction: bool
    why_not: str = ""  # code of why this person cannot decide it, "" when they can


def review_queue(user: User, *, today: dt.date) -> list[QueueEntry]:
    """What waits for a decision of ``user``, least statutory time first; without a date, last.

    Own work and second steps are listed with the reason, so that nobody waits in vain.
    """
    scope = scope_of(user, Act.REVIEW, on=today)
    if not scope:
        return []
    tasks = _open_task_states()
    rows = (
        Disclosure.objects.filter(pk__in=list(tasks))
        .filter(scope.as_query("body") | _below(user, today))
        .select_related("body__division", "body__parent__division", "domain", "duty")
    )
    entries = []
    for row in {row.pk: row for row in rows}.values():  # the joins may repeat a row
        entry = _entry(row, tasks[row.pk], user=user, today=today)
        if entry is not None:
            entries.append(entry)
    return sorted(
        entries,
        key=lambda e: (e.due_on is None, e.due_on or today, e.waiting_since),
    )


def _below(user: User, today: dt.date) -> Q:
    """Bodies whose reviewing body may be above them: their parent, or their place's township."""
    scope = scope_of(user, Act.REVIEW, on=today)
    return scope.as_query("body__parent") | Q(
        body__division__parent__bodies__in=list(scope.body_ids)
    )


def _open_task_states() -> dict[int, TaskState]:
    """The open step of every disclosure under review, by the record's id."""
    content_type = ContentType.objects.get_for_model(Disclosure)
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=content_type,
    ).select_related("task", "workflow_state")
    return {int(state.workflow_state.object_id): state for state in states}


def _entry(row: Disclosure, state: TaskState, *, user: User, today: dt.date) -> QueueEntry | None:
    step: ReviewTask = as_step(state.task)
    why_not = ""
    try:
        check_may_review(user, row, task=step, on=today)
    except Forbidden:
        return None
    except Refused as error:
        why_not = error.code
    due_on = row.duty.due_on if row.duty else None
    return QueueEntry(
        disclosure=row,
        step=step.step,
        waiting_since=state.started_at,
        due_on=due_on,
        days_left=(due_on - today).days if due_on else None,
        is_correction=row.version > 0,
        why_not=why_not,
    )


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a record: a decision of its review, or a public act."""

    at: dt.datetime
    what: str
    who: str
    note: str
    digest: str
    number: int = 0  # of the public revision
    is_public: bool = False


def history(disclosure: Disclosure) -> list[Happening]:
    """Everything that happened to the record, newest first. Two queries."""
    happenings = [
        Happening(
            at=revision.made_at,
            what=revision.get_kind_display(),
            who=str(revision.made_by or ""),
            note=revision.reason,
            digest=revision.digest,
            number=revision.number,
            is_public=True,
        )
        for revision in disclosure.published_revisions.select_related("made_by").order_by("-number")
    ]
    happenings += [
        Happening(
            at=decision.decided_at,
            what=f"{decision.step}：{decision.get_decision_display()}",
            who=str(decision.decided_by),
            note=decision.comment,
            digest=decision.digest,
        )
        for decision in disclosure.review_decisions.select_related("decided_by").order_by("-pk")
    ]
    return sorted(happenings, key=lambda h: (h.at, h.is_public), reverse=True)  # stable


def public_history(disclosure: Disclosure) -> QuerySet[PublishedRevision]:
    """The public revisions, newest first; records of private ones are empty."""
    return disclosure.published_revisions.select_related("log_entry").order_by("-number")


def revision_difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[FieldDifference]:
    """What differs between two canonical records (``PublishedRevision.record``,
    ``canonical.canonical_record(draft)``), field by field, as pieces to mark."""
    name = str(new.get("template") or old.get("template") or "article")
    return record_differences(old, new, template=record_templates.get(name))


def decisions_of(disclosure: Disclosure) -> QuerySet[ReviewDecision]:
    """The decisions on a record, oldest first."""
    return disclosure.review_decisions.select_related("decided_by").order_by("pk")
