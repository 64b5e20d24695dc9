"""The search as other apps see it: a question in, a page of hits out; it never raises."""

from __future__ import annotations

from gongkai.search.schema import (
    FacetValue,
    Facets,
    Hit,
    SearchPage,
    SearchRequest,
    Suggestion,
)

__all__ = [
    "FacetValue",
    "Facets",
    "Hit",
    "SearchPage",
    "SearchRequest",
    "Suggestion",
    "facets",
    "search",
]


def search(request: SearchRequest) -> SearchPage:
    """The page of public disclosures that ``request`` asks for."""
    return SearchPage(request=request, hits=(), total=0, n_pages=0)


def facets(request: SearchRequest) -> Facets:
    """How the hits of ``request`` are spread over the values of every filter."""
    return Facets()
