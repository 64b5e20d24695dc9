"""The search as other apps see it: a question in, a page of hits out; it never raises."""

from __future__ import annotations

from typing import Any

from tantivy import DocAddress, Query

from gongkai.catalogue.models import Domain
from gongkai.disclosures import record_templates
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import PUBLIC_STATES, Validity
from gongkai.places.models import Body, Division
from gongkai.search import index
from gongkai.search.ask import place_prefix, to_query, understood
from gongkai.search.document import NO_VALIDITY
from gongkai.search.index import OpenIndex
from gongkai.search.schema import (
    Facets,
    FacetValue,
    Hit,
    SearchPage,
    SearchRequest,
    Suggestion,
)
from gongkai.search.snippets import marked, snippet
from gongkai.search.suggest import suggestions

__all__ = [
    "FacetValue",
    "Facets",
    "Hit",
    "SearchPage",
    "SearchRequest",
    "Suggestion",
    "facets",
    "place_prefix",
    "search",
]

MOST_FACET_VALUES = 60


def search(request: SearchRequest) -> SearchPage:
    """The page of public disclosures that ``request`` asks for.

    What is shown comes from the database, so a record that was withdrawn a moment ago is never
    shown, even before the index has followed. Where no index was built yet, nothing is found.
    """
    asked = understood(request)
    opened = index.current()
    if opened is None:
        return SearchPage(request=asked, hits=(), total=0, n_pages=0)
    query = to_query(asked, opened=opened)
    result = opened.searcher.search(
        query,
        limit=asked.per_page,
        offset=(asked.page - 1) * asked.per_page,
        count=True,
        **_order(asked),
    )
    total: int = result.count  # type: ignore[attr-defined]  # not in its stub
    return SearchPage(
        request=asked,
        hits=_hits([address for _score, address in result.hits], asked=asked, opened=opened),
        total=total,
        n_pages=-(-total // asked.per_page),
        suggestions=suggestions(asked.text, opened=opened) if asked.text and not total else (),
    )


def facets(request: SearchRequest) -> Facets:
    """How the hits of ``request`` are spread over the values of every filter.

    Places are counted one level below the place asked for: townships, then villages.
    """
    asked = understood(request)
    opened = index.current()
    if opened is None:
        return Facets()
    place_field = "village" if len(asked.place) >= 9 else "township"
    names = ("domain", "body", "year", "template", "validity", place_field)
    counted = _count(to_query(asked, opened=opened), names, opened=opened)
    return Facets(
        domains=_labelled(counted["domain"], _domain_names),
        bodies=_labelled(counted["body"], _body_names),
        places=_labelled(counted[place_field], _division_names),
        years=tuple(
            FacetValue(value=year, label=f"{year}年", n=n)
            for year, n in sorted(counted["year"].items(), reverse=True)
        ),
        templates=_labelled(counted["template"], _template_names),
        validities=_labelled(counted["validity"], _validity_names),
    )


def _order(asked: SearchRequest) -> dict[str, Any]:
    if asked.sort == "newest":
        return {"order_by_field": "published"}
    return {"weight_by_field": "recency"}


def _hits(
    addresses: list[DocAddress], *, asked: SearchRequest, opened: OpenIndex
) -> tuple[Hit, ...]:
    documents = [opened.searcher.doc(address) for address in addresses]
    plain = {
        str(document.get_first("code")): bytes(document.get_first("plain") or b"").decode()
        for document in documents
    }
    # The state is looked at here: asked of SQLite, it would walk the index of the states instead.
    rows = Disclosure.objects.filter(code__in=plain).values_list("state", *_SHOWN)
    shown = {row[1]: row[1:] for row in rows if row[0] in PUBLIC_STATES}
    return tuple(
        _hit(shown[code], text, question=asked.text)
        for code, text in plain.items()
        if code in shown
    )


_SHOWN = (
    "code",
    "title",
    "template",
    "validity",
    "state",
    "document_number",
    "published_at",
    "body__code",
    "body__name",
    "body__short_name",
    "domain__code",
    "domain__name",
    "body__division__code",
    "body__division__name",
)
"""What a hit shows, in the order in which ``_hit`` takes it; rows, not objects, for speed."""


def _hit(row: tuple[Any, ...], plain: str, *, question: str) -> Hit:
    code, title, template, validity, state, document_number, published_at, *names = row
    body_code, body_name, body_short_name, *names = names
    domain_code, domain_name, division_code, division_name = names
    return Hit(
        code=code,
        url=f"/d/{code}/",
        title=title,
        title_html=marked(title, question=question),
        snippet_html=snippet(plain, question=question),
        body_code=body_code,
        body_name=body_short_name or body_name,
        domain_code=domain_code or "",
        domain_name=domain_name or "",
        division_code=division_code,
        division_name=division_name,
        template=template,
        validity=validity,
        state=state,
        document_number=document_number,
        published_at=published_at,
    )


def _count(query: Query, names: tuple[str, ...], *, opened: OpenIndex) -> dict[str, dict[str, int]]:
    asked = {name: {"terms": {"field": name, "size": MOST_FACET_VALUES}} for name in names}
    answer = opened.searcher.aggregate(query, asked)
    return {
        name: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer[name]["buckets"]}
        for name in names
    }


def _labelled(counted: dict[str, int], names_of: Any) -> tuple[FacetValue, ...]:
    labels: dict[str, str] = names_of([value for value in counted if value])
    values = [
        FacetValue(value=value, label=labels[value], n=n)
        for value, n in counted.items()
        if value in labels
    ]
    return tuple(sorted(values, key=lambda value: (-value.n, value.label)))


def _domain_names(codes: list[str]) -> dict[str, str]:
    return dict(Domain.objects.filter(code__in=codes).values_list("code", "name"))


def _body_names(codes: list[str]) -> dict[str, str]:
    return {body.code: body.title for body in Body.objects.filter(code__in=codes)}


def _division_names(prefixes: list[str]) -> dict[str, str]:
    full = {prefix.ljust(12, "0"): prefix for prefix in prefixes}
    named = Division.objects.filter(code__in=full, valid_until=None).values_list("code", "name")
    return {full[code]: name for code, name in named}


def _template_names(slugs: list[str]) -> dict[str, str]:
    return {name: label for name, label in record_templates.choices() if name in slugs}


def _validity_names(slugs: list[str]) -> dict[str, str]:
    return {slug: str(Validity(slug).label) for slug in slugs if slug != NO_VALIDITY}
