"""The append-only public log."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router

from gongkai.api.answering import answers, tag
from gongkai.api.paging import Cursor, Limit, by_key
from gongkai.api.schemas import LogEntries, LogEntryOut
from gongkai.log.models import LogEntry
from gongkai.pagecache.tags import LIST

router = Router(tags=["公开日志"])

Number = Annotated[int, Path(ge=0, le=2**53)]
Subject = Annotated[str, Query(max_length=80, description="例如 disclosure:<编号>")]


@router.get("/log", response=answers(LogEntries), summary="公开日志")
def entries(
    request: HttpRequest,
    response: HttpResponse,
    subject: Subject = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> LogEntries:
    """Entries in the order in which they were made, of one subject where given."""
    rows = LogEntry.objects.all()
    if subject:
        rows = rows.filter(subject=subject)
    found, following = by_key(rows, cursor=cursor, limit=limit)
    tag(response, LIST)
    return LogEntries(entries=[_entry(row) for row in found], next=following)


@router.get("/log/{number}", response=answers(LogEntryOut), summary="一条日志")
def entry(request: HttpRequest, response: HttpResponse, number: Number) -> LogEntryOut:
    """One entry."""
    row = LogEntry.objects.filter(number=number).first()
    if row is None:
        raise Http404
    tag(response, f"log:{number}")
    return _entry(row)


def _entry(row: LogEntry) -> LogEntryOut:
    return LogEntryOut(
        number=row.number,
        kind=row.kind,
        subject=row.subject,
        record_digest=row.record_digest,
        previous_hash=row.previous_hash,
        entry_hash=row.entry_hash,
        reason=row.reason,
        body=row.body_code,
        logged_at=row.logged_at,
    )
