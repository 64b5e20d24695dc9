"""The working-day calendar: verified facts, district days, unknown years, and its laws."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.duties.calendar import KNOWN_YEARS, MOST_DAYS, Count, WorkCalendar

pytestmark = pytest.mark.pure

PROPERTY = settings(max_examples=100, deadline=None)

NATIONAL = WorkCalendar()


def end(count: Count) -> dt.date:
    """The end of a count that has one."""
    assert count.on is not None
    return count.on


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(("year", "n"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(year, n):
    assert NATIONAL.count_workdays(dt.date(year, 1, 1), dt.date(year, 12, 31)) == n


@pytest.mark.parametrize(
    "on", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
)
def test_make_up_days_of_2026_are_worked(on):
    assert NATIONAL.is_workday(day(on)) is True


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-01", "2026-01-03"),
        ("2026-02-15", "2026-02-23"),
        ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"),
        ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
    ],
)
def test_holidays_of_2026_are_off(first, last):
    assert NATIONAL.count_workdays(day(first), day(last)) == 0


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-09-18", 20, "2026-10-22"),
        ("2026-01-30", 20, "2026-03-05"),
        ("2026-09-18", 1, "2026-09-20"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-01", 0, "2026-10-08"),
        ("2026-09-18", 0, "2026-09-18"),
        ("2026-03-02", 5, "2026-03-09"),
    ],
)
def test_adding_working_days(start, n, end):
    count = NATIONAL.add_workdays(day(start), n)
    assert count.on == day(end)
    assert count.provisional is False


def test_the_count_tells_the_days_off_and_the_days_worked_on_the_way():
    count = NATIONAL.add_workdays(day("2026-09-18"), 20)
    assert count.off == (
        (day("2026-09-25"), day("2026-09-27")),
        (day("2026-10-01"), day("2026-10-07")),
    )
    assert count.worked == (day("2026-09-20"), day("2026-10-10"))


def test_plain_weekends_are_not_told():
    count = NATIONAL.add_workdays(day("2026-03-02"), 10)
    assert count.off == ()
    assert count.worked == ()


@pytest.mark.parametrize(
    ("event", "n", "on"),
    [
        ("2026-10-22", 20, "2026-09-18"),
        ("2026-03-11", 7, "2026-03-02"),
        ("2026-10-10", 3, "2026-09-30"),
    ],
)
def test_counting_back(event, n, on):
    assert NATIONAL.workdays_before(day(event), n).on == day(on)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-03-02", 7, "2026-03-09"),
        ("2026-03-02", 5, "2026-03-09"),  # Saturday 7 March moves to Monday
        ("2026-09-11", 20, "2026-10-08"),  # 1 October moves behind the holidays
    ],
)
def test_calendar_days_end_on_a_working_day(start, n, end):
    assert NATIONAL.add_days(day(start), n).on == day(end)


def test_a_year_without_a_plan_is_provisional_not_an_error():
    assert 2027 not in KNOWN_YEARS
    assert NATIONAL.is_workday(day("2027-03-01")) is None
    count = NATIONAL.add_workdays(day("2026-12-18"), 20)
    assert (count.on, count.unknown_years) == (day("2027-01-15"), (2027,))
    assert count.provisional


def test_a_count_inside_a_known_year_is_not_provisional():
    assert NATIONAL.add_workdays(day("2026-12-18"), 5).provisional is False


def test_a_district_can_close_and_open_days():
    calendar = WorkCalendar({day("2026-03-03"): False, day("2026-03-07"): True})
    assert calendar.is_workday(day("2026-03-03")) is False
    count = calendar.add_workdays(day("2026-03-02"), 4)
    assert count.on == day("2026-03-07")
    assert count.off == ((day("2026-03-03"), day("2026-03-03")),)
    assert count.worked == (day("2026-03-07"),)


def test_a_district_day_makes_an_unknown_year_known_for_that_day():
    calendar = WorkCalendar({day("2027-01-01"): False})
    assert calendar.is_workday(day("2027-01-01")) is False


@pytest.mark.parametrize("n", [-1, MOST_DAYS + 1, 10**9])
def test_absurd_numbers_give_no_date(n):
    assert NATIONAL.add_workdays(day("2026-01-01"), n).on is None
    assert NATIONAL.workdays_before(day("2026-01-01"), n).on is None
    assert NATIONAL.add_days(day("2026-01-01"), n).on is None


def test_the_ends_of_all_calendars_give_no_date():
    assert NATIONAL.add_workdays(dt.date.max, 20).on is None
    assert NATIONAL.workdays_before(dt.date.min, 20).on is None
    assert NATIONAL.add_days(dt.date.max, 1).on is None


# ---- laws ---------------------------------------------------------------------------------------

DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2029, 12, 31))
NUMBERS = st.integers(0, 60)


@PROPERTY
@given(DAYS, NUMBERS)
def test_the_end_is_a_working_day_and_the_count_is_right(start, n):
    last = end(NATIONAL.add_workdays(start, n))
    assert NATIONAL.works(last)
    passed = NATIONAL.count_workdays(start + dt.timedelta(days=1), last)
    assert passed == (n or (0 if last == start else 1))


@PROPERTY
@given(DAYS, NUMBERS)
def test_more_days_never_end_earlier(start, n):
    low, high = end(NATIONAL.add_workdays(start, n)), end(NATIONAL.add_workdays(start, n + 1))
    assert low < high or (n == 0 and low == high)


@PROPERTY
@given(DAYS, DAYS, NUMBERS)
def test_a_later_start_never_ends_earlier(first, second, n):
    low, high = sorted((first, second))
    assert end(NATIONAL.add_workdays(low, n)) <= end(NATIONAL.add_workdays(high, n))


@PROPERTY
@given(DAYS, NUMBERS)
def test_counting_back_undoes_counting_on(start, n):
    worked = end(NATIONAL.rolled(start))
    assert end(NATIONAL.workdays_before(end(NATIONAL.add_workdays(worked, n)), n)) == worked


@PROPERTY
@given(DAYS, NUMBERS)
def test_calendar_days_never_end_early(start, n):
    last = end(NATIONAL.add_days(start, n))
    assert last >= start + dt.timedelta(days=n)
    assert NATIONAL.works(last)


@PROPERTY
@given(st.dates(), st.integers())
def test_no_day_and_no_number_is_an_error(start, n):
    for count in (
        NATIONAL.add_workdays(start, n % 400),
        NATIONAL.add_days(start, n),
        NATIONAL.workdays_before(start, n % 400),
    ):
        assert count.on is None or isinstance(count.on, dt.date)


@PROPERTY
@given(DAYS, st.booleans())
def test_the_districts_word_counts_most(on, worked):
    assert WorkCalendar({on: worked}).is_workday(on) is worked
