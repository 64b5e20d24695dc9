"""The full-text search."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from gongkai.api.answering import CodeQuery, PlaceQuery, answers, page_url, tag
from gongkai.api.schemas import HitOut, SearchOut, SuggestionOut
from gongkai.pagecache.tags import LIST
from gongkai.search.queries import Hit, SearchRequest, search

router = Router(tags=["检索"])


class Question(Schema):
    """What can be asked with."""

    q: str = Field("", max_length=200, description="汉字（简繁皆可）、拼音、数字")
    domain: CodeQuery = ""
    body: CodeQuery = ""
    place: PlaceQuery = ""
    year: int | None = Field(None, ge=1949, le=9999, description="发布年份")
    template: CodeQuery = ""
    validity: CodeQuery = ""
    sort: Literal["rank", "newest"] = "rank"
    page: int = Field(1, ge=1, le=10_000)
    per_page: int = Field(20, ge=1, le=100)


@router.get("/search", response=answers(SearchOut), summary="检索公开信息")
def search_disclosures(
    request: HttpRequest, response: HttpResponse, question: Query[Question]
) -> SearchOut:
    """One page of hits; suggestions when nothing was found."""
    asked = question.dict()
    found = search(SearchRequest(text=asked.pop("q"), **asked))
    tag(response, LIST)
    return SearchOut(
        total=found.total,
        page=found.request.page,
        n_pages=found.n_pages,
        hits=[_hit(hit) for hit in found.hits],
        suggestions=[
            SuggestionOut(kind=way.kind, text=way.text, url=page_url(way.url))
            for way in found.suggestions
        ],
    )


def _hit(hit: Hit) -> HitOut:
    return HitOut(
        code=hit.code,
        title=hit.title,
        title_html=hit.title_html,
        snippet_html=hit.snippet_html,
        body=hit.body_code,
        domain=hit.domain_code,
        place=hit.division_code,
        template=hit.template,
        state=hit.state,
        published_at=hit.published_at,
        url=page_url(hit.url),
    )
