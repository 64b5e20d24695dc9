"""Domains, and the items of the standard catalogues in force."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from gongkai.api.answering import CodePath, CodeQuery, answers, page_url, tag
from gongkai.api.paging import Cursor, Limit, by_key
from gongkai.api.schemas import (
    BasisOut,
    ChannelOut,
    DeadlineOut,
    DomainOut,
    Domains,
    ItemOut,
    Items,
)
from gongkai.catalogue.models import Domain, Edition, Item
from gongkai.catalogue.queries import item_facts, whole_items
from gongkai.pagecache.tags import LIST

router = Router(tags=["标准目录"])


@router.get("/domains", response=answers(Domains), summary="领域")
def domains(request: HttpRequest, response: HttpResponse) -> Domains:
    """All fields of disclosure."""
    tag(response, LIST)
    rows = Domain.objects.prefetch_related("aliases")
    return Domains(domains=[_domain(row) for row in rows])


@router.get("/domains/{code}", response=answers(DomainOut), summary="一个领域")
def domain(request: HttpRequest, response: HttpResponse, code: CodePath) -> DomainOut:
    """One field of disclosure."""
    row = Domain.objects.prefetch_related("aliases").filter(code=code).first()
    if row is None:
        raise Http404
    tag(response, f"domain:{code}")
    return _domain(row)


@router.get("/items", response=answers(Items), summary="公开事项（现行标准目录）")
def items(
    request: HttpRequest,
    response: HttpResponse,
    domain: CodeQuery = "",
    body: CodeQuery = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Items:
    """Items in force, of a domain and of the body that owes them where given."""
    rows = whole_items(Item.objects.filter(edition__state=Edition.State.IN_FORCE))
    if domain:
        rows = rows.filter(edition__domain__code=domain)
    if body:
        rows = rows.filter(item_bodies__body__code=body).distinct()
    found, following = by_key(rows, cursor=cursor, limit=limit)
    tag(response, f"domain:{domain}" if domain else LIST)
    return Items(items=[_item(row) for row in found], next=following)


@router.get("/items/{key}", response=answers(ItemOut), summary="一个公开事项")
def item(request: HttpRequest, response: HttpResponse, key: CodePath) -> ItemOut:
    """The item in force that has the key."""
    in_force = Item.objects.filter(edition__state=Edition.State.IN_FORCE, key=key)
    row = whole_items(in_force).first()
    if row is None:
        raise Http404
    tag(response, f"domain:{row.edition.domain.code}")
    return _item(row)


def _domain(row: Domain) -> DomainOut:
    return DomainOut(
        code=row.code,
        name=row.name,
        scope=row.scope,
        summary=row.summary,
        aliases=[alias.name for alias in row.aliases.all()],
        url=page_url(f"/catalogue/{row.code}/"),
    )


def _item(row: Item) -> ItemOut:
    facts = item_facts(row)
    return ItemOut(
        key=row.key,
        domain=row.edition.domain.code,
        body=row.edition.body.code,
        edition=row.edition.title,
        number=facts.number,
        level1=facts.level1,
        level2=facts.level2,
        level3=facts.level3,
        contents=list(facts.contents),
        bases=[BasisOut.from_orm(basis) for basis in facts.bases],
        deadlines=[DeadlineOut.from_orm(deadline) for deadline in facts.deadlines],
        bodies=list(facts.bodies),
        channels=[ChannelOut.from_orm(channel) for channel in facts.channels],
        to_society=facts.to_society,
        to_group=facts.to_group,
        audience_text=facts.audience_text,
        is_proactive=facts.is_proactive,
        is_on_request=facts.is_on_request,
        levels=facts.levels,
        extra={str(name): str(value) for name, value in facts.extra.items()},
    )
