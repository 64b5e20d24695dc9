"""What waits for a person, counted: duties by state, records in review, open readings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.accounts.access import Act, scope_of
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import DisclosureState
from gongkai.duties.models import Duty
from gongkai.duties.states import DutyState
from gongkai.readings.models import CatalogueReading

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from gongkai.accounts.models import User


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the first page and the list behind it."""

    label: str
    count: int
    url: str
    tone: str  # "late" | "due" | "done" | "plain"


def summary_for(user: User | AnonymousUser, *, today: dt.date) -> list[Figure]:
    """The figures for ``user`` on ``today``. Six queries, whatever the number of records."""
    look = scope_of(user, Act.LOOK).as_query("body")
    duties = Duty.objects.filter(look)
    records = Disclosure.objects.filter(look)
    figures = [
        Figure(
            "已逾期",
            duties.in_state(DutyState.OVERDUE, on=today).count(),
            "/console/duties/?state=overdue",
            "late",
        ),
        Figure(
            "十五日内应公开",
            duties.in_state(DutyState.DUE, on=today).count(),
            "/console/duties/?state=due",
            "due",
        ),
        Figure(
            "审核中",
            records.filter(state=DisclosureState.IN_REVIEW).count(),
            "/console/disclosures/?state=in_review",
            "plain",
        ),
        Figure(
            "草稿",
            records.filter(state=DisclosureState.DRAFT).count(),
            "/console/disclosures/?state=draft",
            "plain",
        ),
    ]
    open_readings = CatalogueReading.objects.filter(look, state=CatalogueReading.State.OPEN).count()
    if open_readings:
        figures.append(Figure("目录待处理", open_readings, "/console/readings/", "due"))
    return figures
