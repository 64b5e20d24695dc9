"""Working days in China: the official plan of each year with a district's own days on top.

Pure. A year counts as known only when its make-up days (调休) are published; in other years
Monday to Friday is assumed and every result that leans on it is provisional.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from chinese_calendar.constants import holidays as _holidays
from chinese_calendar.constants import workdays as _make_up_days

_DAY = dt.timedelta(days=1)
_OFF: frozenset[dt.date] = frozenset(_holidays)
_WORKED: frozenset[dt.date] = frozenset(_make_up_days)
KNOWN_YEARS: frozenset[int] = frozenset(day.year for day in _OFF) & frozenset(
    day.year for day in _WORKED
)
MOST_DAYS = 3660
"""The longest stretch that is counted: ten years. More is a mistake of the source."""


@dataclass(frozen=True, slots=True)
class Count:
    """A count of days: where it ends (None: beyond any calendar) and what was special on the way.

    ``off``: stretches of official days off, each with at least one weekday, as (first, last).
    ``worked``: weekend days on which people worked. ``unknown_years``: Monday–Friday assumed.
    """

    on: dt.date | None
    off: tuple[tuple[dt.date, dt.date], ...] = ()
    worked: tuple[dt.date, ...] = ()
    unknown_years: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether the end depends on a plan that is not published yet."""
        return bool(self.unknown_years)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The national calendar with ``overrides`` (day → whether it is worked) of a district."""

    overrides: Mapping[dt.date, bool] = field(default_factory=lambda: MappingProxyType({}))

    def is_workday(self, on: dt.date) -> bool | None:
        """Whether people work on the day; None where the year's plan is not known."""
        override = self.overrides.get(on)
        if override is not None:
            return override
        if on.year not in KNOWN_YEARS:
            return None
        return on in _WORKED or (on.weekday() < 5 and on not in _OFF)

    def works(self, on: dt.date) -> bool:
        """Whether the day is worked, taking Monday to Friday where nobody knows."""
        known = self.is_workday(on)
        return on.weekday() < 5 if known is None else known

    def is_special_off(self, on: dt.date) -> bool:
        """Whether an official plan or the district, and not only the weekend, makes the day off."""
        override = self.overrides.get(on)
        return on in _OFF if override is None else not override

    def add_workdays(self, start: dt.date, n: int) -> Count:
        """The ``n``-th working day after ``start``, which is not counted itself.

        With ``n`` 0 the first working day from ``start`` on. Example: 2026-09-18 + 20 → 2026-10-22.
        """
        return self._walk(start, n, _DAY)

    def workdays_before(self, event: dt.date, n: int) -> Count:
        """The ``n``-th working day before ``event``, which is not counted itself.

        With ``n`` 0 the last working day up to ``event``.
        """
        return self._walk(event, n, -_DAY)

    def add_days(self, start: dt.date, n: int) -> Count:
        """The ``n``-th calendar day after ``start``; a last day off moves to the next workday."""
        if not 0 <= n <= MOST_DAYS or start.toordinal() + n > dt.date.max.toordinal():
            return Count(None)
        return self.rolled(start + dt.timedelta(days=n))

    def rolled(self, on: dt.date) -> Count:
        """``on`` itself when it is worked, else the next working day."""
        return self._walk(on, 0, _DAY)

    def count_workdays(self, first: dt.date, last: dt.date) -> int:
        """How many working days lie between both days, both included."""
        days = range(first.toordinal(), last.toordinal() + 1)
        return sum(self.works(dt.date.fromordinal(day)) for day in days)

    def _walk(self, start: dt.date, n: int, step: dt.timedelta) -> Count:
        if not 0 <= n <= MOST_DAYS:
            return Count(None)
        passed: list[dt.date] = []
        on = start
        left = n
        if n == 0:
            passed.append(on)
        try:
            while left or not self.works(on):
                on += step
                passed.append(on)
                left -= 1 if left and self.works(on) else 0
        except OverflowError:
            return Count(None)
        return self._count(on, sorted(passed))

    def _count(self, on: dt.date, passed: list[dt.date]) -> Count:
        worked = tuple(day for day in passed if day.weekday() >= 5 and self.works(day))
        unknown = sorted({day.year for day in passed if self.is_workday(day) is None})
        return Count(on, self._stretches_off(passed), worked, tuple(unknown))

    def _stretches_off(self, passed: list[dt.date]) -> tuple[tuple[dt.date, dt.date], ...]:
        """Runs of special days off among the days passed, weekends alone left out."""
        runs: list[list[dt.date]] = []
        for day in passed:
            if self.works(day) or not self.is_special_off(day):
                continue
            if runs and runs[-1][-1] + _DAY == day:
                runs[-1].append(day)
            else:
                runs.append([day])
        return tuple((run[0], run[-1]) for run in runs if any(day.weekday() < 5 for day in run))
