"""Generate the duties that the catalogues in force ask for: idempotent, one edition at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from gongkai.catalogue.models import Edition, Item
from gongkai.duties.deadlines import DeadlineBook
from gongkai.duties.expected import (
    Expectation,
    channels_of,
    expected_duties,
    items_with_rules,
)
from gongkai.duties.models import Duty, DutyChannel
from gongkai.duties.queries import settings_of_register

HORIZON_DAYS = 31
"""Periods that begin within the next month already stand in the register, as expected."""

_BATCH = 900


@dataclass(frozen=True, slots=True)
class GenerationReport:
    """What a run of the generation did."""

    n_editions: int
    n_created: int


def generate_duties(
    today: dt.date, *, now: dt.datetime, horizon_days: int = HORIZON_DAYS
) -> GenerationReport:
    """Every duty exists that the editions in force ask for by ``today`` + ``horizon_days``.

    Running it again creates nothing. Each edition is one transaction, so that the register stays
    writable for people meanwhile. Queries: a constant number per edition, and inserts in batches.
    """
    book = DeadlineBook.for_district()
    begins_on = settings_of_register().begins_on
    editions = list(Edition.objects.filter(state=Edition.State.IN_FORCE).order_by("pk"))
    created = 0
    for edition in editions:
        asked = expectation_of(
            edition, today=today, now=now, horizon_days=horizon_days, begins_on=begins_on
        )
        created += generate_for_edition(asked, book=book)
    return GenerationReport(n_editions=len(editions), n_created=created)


def expectation_of(
    edition: Edition,
    *,
    today: dt.date,
    now: dt.datetime,
    begins_on: dt.date | None,
    horizon_days: int = HORIZON_DAYS,
) -> Expectation:
    """From which day ``edition`` is counted: its own, but not before the district's register."""
    starts_on = edition.effective_from or edition.adopted_on or today
    if begins_on is not None:
        starts_on = max(starts_on, begins_on)
    return Expectation(edition, starts_on, today + dt.timedelta(days=horizon_days), now)


def generate_for_edition(
    asked: Expectation, *, book: DeadlineBook, items: list[Item] | None = None
) -> int:
    """The duties of one edition exist; returns how many were new. ``items``: as already loaded."""
    loaded = items_with_rules(asked.edition) if items is None else items
    with transaction.atomic():
        known = set(
            Duty.objects.filter(
                event=None,
                item_key__in=Item.objects.filter(edition=asked.edition).values("key"),
            ).values_list("body_id", "item_key", "period", "subject")
        )
        fresh: list[Duty] = []
        for item in loaded:
            for duty in expected_duties(item, asked=asked, book=book):
                identity = (duty.body_id, duty.item_key, duty.period, duty.subject)
                if identity not in known:
                    known.add(identity)
                    fresh.append(duty)
        return store_duties(fresh)


def store_duties(duties: Iterable[Duty]) -> int:
    """The duties are in the register with their channels; those already there are left alone."""
    fresh = list(duties)
    if not fresh:
        return 0
    Duty.objects.bulk_create(fresh, batch_size=_BATCH, ignore_conflicts=True)
    # Ids are read back by code: with conflicts ignored the database does not return them, and a
    # row that another worker stored first under another id must not get its channels twice.
    ids: dict[str, int] = {}
    codes = [duty.code for duty in fresh]
    for start in range(0, len(codes), _BATCH):
        ids |= dict(
            Duty.objects.filter(code__in=codes[start : start + _BATCH], channels=None).values_list(
                "code", "pk"
            )
        )
    channels = {duty.item_id: channels_of(duty.item) for duty in fresh}
    DutyChannel.objects.bulk_create(
        [
            DutyChannel(
                duty_id=ids[duty.code],
                code=channel.code,
                label=channel.label,
                is_required=channel.is_required,
            )
            for duty in fresh
            if duty.code in ids
            for channel in channels[duty.item_id]
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    return len(ids)
