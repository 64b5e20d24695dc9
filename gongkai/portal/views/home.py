"""The home page: search first, then what is owed, what is new, and every way in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.catalogue.models import Domain
from gongkai.portal import cachetags
from gongkai.portal.listing import Selection, newest
from gongkai.portal.places import townships
from gongkai.portal.register import domains_with_counts, due_soon, year_counts
from gongkai.search.queries import search
from gongkai.search.schema import SearchRequest

N_NEWEST = 8
N_DUE = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """``/``."""
    today = timezone.localdate()
    domains = domains_with_counts()
    context = {
        "section": "home",
        "newest": newest(Selection(), n=N_NEWEST).rows,
        "n_published": search(SearchRequest(per_page=1)).total,
        "counts": year_counts(today),
        "due": due_soon(today, n=N_DUE),
        "today": today,
        "county_domains": [d for d in domains if d.domain.scope == Domain.Scope.COUNTY],
        "local_domains": [d for d in domains if d.domain.scope != Domain.Scope.COUNTY],
        "townships": townships(),
    }
    response = render(request, "portal/home.html", context)
    cachetags.tag(response, cachetags.LIST, cachetags.DUTIES)
    return response
