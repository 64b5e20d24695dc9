"""Confirm a settled reading: it becomes the edition in force. Or discard it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.catalogue.actions.adopt_edition import adopt_edition
from gongkai.catalogue.models import Edition
from gongkai.readings.models import CatalogueReading
from gongkai.readings.queries import reading_content


def confirm_reading(
    reading: CatalogueReading,
    *,
    by: User | None,
    now: dt.datetime,
    effective_from: dt.date | None = None,
) -> Edition:
    """``reading`` is confirmed and its catalogue in force from ``effective_from`` (today).

    Raises: ``Forbidden``; ``Refused`` reading.not_open, reading.questions_open (with ``n``),
    reading.domain_missing, and as ``adopt_edition``.
    """
    if by is not None:
        check_may(by, Act.SUPERVISE, reading.body)
    n_open = reading.questions.filter(settled_at=None).count()
    if n_open:
        raise Refused("reading.questions_open", n=n_open, title=reading.title)
    if reading.domain is None:
        raise Refused("reading.domain_missing", title=reading.title)
    content = reading_content(reading, effective_from=effective_from)
    with transaction.atomic():
        confirmed = CatalogueReading.objects.filter(
            pk=reading.pk, state=CatalogueReading.State.OPEN
        ).update(state=CatalogueReading.State.CONFIRMED, confirmed_at=now, confirmed_by=by)
        if confirmed != 1:
            raise Refused("reading.not_open", title=reading.title)
        edition = adopt_edition(content, body=reading.body, domain=reading.domain, by=by, now=now)
        CatalogueReading.objects.filter(pk=reading.pk).update(edition=edition)
    reading.refresh_from_db()
    return edition


def discard_reading(reading: CatalogueReading, *, by: User | None) -> None:
    """``reading`` is set aside; its file and answers stay. Raises: as ``confirm_reading``."""
    if by is not None:
        check_may(by, Act.SUPERVISE, reading.body)
    discarded = CatalogueReading.objects.filter(
        pk=reading.pk, state=CatalogueReading.State.OPEN
    ).update(state=CatalogueReading.State.DISCARDED)
    if discarded != 1:
        raise Refused("reading.not_open", title=reading.title)
    reading.state = CatalogueReading.State.DISCARDED
