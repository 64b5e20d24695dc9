"""What catalogues announce to the apps above them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.base.events import Event


@dataclass(frozen=True, slots=True)
class EditionAdopted:
    """An edition came into force; ``replaced_id`` is the one that it supersedes, if any."""

    edition_id: int
    replaced_id: int | None
    body_id: int
    domain_id: int
    adopted_at: dt.datetime


edition_adopted: Event[EditionAdopted] = Event("catalogue.edition_adopted")
