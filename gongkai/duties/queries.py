"""What is asked of the register of duties; every answer takes a constant number of queries."""

from __future__ import annotations

import calendar as month_calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.expressions import OrderBy

from gongkai.catalogue.models import DeadlineRule, Item, ItemBody
from gongkai.duties.models import Duty, DutySettings
from gongkai.duties.planning import is_without_duty
from gongkai.duties.querysets import DutyQuerySet, state_condition
from gongkai.duties.rules import explain
from gongkai.duties.states import DutyState
from gongkai.places.models import Body

SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    "due": (F("due_on").asc(nulls_last=True), "pk"),
    "-due": (F("due_on").desc(nulls_last=True), "-pk"),
    "body": ("body__position", "body__code", F("due_on").asc(nulls_last=True), "pk"),
    "item": ("item__edition__domain__position", "item__position", "pk"),
}
"""How the register can be ordered."""


STATE = "state"
"""The column that ``DutyQuerySet.with_state`` adds."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What of the register is asked for. ``scope`` limits by mandate; empty fields do not limit."""

    on: dt.date
    scope: Q = field(default_factory=Q)
    body: str = ""
    domain: str = ""
    states: tuple[DutyState, ...] = ()
    occasion: str = ""
    period: str = ""  # "2026Q3", or a beginning of it: "2026"
    text: str = ""
    due_from: dt.date | None = None
    due_until: dt.date | None = None
    sort: str = "due"


@dataclass(frozen=True, slots=True)
class StateCounts:
    """Duties by state, and the two rates that follow. A rate is None where nothing was owed yet."""

    by_state: dict[DutyState, int]

    @property
    def total(self) -> int:
        """All duties counted."""
        return sum(self.by_state.values())

    @property
    def n_met(self) -> int:
        """Published, on time or late."""
        return self.of(DutyState.MET) + self.of(DutyState.MET_LATE)

    @property
    def n_owed(self) -> int:
        """What had to be public by now: published or overdue."""
        return self.n_met + self.of(DutyState.OVERDUE)

    @property
    def rate(self) -> float | None:
        """Published ÷ owed, 0..1."""
        return self.n_met / self.n_owed if self.n_owed else None

    @property
    def punctual_rate(self) -> float | None:
        """Published on time ÷ owed, 0..1."""
        return self.of(DutyState.MET) / self.n_owed if self.n_owed else None

    def of(self, state: DutyState) -> int:
        """How many are in ``state``."""
        return self.by_state.get(state, 0)


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """The counts of one body or one domain."""

    code: str
    name: str
    counts: StateCounts


@dataclass(frozen=True, slots=True)
class HeatTable:
    """Bodies × domains: ``cells[(body_code, domain_code)]``; absent where nothing is owed."""

    bodies: tuple[GroupCounts, ...]
    domains: tuple[GroupCounts, ...]
    cells: dict[tuple[str, str], StateCounts]


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of a month's calendar with the duties due on it."""

    day: dt.date
    is_in_month: bool
    duties: tuple[Duty, ...]


def _register(duties: object) -> DutyQuerySet:
    return cast("DutyQuerySet", duties)


def duties_register(selection: Selection) -> DutyQuerySet:
    """The duties that ``selection`` asks for, ordered; without related rows (``register_rows``)."""
    query = Q(selection.scope)
    if selection.body:
        query &= Q(body__code=selection.body)
    if selection.domain:
        query &= Q(item__edition__domain__code=selection.domain)
    if selection.occasion:
        query &= Q(occasion=selection.occasion)
    if selection.period:
        query &= Q(period__startswith=selection.period)
    if selection.due_from:
        query &= Q(due_on__gte=selection.due_from)
    if selection.due_until:
        query &= Q(due_on__lte=selection.due_until)
    if selection.text:
        query &= _text_condition(selection.text)
    if selection.states:
        wanted = Q()
        for state in selection.states:
            wanted |= state_condition(state, on=selection.on)
        query &= wanted
    return _register(Duty.objects.filter(query).order_by(*SORTS.get(selection.sort, SORTS["due"])))


