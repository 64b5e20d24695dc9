"""Public disclosures: lists, one record, and what was done to it in public."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from gongkai.api.answering import CodePath, CodeQuery, PlaceQuery, answers, page_url, tag
from gongkai.api.errors import WithdrawnError
from gongkai.api.paging import Cursor, Limit, newest_disclosures
from gongkai.api.schemas import (
    DisclosureDetail,
    DisclosureOut,
    Disclosures,
    ErrorAnswer,
    History,
    RevisionOut,
)
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import DisclosureState
from gongkai.pagecache.tags import LIST
from gongkai.search.queries import place_prefix

router = Router(tags=["公开信息"])


@router.get("/disclosures", response=answers(Disclosures), summary="公开信息，最新的在前")
def disclosures(
    request: HttpRequest,
    response: HttpResponse,
    body: CodeQuery = "",
    domain: CodeQuery = "",
    place: PlaceQuery = "",
    template: CodeQuery = "",
    item: CodeQuery = "",
    since: dt.date | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Disclosures:
    """Public disclosures by body, domain, place, template and item; ``since`` a day."""
    wanted = Q()
    for column, value in (
        ("body__code", body),
        ("domain__code", domain),
        ("template", template),
        ("item_key", item),
    ):
        if value:
            wanted &= Q(**{column: value})
    if place:
        wanted &= Q(body__division__code__startswith=place_prefix(place))
    if since:
        wanted &= Q(published_at__gte=_midnight(since))
    rows, following = newest_disclosures(wanted, cursor=cursor, limit=limit)
    tag(response, f"body:{body}" if body else LIST)
    return Disclosures(disclosures=[DisclosureOut(**_facts(row)) for row in rows], next=following)


@router.get(
    "/disclosures/{code}",
    response=answers(DisclosureDetail, _410=ErrorAnswer),
    summary="一条公开信息",
)
def disclosure(request: HttpRequest, response: HttpResponse, code: CodePath) -> DisclosureDetail:
    """One public record with its canonical form; 410 with the reason when it was withdrawn."""
    row = _known(code)
    if row.state == DisclosureState.WITHDRAWN:
        raise WithdrawnError(
            "disclosure.withdrawn",
            message=f"这条信息已经撤回：{row.withdrawal_reason}",
            remedy=f"撤回的时间和理由见 /api/v1/disclosures/{code}/history",
        )
    current = row.published_revisions.order_by("-number").first()
    tag(response, f"disclosure:{code}")
    return DisclosureDetail(
        **_facts(row), digest=row.digest, record=current.record if current else {}
    )


@router.get("/disclosures/{code}/history", response=answers(History), summary="历次公开版本")
def history(request: HttpRequest, response: HttpResponse, code: CodePath) -> History:
    """Every version that stood in public, and the withdrawal where there was one."""
    row = _known(code)
    tag(response, f"disclosure:{code}")
    revisions = [
        RevisionOut(
            number=revision.number,
            kind=revision.kind,
            digest=revision.digest,
            reason=revision.reason,
            made_at=revision.made_at,
            log_number=revision.log_entry_id,
            record=revision.record or {},
        )
        for revision in row.published_revisions.order_by("number")
    ]
    return History(code=code, revisions=revisions)


def _known(code: str) -> Disclosure:
    """The record if it is or was public; a draft does not exist for the public."""
    row: Disclosure | None = (
        Disclosure.objects.select_related("body__division", "domain")
        .filter(code=code, version__gt=0)
        .first()
    )
    if row is None:
        raise Http404
    return row


def _facts(row: Disclosure) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": row.title,
        "summary": row.summary,
        "template": row.template,
        "body": row.body.code,
        "domain": row.domain.code if row.domain else "",
        "place": row.body.division.code,
        "item": row.item_key,
        "document_number": row.document_number,
        "index_number": row.index_number,
        "dated_on": row.dated_on,
        "validity": row.validity,
        "state": row.state,
        "version": row.version,
        "published_at": row.published_at,
        "changed_at": row.changed_at,
        "url": page_url(row.get_absolute_url()),
    }


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_current_timezone())
