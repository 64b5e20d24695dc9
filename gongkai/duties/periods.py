"""Months, quarters, half-years and years: the occasions of periodic duties. Pure."""

from __future__ import annotations

import calendar as month_lengths
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_QUARTERS = "一二三四"
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_LABEL = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})|Q(?P<quarter>[1-4])|H(?P<half>[12]))?"
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One month, quarter, half-year or year."""

    starts_on: dt.date
    every: str  # "month" | "quarter" | "half" | "year"

    @property
    def ends_on(self) -> dt.date:
        """The last day of the period."""
        return last_day(self.starts_on.year, self.starts_on.month + MONTHS_OF[self.every] - 1)

    @property
    def number(self) -> int:
        """Which of its kind in the year, from 1."""
        return (self.starts_on.month - 1) // MONTHS_OF[self.every] + 1

    @property
    def label(self) -> str:
        """The sortable label: 2026-09, 2026Q3, 2026H2, 2026."""
        tails = {
            "month": f"-{self.number:02}", "quarter": f"Q{self.number}", "half": f"H{self.number}",
            "year": "",
        }  # fmt: skip
        return f"{self.starts_on.year:04}{tails[self.every]}"

    def name(self, language: str = "zh-hans") -> str:
        """The name for people: 2026年第三季度, 2026年9月; Q3 2026, September 2026."""
        year = self.starts_on.year
        if language.startswith("en"):
            names = {
                "month": f"{_ENGLISH_MONTHS[self.starts_on.month - 1]} {year}",
                "quarter": f"Q{self.number} {year}",
                "half": f"{'first' if self.number == 1 else 'second'} half of {year}",
                "year": f"{year}",
            }
        else:
            names = {
                "month": f"{year}年{self.number}月",
                "quarter": f"{year}年第{_QUARTERS[(self.number - 1) % 4]}季度",
                "half": f"{year}年{'上' if self.number == 1 else '下'}半年",
                "year": f"{year}年度",
            }
        return names[self.every]


def last_day(year: int, month: int, day: int = 31) -> dt.date:
    """The day of the month, or its last day where the month is shorter."""
    return dt.date(year, month, min(day, month_lengths.monthrange(year, month)[1]))


def period_of(every: str, on: dt.date) -> Period:
    """The period that contains the day."""
    n_months = MONTHS_OF[every]
    return Period(dt.date(on.year, (on.month - 1) // n_months * n_months + 1, 1), every)


def next_period(period: Period) -> Period | None:
    """The period that follows; None at the end of all calendars."""
    if period.ends_on == dt.date.max:
        return None
    return period_of(period.every, period.ends_on + dt.timedelta(days=1))


def periods(every: str, first: dt.date, last: dt.date) -> Iterator[Period]:
    """Every period with at least one day between both days (both included), in order."""
    period: Period | None = period_of(every, first)
    while period is not None and period.starts_on <= last:
        if period.ends_on >= first:
            yield period
        period = next_period(period)


def period_named(label: str) -> Period | None:
    """The period of a label (2026Q3 …), or None where the text is no label."""
    match = _LABEL.fullmatch(label)
    if match is None or match["year"] == "0000":
        return None
    every = next((kind for kind in ("month", "quarter", "half") if match[kind]), "year")
    number = int(match[every]) if every != "year" else 1
    if every == "month" and not 1 <= number <= 12:
        return None
    return Period(dt.date(int(match["year"]), (number - 1) * MONTHS_OF[every] + 1, 1), every)