def _text_condition(text: str) -> Q:
    """Every word occurs in an item's names, the body's name, the event's title or the code."""
    query = Q()
    for word in text.split()[:8]:
        query &= (
            Q(item__level1__icontains=word)
            | Q(item__level2__icontains=word)
            | Q(item__level3__icontains=word)
            | Q(body__name__icontains=word)
            | Q(event__title__icontains=word)
            | Q(code=word)
        )
    return query


NOT_IN_ROWS = (
    "item__contents", "item__levels", "item__extra", "item__basis_text", "item__bodies_text",
    "item__channels_text", "item__edition__extra_headers", "body__introduction",
)  # fmt: skip
"""What a row of the register does not show, and what costs time to load."""


def register_rows(ids: Iterable[int], *, on: dt.date) -> list[Duty]:
    """The duties with these ids, in this order, with all that a row shows. Two queries."""
    wanted = list(ids)
    rows = {
        duty.pk: duty
        for duty in _register(Duty.objects.filter(pk__in=wanted))
        .with_state(on=on)
        .select_related("body", "item__edition__domain", "event")
        .prefetch_related("channels")
        .defer(*NOT_IN_ROWS)
    }
    return [rows[pk] for pk in wanted if pk in rows]


def counts_by_state(duties: DutyQuerySet, *, on: dt.date) -> StateCounts:
    """How many of ``duties`` are in each state on ``on``. One query."""
    rows = duties.with_state(on=on).order_by().values_list(STATE).annotate(n=Count("pk"))
    return StateCounts({DutyState(state): n for state, n in rows})


def counts_by_body(duties: DutyQuerySet, *, on: dt.date) -> list[GroupCounts]:
    """The counts of every body with a duty, in the bodies' order. One query."""
    return _grouped(duties, on, "body__code", "body__name", "body__position")


def counts_by_domain(duties: DutyQuerySet, *, on: dt.date) -> list[GroupCounts]:
    """The counts of every domain with a duty, in the domains' order. One query."""
    domain = "item__edition__domain"
    return _grouped(duties, on, f"{domain}__code", f"{domain}__name", f"{domain}__position")


def _grouped(
    duties: DutyQuerySet, on: dt.date, code: str, name: str, position: str
) -> list[GroupCounts]:
    rows = (
        duties.with_state(on=on)
        .order_by(position, code)
        .values_list(code, name, position, "state")
        .annotate(n=Count("pk"))
    )
    counts: dict[tuple[str, str], dict[DutyState, int]] = {}
    for row_code, row_name, _position, state, n in rows:
        counts.setdefault((row_code, row_name), {})[DutyState(state)] = n
    return [GroupCounts(key[0], key[1], StateCounts(found)) for key, found in counts.items()]


def heat_table(duties: DutyQuerySet, *, on: dt.date) -> HeatTable:
    """Rates of bodies × domains, with the sums of each row and column. One grouped query."""
    domain = "item__edition__domain"
    rows = (
        duties.with_state(on=on)
        .order_by()
        .values_list(
            "body__position", "body__code", "body__name",
            f"{domain}__position", f"{domain}__code", f"{domain}__name", "state",
        )
        .annotate(n=Count("pk"))
    )  # fmt: skip
    bodies: dict[tuple[int, str, str], dict[DutyState, int]] = {}
    domains: dict[tuple[int, str, str], dict[DutyState, int]] = {}
    cells: dict[tuple[str, str], dict[DutyState, int]] = {}
    for *names, state, n in rows:
        body, field_ = (names[0], names[1], names[2]), (names[3], names[4], names[5])
        for counts in (
            bodies.setdefault(body, {}),
            domains.setdefault(field_, {}),
            cells.setdefault((body[1], field_[1]), {}),
        ):
            counts[DutyState(state)] = counts.get(DutyState(state), 0) + n
    return HeatTable(
        bodies=_ordered(bodies),
        domains=_ordered(domains),
        cells={key: StateCounts(found) for key, found in cells.items()},
    )


