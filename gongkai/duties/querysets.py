"""Query sets over duties: the state on a day is computed from facts, never stored."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, F, Q, Value, When

from gongkai.duties.states import DUE_WINDOW_DAYS, DutyState

if TYPE_CHECKING:
    from gongkai.duties.models import Duty  # noqa: F401 - names the type argument


def state_condition(state: DutyState, *, on: dt.date) -> Q:
    """The condition that a duty's state on ``on`` is ``state`` (same rule as ``state_on``)."""
    is_open = Q(met_on=None, closed_by="")
    is_met = Q(closed_by="", met_on__isnull=False)
    window_end = on + dt.timedelta(days=DUE_WINDOW_DAYS)
    conditions = {
        DutyState.WAIVED: Q(closed_by__in=("waived", "repealed")),
        DutyState.NOTHING_OCCURRED: Q(closed_by="nothing"),
        DutyState.MET: is_met & (Q(due_on=None) | Q(met_on__lte=F("due_on"))),
        DutyState.MET_LATE: is_met & Q(met_on__gt=F("due_on")),
        DutyState.OVERDUE: is_open & Q(due_on__lt=on),
        DutyState.DUE: is_open & Q(due_on__gte=on, due_on__lte=window_end),
        DutyState.EXPECTED: is_open & (Q(due_on=None) | Q(due_on__gt=window_end)),
    }
    return conditions[state]


class DutyQuerySet(models.QuerySet["Duty"]):
    """Duties by state and time."""

    def in_state(self, state: DutyState, *, on: dt.date) -> DutyQuerySet:
        """Duties whose state on ``on`` is ``state``."""
        return self.filter(state_condition(state, on=on))

    def still_open(self) -> DutyQuerySet:
        """Duties that are neither met nor closed."""
        return self.filter(met_on=None, closed_by="")

    def with_state(self, *, on: dt.date) -> DutyQuerySet:
        """The same duties, each with ``state`` on ``on`` as a column that can be grouped."""
        whens = [
            When(state_condition(state, on=on), then=Value(state.value))
            for state in DutyState
            if state is not DutyState.EXPECTED
        ]
        return self.annotate(
            state=Case(
                *whens, default=Value(DutyState.EXPECTED.value), output_field=models.CharField()
            )
        )
