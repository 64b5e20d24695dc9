"""The public facts of duties: who owes what by when, why then, and whether it was done."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from gongkai.api.answering import CodePath, CodeQuery, answers, tag
from gongkai.api.paging import Cursor, Limit, by_key
from gongkai.api.schemas import Duties, DutyOut
from gongkai.duties.models import Duty
from gongkai.duties.queries import Selection, duties_register, explanation
from gongkai.duties.states import DutyState, state_on
from gongkai.pagecache.tags import DUTIES, SECONDS_HEADER

router = Router(tags=["公开义务"])

_SECONDS = "60"  # the state changes with the day


@router.get("/duties", response=answers(Duties), summary="公开义务")
def duties(
    request: HttpRequest,
    response: HttpResponse,
    body: CodeQuery = "",
    domain: CodeQuery = "",
    state: Annotated[DutyState | None, Query(description="当日状态")] = None,
    due_from: dt.date | None = None,
    due_until: dt.date | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Duties:
    """Duties in the order in which they arose."""
    today = timezone.localdate()
    selection = Selection(
        on=today,
        body=body,
        domain=domain,
        states=(state,) if state else (),
        due_from=due_from,
        due_until=due_until,
    )
    rows = duties_register(selection).select_related("body", "item__edition__domain")
    found, following = by_key(rows, cursor=cursor, limit=limit)
    tag(response, *((f"body:{body}",) if body else (DUTIES,)))
    response.headers[SECONDS_HEADER] = _SECONDS
    return Duties(duties=[_duty(row, today) for row in found], next=following)


@router.get("/duties/{code}", response=answers(DutyOut), summary="一项公开义务")
def duty(request: HttpRequest, response: HttpResponse, code: CodePath) -> DutyOut:
    """One duty with the steps by which its date comes about."""
    row = Duty.objects.select_related("body", "item__edition__domain").filter(code=code).first()
    if row is None:
        raise Http404
    tag(response, f"body:{row.body.code}")
    response.headers[SECONDS_HEADER] = _SECONDS
    return _duty(row, timezone.localdate())


def _duty(row: Duty, today: dt.date) -> DutyOut:
    met_on = timezone.localdate(row.met_at) if row.met_at else None
    state = state_on(today, due_on=row.due_on, met_on=met_on, closed_by=row.closed_by)
    return DutyOut(
        code=row.code,
        body=row.body.code,
        domain=row.item.edition.domain.code,
        item=row.item_key,
        title=row.item.title,
        occasion=row.occasion,
        period=row.period,
        due_on=row.due_on,
        is_provisional=row.is_provisional,
        is_inferred=row.is_inferred,
        state=state.value,
        met_at=row.met_at,
        explanation=explanation(row),
    )
