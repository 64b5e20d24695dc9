"""The daily job of the register: duties, dates that the new calendar settles, reminders."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django_tasks import task

from gongkai.base.jobs import enqueue
from gongkai.duties.actions.generate_duties import generate_duties
from gongkai.duties.actions.recompute_deadlines import recompute_deadlines
from gongkai.duties.actions.send_reminders import send_reminders


def keep_register(today: dt.date, *, now: dt.datetime) -> dict[str, int]:
    """The register is what ``today`` asks for; returns how many of each were made or moved."""
    generated = generate_duties(today, now=now)
    moved = recompute_deadlines(
        reason="国务院办公厅已公布放假安排，暂定期限按正式日历重算", now=now, only_provisional=True
    )
    return {
        "created": generated.n_created,
        "redated": moved,
        "reminded": send_reminders(today, now=now),
    }


@task()
def keep_register_daily() -> dict[str, int]:
    """The scheduler's entry: ``keep_register`` for the day on the server's clock."""
    return keep_register(timezone.localdate(), now=timezone.now())


def enqueue_keeping() -> None:
    """What the scheduler does every night: the work itself belongs to a worker."""
    enqueue(keep_register_daily)
