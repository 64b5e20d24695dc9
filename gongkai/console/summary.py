"""What waits for a person: counts with their lists, and the few things to do next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.access import Act, bodies_for, scope_of
from gongkai.disclosures.models import Disclosure, ReviewDecision
from gongkai.disclosures.states import DisclosureState
from gongkai.duties.models import Duty, Reminder
from gongkai.duties.queries import register_rows
from gongkai.duties.states import DutyState
from gongkai.readings.models import CatalogueReading
from gongkai.readings.queries import readings_with_counts

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from gongkai.accounts.models import User

MOST_NEXT = 6
MOST_ASIDE = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the first page and the list behind it."""

    label: _StrPromise
    count: int
    url: str
    tone: str  # "late" | "due" | "done" | "plain"


@dataclass(frozen=True, slots=True)
class NextSteps:
    """The few things to do first, by what the person may do; empty lists where there is nothing."""

    duties: list[Duty] = field(default_factory=list)
    returned: list[Disclosure] = field(default_factory=list)  # with ``comment``
    to_review: list[Disclosure] = field(default_factory=list)
    readings: list[CatalogueReading] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)


def _of_bodies(user: User, act: Act) -> Q:
    """Rows of the bodies on which ``user`` may do ``act``; the bodies are a subquery of their own,
    read once instead of compared for every row."""
    return Q(body__in=bodies_for(user, act).order_by().values("pk"))


def summary_for(user: User, *, today: dt.date) -> list[Figure]:
    """The figures for ``user`` on ``today``; none without a mandate. Constant queries."""
    if not scope_of(user, Act.LOOK):
        return []
    look = _of_bodies(user, Act.LOOK)
    duties = Duty.objects.filter(look)
    records = Disclosure.objects.filter(look)
    counted = (
        (_("已逾期"), duties.in_state(DutyState.OVERDUE, on=today),
         "/console/duties/?state=overdue", "late"),
        (_("十五日内应公开"), duties.in_state(DutyState.DUE, on=today),
         "/console/duties/?state=due", "due"),
        (_("审核中"), records.filter(state=DisclosureState.IN_REVIEW),
         "/console/disclosures/?state=in_review", "plain"),
        (_("草稿"), records.filter(state=DisclosureState.DRAFT),
         "/console/disclosures/?state=draft", "plain"),
    )  # fmt: skip
    return [Figure(label, rows.count(), url, tone) for label, rows, url, tone in counted]


def next_steps(user: User, *, today: dt.date) -> NextSteps:
    """What ``user`` does first: what is owed soonest, what came back, what others wait for.

    Constant queries, whatever the number of records.
    """
    if not scope_of(user, Act.LOOK):
        return NextSteps()
    may_write = bool(scope_of(user, Act.WRITE))
    return NextSteps(
        duties=_owed(user, Act.WRITE if may_write else Act.LOOK, today),
        returned=_returned(user) if may_write else [],
        to_review=_waiting(user) if scope_of(user, Act.REVIEW) else [],
        readings=_open_readings(user) if scope_of(user, Act.SUPERVISE) else [],
        reminders=list(
            Reminder.objects.filter(user=user, read_at=None).select_related(
                "duty__body", "duty__item__edition__domain"
            )[:MOST_ASIDE]
        ),
    )


def _owed(user: User, act: Act, today: dt.date) -> list[Duty]:
    """Half of the list for what is overdue, the longest first; the rest for what comes next."""
    owed = Duty.objects.filter(_of_bodies(user, act), due_on__isnull=False)
    late = owed.in_state(DutyState.OVERDUE, on=today).order_by("due_on", "pk")
    coming = owed.still_open().filter(due_on__gte=today).order_by("due_on", "pk")
    soon = list(coming.values_list("pk", flat=True)[:MOST_NEXT])
    n_late = max(MOST_NEXT // 2, MOST_NEXT - len(soon))
    ids = [*late.values_list("pk", flat=True)[:n_late], *soon][:MOST_NEXT]
    return register_rows(ids, on=today)


def _returned(user: User) -> list[Disclosure]:
    """Drafts that a reviewer sent back and nobody handed in again, the latest first."""
    latest = ReviewDecision.objects.filter(disclosure=OuterRef("pk")).order_by("-pk")
    return list(
        Disclosure.objects.filter(_of_bodies(user, Act.WRITE))
        .exclude(state=DisclosureState.IN_REVIEW)
        .annotate(
            last=Subquery(latest.values("decision")[:1]),
            comment=Subquery(latest.values("comment")[:1]),
            returned_at=Subquery(latest.values("decided_at")[:1]),
        )
        .filter(last=ReviewDecision.Decision.RETURNED)
        .select_related("body")
        .order_by("-returned_at")[:MOST_ASIDE]
    )


def _waiting(user: User) -> list[Disclosure]:
    """Records under review that the person has not decided on, least statutory time first."""
    decided = ReviewDecision.objects.filter(
        disclosure=OuterRef("pk"),
        decided_by=user,
        task_state__workflow_state__status="in_progress",
    )
    return list(
        Disclosure.objects.filter(
            _of_bodies(user, Act.REVIEW), ~Exists(decided), state=DisclosureState.IN_REVIEW
        )
        .select_related("body", "duty")
        .order_by(F("duty__due_on").asc(nulls_last=True), "pk")[:MOST_ASIDE]
    )


def _open_readings(user: User) -> list[CatalogueReading]:
    """Catalogues that were read and not confirmed yet, the newest first."""
    return list(
        readings_with_counts().filter(
            _of_bodies(user, Act.SUPERVISE), state=CatalogueReading.State.OPEN
        )[:MOST_ASIDE]
    )
