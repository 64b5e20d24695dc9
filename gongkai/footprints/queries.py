"""Questions about views; every answer reads rolled-up rows only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Sum

from gongkai.footprints.models import DailyViews, TotalViews


def views_of(subjects: Iterable[str]) -> dict[str, int]:
    """How often each subject was viewed in all; 0 where never. One query."""
    wanted = list(subjects)
    found = TotalViews.objects.in_bulk(wanted)
    return {subject: found[subject].n_views if subject in found else 0 for subject in wanted}


def most_viewed(*, kind: str, since: dt.date, n: int) -> list[tuple[str, int]]:
    """The ``n`` subjects of ``kind`` viewed most since a day, most viewed first. One query."""
    rows = (
        DailyViews.objects.filter(day__gte=since, subject__startswith=f"{kind}:")
        .values_list("subject")
        .annotate(n=Sum("n_views"))
        .order_by("-n", "subject")
    )
    return [(subject, n_views) for subject, n_views in rows[:n]]
