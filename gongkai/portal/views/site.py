"""About the site itself: help, robots, sitemap, health."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai import __version__
from gongkai.catalogue.models import Domain
from gongkai.disclosures.models import Disclosure
from gongkai.places.models import Body, Division
from gongkai.portal import cachetags

SITEMAP_SIZE = 10_000


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """``/about/``: what this site promises and how to check it."""
    return render(request, "portal/about.html", {"section": "about"})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """``/help/accessibility/``."""
    return render(request, "portal/accessibility.html", {"section": "help"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """``/robots.txt``: everything public may be read by programs; presentations are duplicates."""
    lines = (
        "User-agent: *",
        "Disallow: /console/",
        "Disallow: /accounts/",
        "Disallow: /search",
        "Disallow: /*/search",
        "Disallow: /elder/",
        "Disallow: /contrast/",
        "Disallow: /dark/",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """``/sitemap.xml``: an index over parts of at most ten thousand addresses."""
    largest = Disclosure.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    n_parts = largest // SITEMAP_SIZE + 1
    names = ["pages", *(str(part) for part in range(n_parts))]
    rows = "".join(
        f"<sitemap><loc>{settings.BASE_URL}{reverse('portal:sitemap_part', args=[name])}</loc>"
        "</sitemap>"
        for name in names
    )
    return _xml("sitemapindex", rows)


@require_safe
def sitemap_part(request: HttpRequest, part: str) -> HttpResponse:
    """``/sitemap-<part>.xml``: the fixed pages, or the records with keys in one stretch."""
    if part == "pages":
        return _xml("urlset", "".join(f"<url><loc>{url}</loc></url>" for url in _page_addresses()))
    first = int(part) * SITEMAP_SIZE
    records = list(
        Disclosure.objects.public()
        .filter(pk__gte=first, pk__lt=first + SITEMAP_SIZE)
        .order_by("pk")
        .values_list("code", "published_at", "changed_at")
    )
    if not records and first:
        raise Http404
    rows = (
        f"<url><loc>{settings.BASE_URL}{reverse('portal:disclosure', args=[code])}</loc>"
        f"<lastmod>{changed_on.isoformat(timespec='seconds')}</lastmod></url>"
        for code, published_at, changed_at in records
        if (changed_on := changed_at or published_at)
    )
    return _xml("urlset", "".join(rows))


def _page_addresses() -> list[str]:
    """The addresses of every page that is not a record."""
    names = ("home", "catalogue", "policies", "services", "places", "bodies", "duties", "data")
    paths = [reverse(f"portal:{name}") for name in (*names, "about", "accessibility")]
    paths += [
        reverse("portal:catalogue_domain", args=[code])
        for code in Domain.objects.values_list("code", flat=True)
    ]
    paths += [
        reverse("portal:place", args=[code])
        for code in Division.objects.filter(valid_until=None).values_list("code", flat=True)
    ]
    paths += [
        reverse("portal:body", args=[code])
        for code in Body.objects.filter(valid_until=None).values_list("code", flat=True)
    ]
    return [settings.BASE_URL + path for path in paths[:50_000]]


def _xml(root: str, rows: str) -> HttpResponse:
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{root}>\n'
    )
    response = HttpResponse(text, content_type="application/xml; charset=utf-8")
    cachetags.tag(response, cachetags.LIST)
    return response


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """``/healthz``: 200 when the database answers; 503 otherwise. Never cached."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            is_well = cursor.fetchone() == (1,)
    except Exception:  # noqa: BLE001  # whatever the driver raises means: not well
        is_well = False
    response = JsonResponse(
        {"status": "ok" if is_well else "unavailable", "version": __version__},
        status=200 if is_well else 503,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
