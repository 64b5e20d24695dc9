"""Lists of public disclosures, newest first, in constant time at any depth.

A list is turned by *keys* (``before=<code>``, ``after=<code>``), never by an offset, and never
counted. Each public state is asked for separately: its index then yields the rows in order, where
one question over all states would sort every row of the district.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import PUBLIC_STATES

PAGE_SIZE = 20
FEED_SIZE = 50

Key = tuple[dt.datetime, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which public disclosures a list shows; empty fields do not restrict."""

    domain_id: int | None = None
    body_ids: tuple[int, ...] | None = None
    template: str = ""
    item_key: str = ""

    def apply(self, disclosures: QuerySet[Disclosure]) -> QuerySet[Disclosure]:
        """The disclosures of the selection."""
        if self.domain_id is not None:
            disclosures = disclosures.filter(domain_id=self.domain_id)
        if self.body_ids is not None:
            disclosures = disclosures.filter(body_id__in=self.body_ids)
        if self.template:
            disclosures = disclosures.filter(template=self.template)
        if self.item_key:
            disclosures = disclosures.filter(item_key=self.item_key)
        return disclosures


@dataclass(frozen=True, slots=True)
class Listing:
    """A stretch of a list. ``older``/``newer`` are codes to turn the page with, or ""."""

    rows: list[Disclosure]
    older: str = ""
    newer: str = ""


def newest(
    selection: Selection, *, n: int = PAGE_SIZE, before: str = "", after: str = ""
) -> Listing:
    """The ``n`` newest public disclosures of ``selection``, older than ``before`` if given.

    ``before`` and ``after`` are public codes; one that no public record has is ignored.
    """
    from_key, is_backwards = _key_of(before), False
    if from_key is None and after:
        from_key, is_backwards = _key_of(after), True
        is_backwards = from_key is not None
    keys = _keys(selection, n + 1, from_key, is_backwards=is_backwards)
    has_more = len(keys) > n
    rows = _rows([pk for _, pk in keys[:n]], is_backwards=is_backwards)
    if not rows:
        return Listing([])
    has_newer = has_more if is_backwards else from_key is not None
    has_older = from_key is not None if is_backwards else has_more
    return Listing(rows, rows[-1].code if has_older else "", rows[0].code if has_newer else "")


def _key_of(code: str) -> Key | None:
    """The place of a record in every list."""
    if not code or len(code) > 16 or "\x00" in code:
        return None
    found = (
        Disclosure.objects.filter(code=code, published_at__isnull=False)
        .values_list("published_at", "pk")
        .first()
    )
    return None if found is None or found[0] is None else (found[0], found[1])


def _keys(selection: Selection, n: int, from_key: Key | None, *, is_backwards: bool) -> list[Key]:
    """At most ``n`` keys from the merged lists of the public states."""
    order = ("published_at", "pk") if is_backwards else ("-published_at", "-pk")
    found: list[Key] = []
    for state in PUBLIC_STATES:
        disclosures = selection.apply(Disclosure.objects.filter(state=state))
        if from_key is not None:
            disclosures = disclosures.filter(_beyond(from_key, is_backwards=is_backwards))
        found += disclosures.order_by(*order).values_list("published_at", "pk")[:n]  # type: ignore[arg-type]
    return sorted(found, reverse=not is_backwards)[:n]


def _beyond(key: Key, *, is_backwards: bool) -> Q:
    """Strictly older (or newer) than ``key``; the first condition bounds the index."""
    at, pk = key
    if is_backwards:
        return Q(published_at__gte=at) & (Q(published_at__gt=at) | Q(pk__gt=pk))
    return Q(published_at__lte=at) & (Q(published_at__lt=at) | Q(pk__lt=pk))


def _rows(pks: list[int], *, is_backwards: bool) -> list[Disclosure]:
    """The records with what a list shows of them, in the order of ``pks``, newest first."""
    by_pk = (
        Disclosure.objects.select_related("body", "domain")
        .defer("text", "values", "attachment_list", "responsibility", "withdrawal_reason")
        .in_bulk(pks)
    )
    rows = [by_pk[pk] for pk in pks if pk in by_pk]
    return rows[::-1] if is_backwards else rows
