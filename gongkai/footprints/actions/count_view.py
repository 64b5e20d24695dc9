"""Count views: the daily row and the total grow together, whatever happens at the same time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import F, Model, Q
from django.utils import timezone

from gongkai.base.errors import Refused
from gongkai.footprints.models import DailyViews, TotalViews
from gongkai.footprints.rules import is_subject


def count_view(subject: str, *, now: dt.datetime) -> None:
    """The subject has one view more, on the day of ``now`` and in all."""
    count_views({subject: 1}, day=timezone.localdate(now))


def count_views(counts: Mapping[str, int], *, day: dt.date) -> None:
    """Every subject has so many views more on ``day`` and in all; all of them or none.

    Raises: ``Refused('footprints.not_a_subject')``, ``Refused('footprints.not_a_count')``.
    """
    for subject, n_views in counts.items():
        if not is_subject(subject):
            raise Refused("footprints.not_a_subject", subject=subject)
        if n_views < 1:
            raise Refused("footprints.not_a_count", subject=subject, n=n_views)
    with transaction.atomic():
        for subject, n_views in sorted(counts.items()):
            _grow(DailyViews, Q(subject=subject, day=day), n_views, subject=subject, day=day)
            _grow(TotalViews, Q(subject=subject), n_views, subject=subject)


def _grow(model: type[Model], which: Q, n_views: int, **row: object) -> None:
    """The one row of ``which`` grows; made where there is none.

    Concurrency: two first views race to make the row; the unique key lets one win, the other
    finds the row and grows it.
    """
    rows = model._default_manager
    if rows.filter(which).update(n_views=F("n_views") + n_views):
        return
    try:
        with transaction.atomic():
            rows.create(**row, n_views=n_views)
    except IntegrityError:
        rows.filter(which).update(n_views=F("n_views") + n_views)
