"""The process behind the site: runs the jobs of the queue and the recurring work."""

from __future__ import annotations

import datetime as dt
import logging
import os
import signal
import socket
import threading
from types import FrameType

from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from gongkai.base import scheduler
from gongkai.base.scheduler import SCHEDULE, Schedule

logger = logging.getLogger(__name__)

QUICK_SECONDS = 5.0
KEPT_RESULTS_DAYS = 14
STOP_SECONDS = 6.0


def work(*, interval: float) -> None:
    """Run jobs in this thread and recurring work in two others until told to stop.

    Quick work (following the log) has a thread of its own, so that a long daily job never delays
    what readers see.
    """
    is_over = threading.Event()
    jobs = Worker(
        queue_names=["*"],
        interval=interval,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{_this_machine()}:{os.getpid()}:{get_random_string(8)}",
        excluded_queue_names=[],
    )

    def stop(number: int, frame: FrameType | None) -> None:
        is_over.set()
        jobs.running = False

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    take_back_lost_jobs()
    threads = [_thread(part, is_over) for part in _parts()]
    jobs.run()
    is_over.set()
    for thread in threads:
        thread.join(STOP_SECONDS)


def take_back_lost_jobs() -> int:
    """Jobs of workers of this machine that died are ready again; returns how many.

    A job is safe to repeat (it looks at the state of what it works on), so a crash costs time only.
    """
    n_lost = 0
    for job in DBTaskResult.objects.running().iterator():
        if not job.worker_ids or _is_alive(job.worker_ids[-1]):
            continue
        n_lost += DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.READY
        )
    if n_lost:
        logger.warning("%d jobs of a worker that died are queued again", n_lost)
    return n_lost


def prune_jobs(now: dt.datetime) -> int:
    """Results of jobs that succeeded two weeks ago are gone; failed ones stay to be seen."""
    old = DBTaskResult.objects.successful().filter(
        finished_at__lt=now - dt.timedelta(days=KEPT_RESULTS_DAYS)
    )
    return old.delete()[0]


def register_housekeeping() -> None:
    """The recurring work of the queue and of sessions."""
    from django.contrib.sessions.backends.db import SessionStore

    scheduler.every(60, "lost jobs are queued again")(take_back_lost_jobs)
    scheduler.daily(3, "old results of jobs are dropped")(lambda: prune_jobs(timezone.now()))
    scheduler.daily(3, "sessions that ended are dropped")(SessionStore.clear_expired)


def _parts() -> list[Schedule]:
    quick = [work for work in SCHEDULE.works if work.seconds and work.seconds <= QUICK_SECONDS]
    slow = [work for work in SCHEDULE.works if work not in quick]
    return [Schedule(quick), Schedule(slow)]


def _thread(part: Schedule, is_over: threading.Event) -> threading.Thread:
    thread = threading.Thread(
        target=scheduler.run, kwargs={"is_stopping": is_over.wait, "schedule": part}, daemon=True
    )
    thread.start()
    return thread


def _this_machine() -> str:
    return socket.gethostname().replace(":", "-")[:30]


def _is_alive(worker_id: str) -> bool:
    """Whether the worker runs; one of another machine is believed to."""
    machine, _, rest = worker_id.partition(":")
    number = rest.partition(":")[0]
    if machine != _this_machine() or not number.isdigit():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
