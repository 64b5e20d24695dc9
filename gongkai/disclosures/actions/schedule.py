"""Set when an approved record goes public, and when it expires."""

from __future__ import annotations

import datetime as dt

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import DisclosureState


def schedule(
    disclosure: Disclosure,
    *,
    by: User,
    go_live_at: dt.datetime | None,
    expire_at: dt.datetime | None,
    now: dt.datetime,
) -> None:
    """Publication waits for ``go_live_at`` (None: at once after review) and ends at ``expire_at``.

    A time is no approval: what is not approved by then stays where it is.
    Raises: ``Forbidden``; ``Refused`` for times that have passed or stand in the wrong order.
    """
    check_may(by, Act.WRITE, disclosure.body, on=now.date())
    if disclosure.state == DisclosureState.WITHDRAWN:
        raise Refused("disclosures.withdrawn", record=disclosure.code)
    if go_live_at is not None and go_live_at <= now:
        raise Refused("disclosures.scheduled_in_past", record=disclosure.code)
    if expire_at is not None and expire_at <= (go_live_at or now):
        raise Refused("disclosures.expiry_in_past", record=disclosure.code)
    moved = Disclosure.objects.filter(
        pk=disclosure.pk, state=disclosure.state, version=disclosure.version
    ).update(go_live_at=go_live_at, expire_at=expire_at)
    if moved != 1:
        raise Refused("disclosures.state_changed", record=disclosure.code)
    disclosure.go_live_at, disclosure.expire_at = go_live_at, expire_at
