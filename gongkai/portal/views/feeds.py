"""Every list and every search as a feed: the same path and query under ``/feeds``."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.catalogue.models import Domain
from gongkai.disclosures.models import Disclosure
from gongkai.places.models import Body, Division
from gongkai.portal import cachetags
from gongkai.portal.feed_formats import ATOM, JSON_FEED, Entry, Feed, as_atom, as_json_feed
from gongkai.portal.listing import FEED_SIZE, Selection, newest
from gongkai.portal.places import body_ids_within
from gongkai.portal.views.searching import request_asked
from gongkai.search.queries import search

TEMPLATES = {"policies": "policy_document", "services": "service_guide"}


@require_safe
def feed_of_everything(request: HttpRequest) -> HttpResponse:
    """``/feeds/`` and ``/feeds/latest/``."""
    return _listing_feed(request, Selection(), _("最新公开"), cachetags.LIST)


@require_safe
def feed_of_template(request: HttpRequest, name: str) -> HttpResponse:
    """``/feeds/policies/``, ``/feeds/services/``."""
    title = _("政策文件") if name == "policies" else _("办事指南")
    return _listing_feed(request, Selection(template=TEMPLATES[name]), title, cachetags.LIST)


@require_safe
def feed_of_domain(request: HttpRequest, code: str) -> HttpResponse:
    """``/feeds/catalogue/<domain>/``."""
    domain = get_object_or_404(Domain, code=code)
    return _listing_feed(request, Selection(domain_id=domain.pk), domain.name, f"domain:{code}")


@require_safe
def feed_of_body(request: HttpRequest, code: str) -> HttpResponse:
    """``/feeds/b/<code>/`` and ``/feeds/catalogue/by-body/<code>/``."""
    body = get_object_or_404(Body, code=code)
    return _listing_feed(request, Selection(body_ids=(body.pk,)), body.name, f"body:{code}")


@require_safe
def feed_of_place(request: HttpRequest, code: str) -> HttpResponse:
    """``/feeds/p/<code>/``."""
    division = get_object_or_404(Division, code=code, valid_until=None)
    selection = Selection(body_ids=body_ids_within(division))
    return _listing_feed(request, selection, division.name, f"place:{code}")


@require_safe
def feed_of_search(request: HttpRequest) -> HttpResponse:
    """``/feeds/search?q=…``: the newest hits."""
    from dataclasses import replace

    asked = replace(request_asked(request, per_page=FEED_SIZE), sort="newest", page=1)
    codes = [hit.code for hit in search(asked).hits]
    by_code = {
        row.code: row
        for row in Disclosure.objects.public()
        .filter(code__in=codes)
        .select_related("body", "domain")
        .defer("text", "values")
    }
    rows = [by_code[code] for code in codes if code in by_code]
    title = _("搜索“%(text)s”") % {"text": asked.text} if asked.text else _("搜索")
    return _answer(request, rows, title, cachetags.LIST)


def _listing_feed(request: HttpRequest, selection: Selection, title: str, tag: str) -> HttpResponse:
    return _answer(request, newest(selection, n=FEED_SIZE).rows, title, tag)


def _answer(request: HttpRequest, rows: list[Disclosure], title: str, tag: str) -> HttpResponse:
    """The feed in the form that was asked for; unchanged feeds are answered with 304."""
    kept = {name: value for name, value in request.GET.items() if name != "format"}
    query = f"?{urlencode(kept)}" if kept else ""
    page = request.path_info.removeprefix("/feeds") or "/"
    is_json = request.GET.get("format") == "json"
    own = {**kept, "format": "json"} if is_json else kept
    feed = Feed(
        title=f"{title} - {settings.SITE_NAME}",
        page_address=f"{settings.BASE_URL}{page}{query}",
        feed_address=f"{settings.BASE_URL}{request.path_info}{f'?{urlencode(own)}' if own else ''}",
        author=settings.SITE_NAME,
        entries=[_entry(row) for row in rows],
    )
    if is_json:
        response = HttpResponse(as_json_feed(feed), content_type=JSON_FEED)
    else:
        response = HttpResponse(as_atom(feed), content_type=ATOM)
    response.headers["Access-Control-Allow-Origin"] = "*"
    cachetags.tag(response, tag)
    return response


def _entry(row: Disclosure) -> Entry:
    published_at = row.published_at
    assert published_at is not None  # noqa: S101  # public records have a time (constraint)
    return Entry(
        address=settings.BASE_URL + row.get_absolute_url(),
        title=row.title,
        summary=row.summary,
        author=row.body.name,
        category=row.domain.name if row.domain else "",
        published_at=published_at,
        updated_at=row.changed_at or published_at,
        digest=row.digest,
    )
