"""Mark a record as past its time. Its text stays readable, marked; the log is not concerned."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.base.errors import Refused
from gongkai.disclosures.events import change_of, corrected
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import DisclosureState, is_allowed


def expire(disclosure: Disclosure, *, now: dt.datetime) -> None:
    """The record is expired. Raises ``Refused`` when it is not public or was changed meanwhile."""
    old = DisclosureState(disclosure.state)
    if not is_allowed(old, DisclosureState.EXPIRED):
        raise Refused("disclosures.not_public", record=disclosure.code)
    with transaction.atomic():
        moved = Disclosure.objects.filter(
            pk=disclosure.pk, state=old, version=disclosure.version
        ).update(state=DisclosureState.EXPIRED, expired=True, expire_at=None)
        if moved != 1:
            raise Refused("disclosures.state_changed", record=disclosure.code)
        disclosure.refresh_from_db()
        corrected.announce(change_of(disclosure, kind="expired", now=now))


def expire_due(now: dt.datetime) -> int:
    """Every public record whose end was reached is expired; how many."""
    due = Disclosure.objects.filter(
        state__in=(DisclosureState.PUBLISHED, DisclosureState.CORRECTED), expire_at__lte=now
    ).select_related("body__division")
    n_expired = 0
    for disclosure in due.order_by("expire_at")[:500]:
        try:
            expire(disclosure, now=now)
        except Refused:  # another worker was first
            continue
        n_expired += 1
    return n_expired
