"""Questions to the public log: does the chain hold, what was done to a subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from gongkai.log.actions.append import HEAD_ID
from gongkai.log.models import LogEntry, LogHead
from gongkai.log.rules import GENESIS, ChainFault, Entry, first_fault


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of reading the whole chain."""

    n_entries: int
    last_hash: str
    fault: ChainFault | None

    @property
    def is_intact(self) -> bool:
        """Whether every entry follows from the one before and none is missing."""
        return self.fault is None


def verify_chain() -> Verification:
    """Read every entry in order and tell the first fault, if any; memory does not grow."""
    head = LogHead.objects.filter(pk=HEAD_ID).first()
    end = (head.size, head.last_hash) if head else (0, GENESIS)
    fault = first_fault(_chain(), head=end)
    return Verification(n_entries=end[0], last_hash=end[1], fault=fault)


def entries_of(subject: str) -> QuerySet[LogEntry]:
    """Everything done in public to one subject, oldest first."""
    return LogEntry.objects.filter(subject=subject).order_by("number")


def _chain() -> Iterator[tuple[Entry, str, str]]:
    for row in LogEntry.objects.order_by("number").iterator(chunk_size=2000):
        facts = Entry(
            number=row.number,
            kind=row.kind,
            subject=row.subject,
            record_digest=row.record_digest,
            reason=row.reason,
            body_code=row.body_code,
            logged_at=row.logged_at,
        )
        yield facts, row.previous_hash, row.entry_hash
