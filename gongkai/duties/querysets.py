"""Query sets over duties: the state on a day is computed from facts, never stored."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from gongkai.duties.states import DUE_WINDOW_DAYS, DutyState

if TYPE_CHECKING:
    from gongkai.duties.models import Duty


class DutyQuerySet(models.QuerySet["Duty"]):
    """Duties by state and time."""

    def in_state(self, state: DutyState, *, on: dt.date) -> DutyQuerySet:
        """Duties whose state on ``on`` is ``state`` (the same rule as ``states.state_on``)."""
        is_open = Q(met_at=None, closed_by="")
        window_end = on + dt.timedelta(days=DUE_WINDOW_DAYS)
        conditions = {
            DutyState.WAIVED: Q(closed_by__in=("waived", "repealed")),
            DutyState.NOTHING_OCCURRED: Q(closed_by="nothing"),
            DutyState.MET: Q(closed_by="", met_at__isnull=False)
            & (Q(due_on=None) | Q(met_at__date__lte=F("due_on"))),
            DutyState.MET_LATE: Q(closed_by="", met_at__date__gt=F("due_on")),
            DutyState.OVERDUE: is_open & Q(due_on__lt=on),
            DutyState.DUE: is_open & Q(due_on__gte=on, due_on__lte=window_end),
            DutyState.EXPECTED: is_open & (Q(due_on=None) | Q(due_on__gt=window_end)),
        }
        return self.filter(conditions[state])
