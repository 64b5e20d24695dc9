"""Divisions and bodies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router

from gongkai.api.answering import CodePath, CodeQuery, PlaceQuery, answers, page_url, tag
from gongkai.api.paging import Cursor, Limit, by_key
from gongkai.api.schemas import Bodies, BodyOut, PlaceOut, Places
from gongkai.pagecache.tags import LIST
from gongkai.places.models import Body, Division
from gongkai.search.queries import place_prefix

router = Router(tags=["区划和机构"])


@router.get("/places", response=answers(Places), summary="区划")
def places(
    request: HttpRequest,
    response: HttpResponse,
    within: PlaceQuery = "",
    level: CodeQuery = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Places:
    """Divisions by code, former ones included, the subtree of ``within`` where given."""
    rows = Division.objects.select_related("parent").prefetch_related("successions__successor")
    if within:
        rows = rows.filter(code__startswith=place_prefix(within))
    if level:
        rows = rows.filter(level=level)
    found, following = by_key(rows, cursor=cursor, limit=limit)
    tag(response, LIST)
    return Places(places=[_place(row) for row in found], next=following)


@router.get("/places/{code}", response=answers(PlaceOut), summary="一个区划")
def place(request: HttpRequest, response: HttpResponse, code: CodePath) -> PlaceOut:
    """The division that has the code now, or had it last."""
    row = (
        Division.objects.select_related("parent")
        .prefetch_related("successions__successor")
        .filter(code=code)
        .order_by("-valid_from")
    )
    tag(response, f"place:{code}")
    return _place(get_object_or_404(row[:1]))


@router.get("/bodies", response=answers(Bodies), summary="机构")
def bodies(
    request: HttpRequest,
    response: HttpResponse,
    place: PlaceQuery = "",
    kind: CodeQuery = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Bodies:
    """Bodies that publish, of ``place`` and below where given."""
    rows = Body.objects.select_related("division", "parent")
    if place:
        rows = rows.filter(division__code__startswith=place_prefix(place))
    if kind:
        rows = rows.filter(kind=kind)
    found, following = by_key(rows, cursor=cursor, limit=limit)
    tag(response, LIST)
    return Bodies(bodies=[_body(row) for row in found], next=following)


@router.get("/bodies/{code}", response=answers(BodyOut), summary="一个机构")
def body(request: HttpRequest, response: HttpResponse, code: CodePath) -> BodyOut:
    """One body."""
    row = get_object_or_404(Body.objects.select_related("division", "parent"), code=code)
    tag(response, f"body:{code}")
    return _body(row)


def _place(row: Division) -> PlaceOut:
    return PlaceOut(
        code=row.code,
        name=row.name,
        level=row.level,
        kind=row.kind,
        parent=row.parent.code if row.parent else "",
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        successors=[succession.successor.code for succession in row.successions.all()],
        url=page_url(f"/p/{row.code}/"),
    )


def _body(row: Body) -> BodyOut:
    return BodyOut(
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        place=row.division.code,
        parent=row.parent.code if row.parent else "",
        credit_code=row.credit_code,
        phone=row.phone,
        address=row.address,
        opening_hours=row.opening_hours,
        introduction=row.introduction,
        valid_until=row.valid_until,
        url=page_url(f"/b/{row.code}/"),
    )
