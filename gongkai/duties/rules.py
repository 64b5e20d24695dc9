"""From one deadline rule and its occasion to a date, with every step told. Pure.

A rule with a number counts from its event; a periodic rule has a day in its period. Where the
source has no number the Regulation's own limit (art. 26) is the outer bound, marked as inferred.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from gongkai.duties.calendar import Count, WorkCalendar
from gongkai.duties.periods import (
    Period,
    last_day,
    next_period,
    period_named,
    period_of,
    periods,
)
from gongkai.duties.steps import Step, explain, explain_sentence

__all__ = (
    "REGULATION_WORKDAYS", "DueDate", "Period", "Rule", "Step", "day_in_period",
    "due_after_event", "due_by_regulation", "due_in_period", "explain", "explain_sentence",
    "period_named", "period_of", "periods",
)  # fmt: skip

REGULATION_WORKDAYS = 20
"""Regulation on open government information (2019), art. 26."""


class Rule(Protocol):
    """What is read of a deadline rule; empty text and None both mean "not given"."""

    @property
    def kind(self) -> str: ...
    @property
    def n(self) -> int | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def trigger(self) -> str | None: ...
    @property
    def day_rule(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class DueDate:
    """A date (None: there is none) and how it came about.

    ``provisional``: a year's calendar is not published. ``inferred``: the number is the law's.
    """

    on: dt.date | None
    provisional: bool = False
    steps: tuple[Step, ...] = ()
    inferred: bool = False


def due_after_event(rule: Rule, on: dt.date, *, calendar: WorkCalendar) -> DueDate:
    """When the rule wants publication after (or before) an event on that day.

    A notice period gives its last day, counted from ``on``. Periodic rules and rules that were not
    understood give no date. Example: 20 working days after 2026-09-18 → 2026-10-22.
    """
    event = Step("event", {"on": on.isoformat(), "trigger": rule.trigger or ""})
    if rule.kind in {"realtime", "at_event"}:
        return _due(Count(on), (event, Step("same_day")))
    if rule.kind == "prompt":
        return _after(REGULATION_WORKDAYS, "workday", on, (event, Step("inferred")), calendar)
    if rule.kind == "permanent":
        return DueDate(None, steps=(event, Step("standing")))
    if rule.n is None or rule.n < 1:
        return DueDate(None, steps=(event, Step("unknown")))
    if rule.kind in {"workdays_after", "days_after"}:
        return _after(rule.n, rule.unit or _unit_of(rule.kind), on, (event,), calendar)
    if rule.kind == "workdays_before":
        return _before(rule.n, on, event, calendar)
    if rule.kind == "notice_period":
        return _notice(rule.n, rule.unit or "day", on, event, calendar)
    return DueDate(None, steps=(event, Step("unknown")))


def due_by_regulation(on: dt.date, *, calendar: WorkCalendar) -> DueDate:
    """The outer bound of the Regulation (art. 26) for information formed on that day; inferred."""
    event = Step("event", {"on": on.isoformat(), "trigger": ""})
    return _after(REGULATION_WORKDAYS, "workday", on, (event, Step("inferred")), calendar)


def due_in_period(rule: Rule, period: Period, *, calendar: WorkCalendar) -> DueDate:
    """When a periodic rule wants publication for the period.

    Without a day in the rule it is the period's last day, as it stands: "once a quarter" is a
    frequency, and moving it past a weekend would leave the quarter empty. A named day that is off
    moves to the next working day. ``after_end`` counts from the end of the period.
    """
    named = Step("period", {"period": period.label})
    day_rule = rule.day_rule or ""
    if day_rule == "after_end":
        end = Step("period_end", {"on": period.ends_on.isoformat()})
        if not rule.n or rule.n < 1:
            return DueDate(None, steps=(named, end, Step("unknown")))
        return _after(rule.n, rule.unit or "day", period.ends_on, (named, end), calendar)
    step = Step("day_rule", {"rule": day_rule})
    if not day_rule:
        return _due(Count(period.ends_on), (named, step))
    on = day_in_period(day_rule, period)
    if on is None:
        return DueDate(None, steps=(named, Step("unknown")))
    return _rolled(on, (named, step), calendar)


def day_in_period(day_rule: str, period: Period) -> dt.date | None:
    """The day that a rule names in a period, None where it names none.

    ``first_month:20`` ``last_month:20`` ``day:25`` ``next_month:10`` ``month:3:31``; ``end`` for a
    number is the month's last day, and so is a number that the month does not have.
    """
    name, *numbers = day_rule.split(":")
    if name == "month" and len(numbers) == 2 and numbers[0].isdigit():
        month = int(numbers[0])
        return _month_day(period.starts_on.year, month, numbers[1])
    if len(numbers) != 1:
        return None
    base = {"first_month": period.starts_on, "last_month": period.ends_on, "day": period.ends_on}
    if name == "next_month":
        following = next_period(period)
        month_in: dt.date | None = following.starts_on if following else None
    else:
        month_in = base.get(name)
    return _month_day(month_in.year, month_in.month, numbers[0]) if month_in else None


def _month_day(year: int, month: int, day: str) -> dt.date | None:
    if not 1 <= month <= 12:
        return None
    if day == "end":
        return last_day(year, month)
    return last_day(year, month, int(day)) if day.isdigit() and 1 <= int(day) <= 31 else None


def _unit_of(kind: str) -> str:
    return "workday" if kind == "workdays_after" else "day"


def _facts(count: Count) -> dict[str, list[object]]:
    """The special days of a count as JSON values."""
    return {
        "off": [[first.isoformat(), last.isoformat()] for first, last in count.off],
        "worked": [day.isoformat() for day in count.worked],
    }


def _due(count: Count, steps: tuple[Step, ...]) -> DueDate:
    """The result of a count: its date as the last step, a warning where the year is not known."""
    if count.on is None:
        return DueDate(None, steps=(*steps, Step("unknown")))
    told = [*steps]
    if count.unknown_years:
        told.append(Step("provisional", {"years": list(count.unknown_years)}))
    told.append(Step("due", {"on": count.on.isoformat()}))
    inferred = any(step.code == "inferred" for step in steps)
    return DueDate(count.on, count.provisional, tuple(told), inferred)


def _after(
    n: int, unit: str, on: dt.date, steps: tuple[Step, ...], calendar: WorkCalendar
) -> DueDate:
    if unit == "workday":
        count = calendar.add_workdays(on, n)
        return _due(count, (*steps, Step("workdays", {"n": n, "sign": "+"} | _facts(count))))
    told = (*steps, Step("days", {"n": n}))
    if calendar.add_days(on, n).on is None:
        return DueDate(None, steps=(*told, Step("unknown")))
    return _rolled(on + dt.timedelta(days=n), told, calendar)


def _rolled(on: dt.date, steps: tuple[Step, ...], calendar: WorkCalendar) -> DueDate:
    """The day itself, or the next working day with the reason told."""
    count = calendar.rolled(on)
    if count.on != on:
        steps = (*steps, Step("rolled", {"from": on.isoformat()} | _facts(count)))
    return _due(count, steps)


def _before(n: int, on: dt.date, event: Step, calendar: WorkCalendar) -> DueDate:
    count = calendar.workdays_before(on, n)
    return _due(count, (event, Step("workdays", {"n": n, "sign": "−"} | _facts(count))))


def _notice(n: int, unit: str, on: dt.date, event: Step, calendar: WorkCalendar) -> DueDate:
    """The last day of a notice period that starts the day after ``on``; never shortened."""
    count = calendar.add_workdays(on, n) if unit == "workday" else calendar.add_days(on, n)
    return _due(count, (event, Step("notice", {"n": n, "unit": unit} | _facts(count))))
