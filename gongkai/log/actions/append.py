"""Append one entry to the public log, inside the transaction of the act that it records."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from gongkai.base.errors import Refused
from gongkai.log.models import LogEntry, LogHead
from gongkai.log.rules import Entry, entry_hash

HEAD_ID = 1


def append(
    kind: str,
    *,
    subject: str,
    record_digest: str,
    body_code: str,
    now: dt.datetime,
    reason: str = "",
) -> LogEntry:
    """The log has one entry more and its head points to it; both roll back with the caller.

    Concurrency: (1) growing the head takes the row lock on PostgreSQL (SQLite has one writer),
    so appends queue up; (2) the entry is built on what the head then says; (3) the head moves on
    only if it still stands there. The primary key and the unique hash guard what remains.
    Raises: ``Refused('log.not_in_transaction')`` outside of a transaction;
    ``Refused('log.moved')`` when the head was changed by another hand.
    """
    if not transaction.get_connection().in_atomic_block:
        raise Refused("log.not_in_transaction")
    head = _locked_head()
    facts = Entry(
        number=head.size,
        kind=kind,
        subject=subject,
        record_digest=record_digest,
        reason=reason,
        body_code=body_code,
        logged_at=now,
    )
    own_hash = entry_hash(facts, previous_hash=head.last_hash)
    entry = LogEntry.objects.create(
        number=facts.number,
        kind=kind,
        subject=subject,
        record_digest=record_digest,
        previous_hash=head.last_hash,
        entry_hash=own_hash,
        reason=reason,
        body_code=body_code,
        logged_at=now,
    )
    moved = LogHead.objects.filter(pk=HEAD_ID, size=head.size, last_hash=head.last_hash).update(
        last_hash=own_hash
    )
    if moved != 1:
        raise Refused("log.moved")
    return entry


def _locked_head() -> LogHead:
    """The head, grown by one and locked until the transaction ends; made at the first append."""
    grown = LogHead.objects.filter(pk=HEAD_ID).update(size=F("size") + 1)
    if not grown:
        LogHead.objects.bulk_create([LogHead(pk=HEAD_ID)], ignore_conflicts=True)
        LogHead.objects.filter(pk=HEAD_ID).update(size=F("size") + 1)
    return LogHead.objects.get(pk=HEAD_ID)
