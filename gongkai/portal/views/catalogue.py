"""The standard catalogues in their official columns, by domain and by body."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.catalogue.models import Domain, Item
from gongkai.places.models import Body
from gongkai.portal import cachetags
from gongkai.portal.asking import page_asked
from gongkai.portal.register import (
    ITEMS_A_PAGE,
    catalogue_rows,
    domains_with_counts,
    items_of_bodies,
    items_of_domain,
    year_counts,
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """``/catalogue/``: every domain, and every body that has something to publish."""
    domains = domains_with_counts()
    bodies = (
        Body.objects.filter(valid_until=None, owed_items__item__edition__state="in_force")
        .annotate(n_items=Count("owed_items__item", distinct=True))
        .order_by("position", "code")
    )
    context = {
        "section": "catalogue",
        "county_domains": [d for d in domains if d.domain.scope == Domain.Scope.COUNTY],
        "local_domains": [d for d in domains if d.domain.scope != Domain.Scope.COUNTY],
        "bodies": bodies,
    }
    response = render(request, "portal/catalogue_index.html", context)
    cachetags.tag(response, cachetags.LIST)
    return response


@require_safe
def by_domain(request: HttpRequest, code: str) -> HttpResponse:
    """``/catalogue/<domain>/``."""
    domain = get_object_or_404(Domain, code=code)
    today = timezone.localdate()
    context = {
        "section": "catalogue",
        "domain": domain,
        "counts": year_counts(today, domain_code=code),
        "today": today,
        **_page_of_rows(request, items_of_domain(domain), body_ids=None),
    }
    response = render(request, "portal/catalogue.html", context)
    cachetags.tag(response, f"domain:{code}")
    return response


@require_safe
def by_body(request: HttpRequest, code: str) -> HttpResponse:
    """``/catalogue/by-body/<code>/``."""
    body = get_object_or_404(Body, code=code)
    today = timezone.localdate()
    context = {
        "section": "catalogue",
        "body": body,
        "counts": year_counts(today, body_code=code),
        "today": today,
        **_page_of_rows(request, items_of_bodies((body.pk,)), body_ids=(body.pk,)),
    }
    response = render(request, "portal/catalogue.html", context)
    cachetags.tag(response, f"body:{code}")
    return response


def _page_of_rows(
    request: HttpRequest, items: QuerySet[Item], *, body_ids: tuple[int, ...] | None
) -> dict[str, object]:
    page = page_asked(request.GET)
    start = (page - 1) * ITEMS_A_PAGE
    rows = catalogue_rows(
        items[start : start + ITEMS_A_PAGE + 1], on=timezone.localdate(), body_ids=body_ids
    )
    return {
        "rows": rows[:ITEMS_A_PAGE],
        "page": page,
        "has_next": len(rows) > ITEMS_A_PAGE,
    }
