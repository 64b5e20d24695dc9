"""From a deadline rule and its occasion to a date with explained steps, for one district.

The arithmetic is in ``calendar`` and ``rules`` (pure); here it meets the district's calendar, and
results are remembered: a date depends on the rule and the day, not on the body that owes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from gongkai.duties.calendar import WorkCalendar
from gongkai.duties.models import CalendarOverride
from gongkai.duties.planning import AnyRule, Rule, StandingPlan, rule_facts
from gongkai.duties.rules import (
    DueDate,
    Step,
    due_after_event,
    due_by_regulation,
    due_in_period,
    period_named,
    periods,
)

IN_FORCE = "目录施行"
"""What a standing duty is counted from: the day on which its catalogue took effect."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date (None: no date) and how it came about, as ``Duty`` stores them."""

    due_on: dt.date | None
    is_provisional: bool
    is_inferred: bool
    steps: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A period ("2026Q3") with its days, or the beginning of a standing duty (no end)."""

    label: str
    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class DeadlineBook:
    """The deadlines of one district by its calendar; each is computed once."""

    calendar: WorkCalendar
    known: dict[tuple[object, ...], Deadline] = field(default_factory=dict)

    @classmethod
    def for_district(cls) -> DeadlineBook:
        """The book by the national calendar and the days that the district changed. One query."""
        return cls(WorkCalendar(dict(CalendarOverride.objects.values_list("day", "is_workday"))))

    def spans(self, every: str, *, since: dt.date, until: dt.date) -> Iterator[Span]:
        """The periods of a cycle that touch the days from ``since`` to ``until``."""
        for period in periods(every, since, until):
            yield Span(period.label, period.starts_on, period.ends_on)

    def for_period(self, rule: Rule, span: Span) -> Deadline:
        """The deadline of a periodic rule in one period.

        Where the day in the rule cannot be placed, the period's last day is the outer bound, marked
        as inferred: what is owed once a period is owed by its end.
        """
        key = (rule_facts(rule), span.label)
        if key not in self.known:
            self.known[key] = self._for_period(rule, span)
        return self.known[key]

    def _for_period(self, rule: Rule, span: Span) -> Deadline:
        period = period_named(span.label)
        due = due_in_period(rule, period, calendar=self.calendar) if period else DueDate(None)
        if due.on is None and span.ends_on is not None:
            last = Step("due", {"on": span.ends_on.isoformat()})
            due = DueDate(span.ends_on, steps=(*due.steps, last), inferred=True)
        return _stored(due)

    def after_event(self, rule: Rule, *, occurred_on: dt.date) -> Deadline:
        """The deadline that an event starts; the law's own where the rule gives no date."""
        due = due_after_event(rule, occurred_on, calendar=self.calendar)
        return _stored(due) if due.on else self.by_law(occurred_on=occurred_on)

    def by_law(self, *, occurred_on: dt.date) -> Deadline:
        """The Regulation's outer bound (art. 26), inferred."""
        return _stored(due_by_regulation(occurred_on, calendar=self.calendar))

    def first_publication(self, plan: StandingPlan[AnyRule], *, starts_on: dt.date) -> Deadline:
        """By when a standing duty must first be met, counted from the catalogue's effect.

        No date where the catalogue says 长期 and nothing else.
        """
        rule = plan.limit or plan.rule
        key = (rule_facts(rule), starts_on, "standing")
        if key not in self.known:
            due = due_after_event(rule, starts_on, calendar=self.calendar)
            start = Step("event", {"on": starts_on.isoformat(), "trigger": IN_FORCE})
            self.known[key] = _stored(replace(due, steps=(start, *due.steps[1:])))
        return self.known[key]


def _stored(due: DueDate) -> Deadline:
    steps = tuple(step.as_json() for step in due.steps)
    return Deadline(due.on, due.provisional, due.inferred, steps)


def cycle_of(label: str) -> str:
    """The cycle of a period's label; empty for no label. Example: "2026Q3" → quarter."""
    period = period_named(label)
    return period.every if period else ""
