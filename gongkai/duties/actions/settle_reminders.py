"""Take back the reminders of a duty that has been met meanwhile."""

from __future__ import annotations

from gongkai.duties.events import DutyMet
from gongkai.duties.models import Reminder


def settle_reminders(fact: DutyMet) -> None:
    """No unread reminder speaks of the duty any more."""
    Reminder.objects.filter(duty_id=fact.duty_id, read_at=None).update(read_at=fact.met_at)
