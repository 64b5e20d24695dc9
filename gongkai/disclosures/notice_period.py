"""The gate of notice periods (公示期): a 公示 says from when to when, and long enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gongkai.disclosures.findings import Finding, Place
from gongkai.disclosures.gates import Candidate
from gongkai.duties.calendar import WorkCalendar
from gongkai.duties.models import CalendarOverride
from gongkai.duties.queries import notice_rule

DATES = ("starts_on", "ends_on")


def notice_period(candidate: Candidate) -> Iterator[Finding]:
    """Findings where a public notice has no dates, ends before it begins, or ends too early.

    How long it must stand is the notice rule of the record's catalogue item, in calendar or
    working days, the first day not counted; without such a rule any end after the start will do.
    Source: the periods of domain law, kept as data of the catalogue (公示7个工作日 …).
    """
    values = candidate.record.values
    if candidate.template.name != "notice" or values.get("notice_kind") != "public_notice":
        return
    days = [_date(values.get(name)) for name in DATES]
    for name, day in zip(DATES, days, strict=True):
        if day is None:
            label = {"starts_on": "公示开始日期", "ends_on": "公示结束日期"}[name]
            yield Finding("gate.fact_missing", Place(name), {"field": label})
    starts_on, ends_on = days
    if starts_on is None or ends_on is None:
        return
    if ends_on <= starts_on:
        yield Finding("gate.notice_order", Place("ends_on"), {"value": ends_on.isoformat()})
        return
    yield from _too_short(candidate, starts_on, ends_on)


def _too_short(candidate: Candidate, starts_on: dt.date, ends_on: dt.date) -> Iterator[Finding]:
    rule = notice_rule(candidate.record.item) if candidate.record.item else None
    if rule is None or rule.n is None:
        return
    if rule.unit == "workday":
        overrides = dict(CalendarOverride.objects.values_list("day", "is_workday"))
        earliest = WorkCalendar(overrides).add_workdays(starts_on, rule.n).on
    else:
        earliest = starts_on + dt.timedelta(days=rule.n)
    if earliest is not None and ends_on < earliest:
        facts = {"value": ends_on.isoformat(), "earliest": earliest.isoformat(), "rule": rule.raw}
        yield Finding("gate.notice_too_short", Place("ends_on"), facts)


def _date(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None
