"""What the portal reads of catalogue and duties: domains, rows with their state, due lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from gongkai.catalogue.models import Domain, Edition, Item, ItemBody
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import PUBLIC_STATES
from gongkai.duties.models import Duty
from gongkai.duties.queries import (
    Selection,
    StateCounts,
    counts_by_state,
    duties_register,
    register_rows,
)
from gongkai.duties.states import DutyState

ITEMS_A_PAGE = 100
DUTIES_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One row of a catalogue with what was published on it and how its duties stand."""

    item: Item
    latest: Disclosure | None
    counts: StateCounts

    @property
    def state(self) -> DutyState | None:
        """The most pressing thing that can be said of the row's duties of this year."""
        pressing = (DutyState.OVERDUE, DutyState.DUE, DutyState.MET, DutyState.MET_LATE)
        others = (DutyState.NOTHING_OCCURRED, DutyState.EXPECTED, DutyState.WAIVED)
        return next((s for s in (*pressing, *others) if self.counts.of(s)), None)


@dataclass(frozen=True, slots=True)
class DomainCount:
    """A domain with the number of its items in force."""

    domain: Domain
    n_items: int


def domains_with_counts() -> list[DomainCount]:
    """Every domain that has items in force, in the domains' order. Two queries."""
    counts = dict(
        Item.objects.filter(edition__state=Edition.State.IN_FORCE)
        .order_by()
        .values_list("edition__domain_id")
        .annotate(n=Count("pk"))
    )
    return [DomainCount(d, counts[d.pk]) for d in Domain.objects.all() if counts.get(d.pk)]


def year_counts(on: dt.date, *, body_code: str = "", domain_code: str = "") -> StateCounts:
    """How the duties that fall due in the year of ``on`` stand on that day. One query."""
    selection = Selection(
        on=on,
        body=body_code,
        domain=domain_code,
        due_from=on.replace(month=1, day=1),
        due_until=on.replace(month=12, day=31),
    )
    return counts_by_state(duties_register(selection), on=on)


def due_soon(on: dt.date, *, n: int, body_code: str = "") -> list[Duty]:
    """The next ``n`` duties that are due and open, the nearest date first. Three queries."""
    selection = Selection(on=on, body=body_code, states=(DutyState.DUE,), due_from=on)
    return register_rows(duties_register(selection).values_list("pk", flat=True)[:n], on=on)


def items_of_domain(domain: Domain) -> QuerySet[Item]:
    """The items in force of a domain, edition by edition, in the order of the catalogue."""
    return _items().filter(edition__domain=domain)


def items_of_bodies(body_ids: tuple[int, ...]) -> QuerySet[Item]:
    """The items in force that name one of the bodies as the one who publishes."""
    named = ItemBody.objects.filter(item=OuterRef("pk"), body_id__in=body_ids)
    return _items().filter(Exists(named))


def _items() -> QuerySet[Item]:
    return (
        Item.objects.filter(edition__state=Edition.State.IN_FORCE)
        .select_related("edition__body", "edition__domain")
        .prefetch_related("bases", "deadlines", "item_bodies__body", "channels")
        .order_by("edition__domain__position", "edition__domain_id", "edition_id", "position")
    )


def catalogue_rows(
    items: QuerySet[Item], *, on: dt.date, body_ids: tuple[int, ...] | None = None
) -> list[CatalogueRow]:
    """``items`` with their newest public disclosure and the counts of this year's duties.

    A constant number of queries. The newest record is looked up per state: each lookup is then one
    step in an index, however many records an item has.
    """
    latest = {f"latest_{state.value}": _latest(state, body_ids) for state in PUBLIC_STATES}
    rows = list(items.annotate(**latest))
    found = (
        Disclosure.objects.select_related("body")
        .defer("text", "values")
        .in_bulk([pk for item in rows for name in latest if (pk := getattr(item, name))])
    )
    counts = _counts_by_item((item.key for item in rows), on=on, body_ids=body_ids)
    return [
        CatalogueRow(
            item,
            max(
                (found[pk] for name in latest if (pk := getattr(item, name)) in found),
                key=lambda disclosure: (disclosure.published_at, disclosure.pk),
                default=None,
            ),
            counts.get(item.key, StateCounts({})),
        )
        for item in rows
    ]


def _latest(state: str, body_ids: tuple[int, ...] | None) -> Subquery:
    """The newest record of the outer item in one state."""
    disclosures = Disclosure.objects.filter(item_key=OuterRef("key"), state=state)
    if body_ids is not None:
        disclosures = disclosures.filter(body_id__in=body_ids)
    return Subquery(disclosures.order_by("-published_at").values("pk")[:1])


def _counts_by_item(
    keys: Iterable[str], *, on: dt.date, body_ids: tuple[int, ...] | None
) -> dict[str, StateCounts]:
    """This year's duties (and those without a date) by item and state. One query."""
    duties = Duty.objects.filter(item_key__in=set(keys)).exclude(
        due_on__lt=on.replace(month=1, day=1)
    )
    if body_ids is not None:
        duties = duties.filter(body_id__in=body_ids)
    with_state = duties.with_state(on=on)
    state_column: str = "state"
    grouped = with_state.order_by().values_list("item_key", state_column).annotate(n=Count("pk"))
    counts: dict[str, dict[DutyState, int]] = {}
    for key, state, n in grouped:
        counts.setdefault(key, {})[DutyState(state)] = n
    return {key: StateCounts(found) for key, found in counts.items()}
