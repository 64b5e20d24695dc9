"""Search: one question, its hits, its filters, and ways on when nothing is found."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.portal import cachetags
from gongkai.portal.asking import code_asked, number_asked, page_asked, text_asked
from gongkai.search.queries import facets, search
from gongkai.search.schema import SearchRequest

FILTERS = ("domain", "body", "place", "year", "template", "validity")


def request_asked(request: HttpRequest, *, per_page: int = 20) -> SearchRequest:
    """The question in the address."""
    query = request.GET
    text = text_asked(query, "q")
    is_newest = query.get("sort") == "newest" or not text
    return SearchRequest(
        text=text,
        domain=code_asked(query, "domain"),
        body=code_asked(query, "body"),
        place=_digits(code_asked(query, "place")),
        year=number_asked(query, "year", low=1900, high=2200),
        template=code_asked(query, "template"),
        validity=code_asked(query, "validity"),
        sort="newest" if is_newest else "rank",
        page=page_asked(query),
        per_page=per_page,
    )


def _digits(code: str) -> str:
    return code if re.fullmatch(r"\d{1,12}", code) else ""


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """``/search?q=``."""
    asked = request_asked(request)
    found = search(asked)
    filters = {name: getattr(asked, name) or "" for name in FILTERS}
    context: dict[str, Any] = {
        "section": "search",
        "query_text": asked.text,
        "found": found,
        "facets": facets(asked),
        "filters": filters,
        "has_filters": any(filters.values()),
        "sort": asked.sort,
        "page": found.request.page,
        "has_next": found.request.page < found.n_pages,
    }
    response = render(request, "portal/search.html", context)
    cachetags.tag(response, cachetags.LIST)
    return response
