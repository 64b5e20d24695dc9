"""Work that recurs: apps say what and how often in ``ready()``, one loop of ``serve`` does it.

The work itself must be safe to repeat and safe to run on several machines at once: the schedule
is a wake-up, never the record that something happened. So a daily duty runs at its hour, and also
once after a start later on that day.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import close_old_connections, connections
from django.utils import timezone

logger = logging.getLogger(__name__)

Work = Callable[[], Any]
SLOWEST_UNREMARKED_SECONDS = 30
LONGEST_RETRY_SECONDS = 60.0


@dataclass(slots=True)
class Recurring:
    """One piece of recurring work; exactly one of ``seconds`` and ``hour`` is set."""

    name: str
    work: Work
    seconds: float | None = None
    hour: int | None = None
    next_at: float = 0.0  # monotonic
    done_on: dt.date | None = None
    n_failures: int = 0

    def is_due(self, *, clock: float, now: dt.datetime) -> bool:
        """Whether the work is to be done at this moment (local time for daily work)."""
        if self.seconds is not None:
            return clock >= self.next_at
        is_hour = self.hour is not None and now.hour >= self.hour
        return is_hour and self.done_on != now.date() and clock >= self.next_at

    def put_off(self, *, clock: float, now: dt.datetime) -> None:
        """The work was done, or failed and is tried again, waiting longer each time."""
        if self.n_failures:
            self.next_at = clock + min(2.0**self.n_failures, LONGEST_RETRY_SECONDS)
            return
        self.next_at = clock + (self.seconds or 0.0)
        self.done_on = now.date()


@dataclass(slots=True)
class Schedule:
    """All recurring work of a process."""

    works: list[Recurring] = field(default_factory=list)

    def add(self, recurring: Recurring) -> None:
        """Register the work; a name registered again replaces the former."""
        self.works = [known for known in self.works if known.name != recurring.name]
        self.works.append(recurring)

    def tick(self, *, clock: float, now: dt.datetime) -> int:
        """Do everything that is due; a failure is logged and stops nothing else."""
        n_done = 0
        for recurring in self.works:
            if recurring.is_due(clock=clock, now=now):
                _do(recurring)
                recurring.put_off(clock=clock, now=now)
                n_done += 1
        return n_done


SCHEDULE = Schedule()


def every(seconds: float, name: str) -> Callable[[Work], Work]:
    """The decorated function is called about every ``seconds`` seconds."""

    def register(work: Work) -> Work:
        SCHEDULE.add(Recurring(name=name, work=work, seconds=seconds))
        return work

    return register


def daily(hour: int, name: str) -> Callable[[Work], Work]:
    """The decorated function is called once a day, at or after ``hour`` o'clock local time."""

    def register(work: Work) -> Work:
        SCHEDULE.add(Recurring(name=name, work=work, hour=hour))
        return work

    return register


def run(*, is_stopping: Callable[[float], bool], schedule: Schedule = SCHEDULE) -> None:
    """Tick until ``is_stopping`` (which waits the seconds given) says so."""
    while not is_stopping(0.2):
        close_old_connections()
        schedule.tick(clock=time.monotonic(), now=timezone.localtime())
    connections.close_all()


def _do(recurring: Recurring) -> None:
    started = time.monotonic()
    try:
        recurring.work()
    except Exception:  # the edge of recurring work: told, and tried again
        recurring.n_failures += 1
        logger.exception("%s failed (%d in a row)", recurring.name, recurring.n_failures)
        connections.close_all()
        return
    recurring.n_failures = 0
    if time.monotonic() - started > SLOWEST_UNREMARKED_SECONDS:
        logger.warning("%s took %.0f s", recurring.name, time.monotonic() - started)
