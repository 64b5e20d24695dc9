"""From a rule and its occasion to a date, and the words that explain it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.duties.calendar import WorkCalendar
from gongkai.duties.periods import MONTHS_OF, next_period
from gongkai.duties.rules import (
    DueDate,
    Step,
    day_in_period,
    due_after_event,
    due_by_regulation,
    due_in_period,
    explain,
    explain_sentence,
    period_named,
    period_of,
    periods,
)
from gongkai.readings.reading import DEADLINE_KINDS, Deadline

pytestmark = pytest.mark.pure

PROPERTY = settings(max_examples=100, deadline=None)

NATIONAL = WorkCalendar()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def after(kind: str, on: str, **fields: Any) -> DueDate:
    return due_after_event(Deadline(kind, "…", **fields), day(on), calendar=NATIONAL)


def within(label: str, **fields: Any) -> DueDate:
    period = period_named(label)
    assert period is not None
    return due_in_period(Deadline("periodic", "…", **fields), period, calendar=NATIONAL)


@pytest.mark.parametrize(
    ("kind", "n", "unit", "event", "due"),
    [
        ("workdays_after", 20, "workday", "2026-09-18", "2026-10-22"),
        ("workdays_after", 20, "workday", "2026-01-30", "2026-03-05"),
        ("workdays_after", 7, None, "2026-03-02", "2026-03-11"),
        ("days_after", 20, "day", "2026-02-01", "2026-02-24"),  # 21 February is off
        ("days_after", 20, None, "2026-03-02", "2026-03-23"),  # Sunday moves to Monday
        ("workdays_before", 7, "workday", "2026-03-11", "2026-03-02"),
        ("notice_period", 7, "workday", "2026-03-02", "2026-03-11"),
        ("notice_period", 15, "day", "2026-03-02", "2026-03-17"),
        ("realtime", None, None, "2026-10-03", "2026-10-03"),
        ("at_event", None, None, "2026-03-02", "2026-03-02"),
        ("prompt", None, None, "2026-09-18", "2026-10-22"),
    ],
)
def test_dates_after_an_event(kind, n, unit, event, due):
    assert after(kind, event, n=n, unit=unit).on == day(due)


def test_only_a_phrase_without_a_number_is_inferred():
    assert after("prompt", "2026-09-18").inferred is True
    assert after("workdays_after", "2026-09-18", n=20, unit="workday").inferred is False
    assert due_by_regulation(day("2026-09-18"), calendar=NATIONAL).inferred is True
    assert due_by_regulation(day("2026-09-18"), calendar=NATIONAL).on == day("2026-10-22")


@pytest.mark.parametrize("kind", ["permanent", "unknown", "periodic"])
def test_rules_without_a_date_after_an_event(kind):
    result = after(kind, "2026-09-18")
    assert result.on is None
    assert result.steps


def test_a_missing_number_gives_no_date():
    assert after("workdays_after", "2026-09-18").on is None
    assert after("workdays_after", "2026-09-18", n=0).on is None


@pytest.mark.parametrize(
    ("label", "day_rule", "due"),
    [
        ("2026Q3", None, "2026-09-30"),
        ("2026Q1", None, "2026-03-31"),
        ("2026-02", None, "2026-02-28"),
        ("2026H1", None, "2026-06-30"),
        ("2026", None, "2026-12-31"),
        ("2025-11", None, "2025-11-30"),  # a Sunday: a frequency does not move
        ("2026Q3", "first_month:20", "2026-07-20"),
        ("2026Q2", "last_month:15", "2026-06-15"),
        ("2026Q3", "first_month:end", "2026-07-31"),
        ("2026-09", "day:25", "2026-09-28"),  # Mid-Autumn moves to Monday
        ("2026-04", "day:31", "2026-04-30"),
        ("2026-03", "day:end", "2026-03-31"),
        ("2026-09", "next_month:10", "2026-10-10"),
        ("2026", "month:3:end", "2026-03-31"),
        ("2026", "month:1:31", "2026-02-02"),
    ],
)
def test_dates_in_a_period(label, day_rule, due):
    assert within(label, every="x", day_rule=day_rule).on == day(due)


def test_counting_from_the_end_of_a_period():
    result = within("2026Q3", day_rule="after_end", n=10, unit="workday")
    assert result.on == day("2026-10-20")
    assert within("2026Q3", day_rule="after_end", n=15, unit="day").on == day("2026-10-15")
    assert within("2026Q3", day_rule="after_end").on is None


@pytest.mark.parametrize(
    "rule", ["", "day", "day:0", "day:32", "day:x", "month:13:1", "month:3", "x:1", "month:a:b"]
)
def test_a_day_rule_that_names_no_day_gives_no_date(rule):
    assert day_in_period(rule, period_of("quarter", day("2026-03-01"))) is None


def test_a_due_date_in_an_unpublished_year_is_provisional_and_says_so():
    result = after("workdays_after", "2026-12-18", n=20, unit="workday")
    assert (result.on, result.provisional) == (day("2027-01-15"), True)
    assert "2027年放假安排尚未公布,暂按周一至周五计算" in explain(result.steps)


# ---- words --------------------------------------------------------------------------------------


def test_the_explanation_reads_as_people_would_say_it():
    steps = after(
        "workdays_after", "2026-09-18", n=20, unit="workday", trigger="formed_or_changed"
    ).steps
    assert explain_sentence(steps) == (
        "形成于 2026-09-18 → +20 个工作日(不计当日;9月25–27日、10月1–7日放假;"
        "9月20日、10月10日调休上班) → 2026-10-22"
    )
    assert explain_sentence(steps, "en") == (
        "formed 2026-09-18 → +20 working days, 25–27 Sep and 1–7 Oct off, "
        "20 Sep and 10 Oct worked → 2026-10-22"
    )


@pytest.mark.parametrize(
    ("result", "chinese", "english"),
    [
        (
            after("workdays_after", "2026-03-02", n=10, unit="workday", trigger="收到征地批准文件"),
            "收到征地批准文件:2026-03-02 → +10 个工作日(不计当日) → 2026-03-16",
            "收到征地批准文件 2026-03-02 → +10 working days → 2026-03-16",
        ),
        (
            after("days_after", "2026-09-12", n=20, unit="day", trigger="本级人大批准"),
            "本级人大批准:2026-09-12 → +20 日(不计当日) → "
            "2026-10-02 为休息日,顺延至下一个工作日;10月2–7日放假 → 2026-10-08",
            "本级人大批准 2026-09-12 → +20 days → "
            "2026-10-02 is a day off, moved to the next working day, 2–7 Oct off → 2026-10-08",
        ),
        (
            after("workdays_before", "2026-03-11", n=7, unit="workday", trigger="组织听证"),
            "组织听证:2026-03-11 → −7 个工作日(不计当日) → 2026-03-02",
            "组织听证 2026-03-11 → −7 working days → 2026-03-02",
        ),
        (
            after("prompt", "2026-03-02"),
            "形成于 2026-03-02 → 原文未写天数,按《政府信息公开条例》第二十六条推定 → "
            "+20 个工作日(不计当日) → 2026-03-30",
            "formed 2026-03-02 → no number in the source, inferred from art. 26 of the Regulation"
            " → +20 working days → 2026-03-30",
        ),
        (
            after("permanent", "2026-03-02"),
            "形成于 2026-03-02 → 长期公开,没有截止日期",
            "formed 2026-03-02 → standing, no due date",
        ),
        (
            within("2026Q3", day_rule="first_month:20"),
            "2026年第三季度 → 首月20日 → 2026-07-20",
            "Q3 2026 → day 20 of its first month → 2026-07-20",
        ),
        (
            within("2026", day_rule="month:3:end"),
            "2026年度 → 3月末日 → 2026-03-31",
            "2026 → end of Mar → 2026-03-31",
        ),
        (
            within("2026H1"),
            "2026年上半年 → 本期最后一日 → 2026-06-30",
            "first half of 2026 → last day of the period → 2026-06-30",
        ),
        (
            after("notice_period", "2026-03-02", n=7, unit="workday"),
            "形成于 2026-03-02 → 公示 7 个工作日(不计当日) → 2026-03-11",
            "formed 2026-03-02 → on display for 7 working days → 2026-03-11",
        ),
        (
            after("realtime", "2026-03-02"),
            "形成于 2026-03-02 → 当日公开 → 2026-03-02",
            "formed 2026-03-02 → on the same day → 2026-03-02",
        ),
    ],
)
def test_explanations_in_both_languages(result, chinese, english):
    assert explain_sentence(result.steps) == chinese
    assert explain_sentence(result.steps, "en") == english


def test_stored_steps_explain_the_same():
    steps = after("workdays_after", "2026-09-18", n=20, unit="workday").steps
    stored = json.loads(json.dumps([step.as_json() for step in steps]))
    assert explain(stored) == explain(steps)
    assert explain(stored, "en") == explain(steps, "en")


def test_a_step_of_a_later_version_is_passed_over():
    assert explain([Step("something_new"), Step("due", {"on": "2026-03-02"})]) == ["2026-03-02"]
    assert explain([{}]) == []


# ---- periods ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "first", "last", "labels"),
    [
        ("month", "2026-08-15", "2026-10-01", ["2026-08", "2026-09", "2026-10"]),
        ("quarter", "2026-01-01", "2026-12-31", ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]),
        ("half", "2026-06-30", "2026-07-01", ["2026H1", "2026H2"]),
        ("year", "2025-12-31", "2026-01-01", ["2025", "2026"]),
        ("month", "2026-02-01", "2026-01-01", []),
    ],
)
def test_periods_between_two_days(every, first, last, labels):
    assert [period.label for period in periods(every, day(first), day(last))] == labels


@pytest.mark.parametrize(
    ("label", "chinese", "english", "first", "last"),
    [
        ("2026-09", "2026年9月", "September 2026", "2026-09-01", "2026-09-30"),
        ("2026Q3", "2026年第三季度", "Q3 2026", "2026-07-01", "2026-09-30"),
        ("2026H2", "2026年下半年", "second half of 2026", "2026-07-01", "2026-12-31"),
        ("2026", "2026年度", "2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_has_a_label_a_name_and_days(label, chinese, english, first, last):
    period = period_named(label)
    assert period is not None
    assert (period.label, period.name(), period.name("en")) == (label, chinese, english)
    assert (period.starts_on, period.ends_on) == (day(first), day(last))


@pytest.mark.parametrize("text", ["", "2026Q5", "2026-13", "2026-00", "0000", "26Q1", "2026H3"])
def test_what_is_no_label_names_no_period(text):
    assert period_named(text) is None


# ---- laws ---------------------------------------------------------------------------------------

DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2029, 12, 31))
CYCLES = st.sampled_from(sorted(MONTHS_OF))
DAY_RULES = st.one_of(
    st.none(), st.text(max_size=12),
    st.sampled_from(["first_month:20", "last_month:end", "day:25", "next_month:10", "after_end",
                     "month:3:end", "month:2:30"]),
)  # fmt: skip


@PROPERTY
@given(CYCLES, DAYS)
def test_periods_tile_the_calendar(every, on):
    period = period_of(every, on)
    following = next_period(period)
    assert period.starts_on <= on <= period.ends_on
    assert following is not None
    assert following.starts_on == period.ends_on + dt.timedelta(days=1)
    assert period_named(period.label) == period


@PROPERTY
@given(
    st.sampled_from([*DEADLINE_KINDS, "nonsense"]),
    st.one_of(st.none(), st.integers(-5, 10**6)),
    st.sampled_from([None, "", "workday", "day"]),
    DAY_RULES,
    CYCLES,
    st.dates(),
)
def test_no_rule_is_an_error_and_every_result_is_explained(kind, n, unit, day_rule, every, on):
    rule = Deadline(kind, "…", n=n, unit=unit, day_rule=day_rule)
    for result in (
        due_after_event(rule, on, calendar=NATIONAL),
        due_in_period(rule, period_of(every, on), calendar=NATIONAL),
    ):
        assert all(explain(result.steps))
        assert explain(result.steps, "en")
        if result.on is not None:
            assert explain(result.steps)[-1] == result.on.isoformat()


@PROPERTY
@given(DAYS, DAYS, st.integers(1, 60), st.sampled_from(["workdays_after", "days_after"]))
def test_a_later_event_is_never_due_earlier(first, second, n, kind):
    low, high = sorted((first, second))
    rule = Deadline(kind, "…", n=n)
    early = due_after_event(rule, low, calendar=NATIONAL).on
    late = due_after_event(rule, high, calendar=NATIONAL).on
    assert early is not None
    assert late is not None
    assert low < early <= late
