"""What the register of duties announces to the apps above it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.base.events import Event


@dataclass(frozen=True, slots=True)
class DutyMet:
    """Every channel that is required and can be proven holds evidence for the duty."""

    duty_id: int
    code: str
    body_id: int
    item_key: str
    met_at: dt.datetime


duty_met: Event[DutyMet] = Event("duties.duty_met")
