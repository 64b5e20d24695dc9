"""What is asked of the search and what it answers: values only, no index, no models."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Sort = Literal["rank", "newest"]
SuggestionKind = Literal["query", "disclosure", "item"]

LONGEST_TEXT = 100
LARGEST_PAGE_SIZE = 100
DEEPEST_HIT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One question of a reader; every field has a harmless default and any value is accepted.

    ``text`` is what was typed (simplified or traditional, pinyin, numbers); empty lists everything.
    ``domain`` and ``body`` are codes; ``place`` is a division code (its subtree is searched) or any
    prefix of one; ``year`` that of the publication; ``template`` and ``validity`` their slugs.
    """

    text: str = ""
    domain: str = ""
    body: str = ""
    place: str = ""
    year: int | None = None
    template: str = ""
    validity: str = ""
    sort: Sort = "rank"
    page: int = 1
    per_page: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One public disclosure that was found. ``…_html`` is escaped text with ``<mark>``."""

    code: str
    url: str
    title: str
    title_html: str
    snippet_html: str
    body_code: str
    body_name: str
    domain_code: str
    domain_name: str
    division_code: str
    division_name: str
    template: str
    validity: str
    state: str
    document_number: str
    published_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Where to go when nothing was found; ``url`` is a page or a search of this site."""

    kind: SuggestionKind
    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value of a filter, its label in Chinese, and how many hits it would leave."""

    value: str
    label: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """The values of every filter among the hits, most frequent first (years: newest first)."""

    domains: tuple[FacetValue, ...] = ()
    bodies: tuple[FacetValue, ...] = ()
    places: tuple[FacetValue, ...] = ()
    years: tuple[FacetValue, ...] = ()
    templates: tuple[FacetValue, ...] = ()
    validities: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """One page of hits. ``total`` is exact; ``suggestions`` are only made when it is 0.

    ``request`` is the question as it was understood (page clamped, text cut to its limit).
    """

    request: SearchRequest
    hits: tuple[Hit, ...]
    total: int
    n_pages: int
    suggestions: tuple[Suggestion, ...] = ()