def _ordered(
    groups: dict[tuple[int, str, str], dict[DutyState, int]],
) -> tuple[GroupCounts, ...]:
    return tuple(
        GroupCounts(code, name, StateCounts(counts))
        for (_position, code, name), counts in sorted(groups.items(), key=lambda group: group[0])
    )


def calendar_of(body: Body, *, month: dt.date, on: dt.date) -> list[list[CalendarDay]]:
    """The weeks (Monday first) of ``month`` with the duties of ``body`` due on each day.

    Two queries; duties without a date are not in a calendar.
    """
    weeks = month_calendar.Calendar().monthdatescalendar(month.year, month.month)
    first, last = weeks[0][0], weeks[-1][-1]
    duties: dict[dt.date, list[Duty]] = {}
    rows = (
        _register(Duty.objects.filter(body=body, due_on__gte=first, due_on__lte=last))
        .with_state(on=on)
        .select_related("item", "event")
        .order_by("due_on", "pk")
    )
    for duty in rows:
        duties.setdefault(cast("dt.date", duty.due_on), []).append(duty)
    return [
        [CalendarDay(day, day.month == month.month, tuple(duties.get(day, ()))) for day in week]
        for week in weeks
    ]


def duties_of_month(scope: Q, *, on: dt.date) -> DutyQuerySet:
    """What is owed in the month of ``on``: overdue, due by its end, or settled in it. Ordered.

    Standing duties without a date are not owed *this month*.
    """
    first = on.replace(day=1)
    last = on.replace(day=month_calendar.monthrange(on.year, on.month)[1])
    is_owed = Q(met_on=None, closed_by="", due_on__lte=last)
    is_settled = Q(met_on__range=(first, last)) | Q(due_on__range=(first, last))
    return (
        _register(Duty.objects.filter(scope)).filter(is_owed | is_settled).order_by(*SORTS["due"])
    )


def duties_of_item(item_key: str, *, body: Body | None = None) -> DutyQuerySet:
    """The duties of an item across its editions, the latest date first."""
    duties = Duty.objects.filter(item_key=item_key).order_by(F("due_on").desc(nulls_last=True))
    return _register(duties.filter(body=body) if body else duties)


def next_open_duty(item_key: str, *, body: Body) -> Duty | None:
    """The open duty of ``body`` for the item that falls due first: what a new record would meet."""
    return (
        _register(Duty.objects.filter(item_key=item_key, body=body))
        .still_open()
        .order_by(*SORTS["due"])
        .first()
    )


def items_without_body() -> list[Item]:
    """Items in force that name no body we know, so that nobody owes them: a finding to settle."""
    matched = ItemBody.objects.filter(item=OuterRef("pk"), body__isnull=False)
    return list(
        Item.objects.filter(~Exists(matched), edition__state="in_force")
        .exclude(is_proactive=False)
        .select_related("edition__domain", "edition__body")
        .order_by("edition", "position")
    )


def items_without_duty() -> list[Item]:
    """Items in force whose deadline gives no duty (none given, or not understood): a finding."""
    items = (
        Item.objects.filter(edition__state="in_force")
        .exclude(is_proactive=False)
        .select_related("edition__domain", "edition__body")
        .prefetch_related("deadlines")
        .order_by("edition", "position")
    )
    return [item for item in items if is_without_duty(list(item.deadlines.all()))]


def notice_rule(item: Item) -> DeadlineRule | None:
    """The notice period (公示期) that the catalogue sets for a record of the item, if any."""
    rules = DeadlineRule.objects.filter(item=item, kind="notice_period", n__isnull=False)
    return rules.order_by("-n").first()


def settings_of_register() -> DutySettings:
    """The district's settings; the standard ones where none were made."""
    return DutySettings.objects.order_by("pk").first() or DutySettings()


def explanation(duty: Duty, language: str = "zh-hans") -> list[str]:
    """How the date of ``duty`` comes about, one sentence a step. No query."""
    return explain(duty.steps, language)
