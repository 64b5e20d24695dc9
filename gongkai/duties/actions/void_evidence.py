"""Void the evidence of a revision that no longer stands: its duties may be owed again."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef

from gongkai.duties.models import Duty, DutyChannel, Evidence


def void_evidence(revision_digest: str) -> list[int]:
    """Evidence of the revision counts no more; channels and duties that rested on it are unmet.

    A channel stays met where another valid evidence holds it (a correction that was recorded
    before). Evidence itself is never deleted.
    Shapes: ids of the duties that became unmet, sorted. Queries: constant.
    """
    with transaction.atomic():
        touched = list(
            Evidence.objects.filter(revision_digest=revision_digest, is_void=False)
            .values_list("duty_id", flat=True)
            .distinct()
        )
        if not touched:
            return []
        Evidence.objects.filter(revision_digest=revision_digest, is_void=False).update(is_void=True)
        holding = Evidence.objects.filter(
            duty=OuterRef("duty"), channel_code=OuterRef("code"), is_void=False
        )
        DutyChannel.objects.filter(duty__in=touched, met_at__isnull=False).filter(
            ~Exists(holding)
        ).update(met_at=None)
        missing = DutyChannel.objects.filter(duty=OuterRef("pk"), is_required=True, met_at=None)
        unmet = list(
            Duty.objects.filter(pk__in=touched, met_at__isnull=False)
            .filter(Exists(missing))
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        Duty.objects.filter(pk__in=unmet).update(met_at=None, met_on=None)
    return unmet
