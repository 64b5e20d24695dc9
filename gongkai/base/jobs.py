"""Work for later: a job is stored in the transaction of the act that causes it, or not at all."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django_tasks import TaskResult
from django_tasks.base import Task


def enqueue(
    task: Task[Any, Any], *, run_after: dt.datetime | None = None, **arguments: Any
) -> TaskResult[Any]:
    """The job is in the queue once the current transaction commits; ``arguments`` are JSON values.

    The database queue inserts its row on the same connection, so no commit hook is needed and
    nothing is lost between the commit and the queue.
    """
    chosen = task.using(run_after=run_after) if run_after else task
    return chosen.enqueue(**arguments)
