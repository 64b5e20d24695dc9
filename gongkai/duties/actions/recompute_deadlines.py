"""Compute open deadlines anew, when a year's calendar came out or a district changed a day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef

from gongkai.catalogue.models import Item
from gongkai.duties.deadlines import DeadlineBook
from gongkai.duties.expected import items_with_rules_of
from gongkai.duties.models import Duty, DutyDecision
from gongkai.duties.redating import Changes, redate, rule_for


def recompute_deadlines(*, reason: str, now: dt.datetime, only_provisional: bool = False) -> int:
    """Open duties have the date that the calendar of today gives; returns how many moved.

    Each duty whose date moved keeps a decision with ``reason``, the old and the new date. What a
    person extended is left alone. Queries: constant, plus updates in batches.
    """
    extended = DutyDecision.objects.filter(duty=OuterRef("pk"), kind=DutyDecision.Kind.EXTENDED)
    open_duties = Duty.objects.filter(
        ~Exists(extended), met_at=None, closed_by="", due_on__isnull=False
    )
    if only_provisional:
        open_duties = open_duties.filter(is_provisional=True)
    book = DeadlineBook.for_district()
    changes = Changes()
    with transaction.atomic():
        duties = list(open_duties.select_related("body", "event").order_by("pk"))
        rows = items_with_rules_of(Item.objects.filter(duties__in=open_duties).distinct())
        items = {item.pk: item for item in rows}
        for duty in duties:
            item = items.get(duty.item_id)
            if item is None:
                continue
            rule, is_asked = rule_for(duty, list(item.deadlines.all()))
            if is_asked and redate(
                duty, rule=rule, item=item, book=book, reason=reason, now=now, changes=changes
            ):
                changes.duties.append(duty)
        changes.store()
    return len(changes.decisions)
