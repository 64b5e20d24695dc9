"""What this app announces after a public change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.base.events import Event
from gongkai.disclosures.models import Disclosure


@dataclass(frozen=True, slots=True)
class PublicChange:
    """A record changed in public. ``kind``: published, corrected, withdrawn or expired."""

    code: str
    kind: str
    version: int
    digest: str
    body_id: int
    body_code: str
    domain_id: int | None
    item_key: str
    division_code: str
    duty_id: int | None
    changed_at: dt.datetime
    is_visible: bool


published: Event[PublicChange] = Event("disclosures.published")
corrected: Event[PublicChange] = Event("disclosures.corrected")
withdrawn: Event[PublicChange] = Event("disclosures.withdrawn")


def change_of(disclosure: Disclosure, *, kind: str, now: dt.datetime) -> PublicChange:
    """The change as a value, from the row as it stands after the act."""
    return PublicChange(
        code=disclosure.code,
        kind=kind,
        version=disclosure.version,
        digest=disclosure.digest,
        body_id=disclosure.body_id,
        body_code=disclosure.body.code,
        domain_id=disclosure.domain_id,
        item_key=disclosure.item_key,
        division_code=disclosure.body.division.code,
        duty_id=disclosure.duty_id,
        changed_at=now,
        is_visible=disclosure.is_public,
    )
