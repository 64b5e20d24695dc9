"""Recurring work is done when it is due, daily work once a day; a failure harms only itself."""

from __future__ import annotations

import datetime as dt
import logging

import pytest

from gongkai.base.scheduler import SCHEDULE, Recurring, Schedule, run

EIGHT = dt.datetime(2026, 9, 18, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def done():
    return []


def schedule_of(done, *, work=None, **when):
    schedule = Schedule()
    schedule.add(Recurring(name="work", work=work or (lambda: done.append(1)), **when))
    return schedule


def test_work_of_every_few_seconds_waits_its_time(done):
    schedule = schedule_of(done, seconds=5)
    for clock in (0, 1, 4.9, 5, 6, 10):
        schedule.tick(clock=clock, now=EIGHT)
    assert len(done) == 3


def test_daily_work_is_done_once_a_day_from_its_hour(done):
    schedule = schedule_of(done, hour=9)
    hours = (0, 1, 2, 5, 25, 26)
    counts = [
        schedule.tick(clock=n, now=EIGHT + dt.timedelta(hours=hour)) for n, hour in enumerate(hours)
    ]
    assert counts == [0, 1, 0, 0, 1, 0]


@pytest.mark.parametrize("when", [{"seconds": 1}, {"hour": 3}])
def test_failed_work_is_told_and_tried_again_later(when, caplog):
    def fail():
        raise RuntimeError("the disk is full")

    schedule = schedule_of([], work=fail, **when)
    with caplog.at_level(logging.ERROR):
        counts = [schedule.tick(clock=clock, now=EIGHT) for clock in (0, 1, 2, 5, 6, 100)]
    assert counts == [1, 0, 1, 0, 1, 1]
    assert "work failed (4 in a row)" in caplog.text


def test_a_name_registered_again_replaces_the_former(done):
    schedule = schedule_of(done, seconds=1)
    schedule.add(Recurring(name="work", work=lambda: done.append(2), seconds=1))
    schedule.tick(clock=0, now=EIGHT)
    assert done == [2]


def test_a_failure_leaves_other_work_alone(done, caplog):
    schedule = schedule_of(done, work=lambda: 1 / 0, seconds=1)
    schedule.add(Recurring(name="other", work=lambda: done.append(1), seconds=1))
    assert schedule.tick(clock=0, now=EIGHT) == 2
    assert done == [1]


@pytest.mark.django_db
def test_the_loop_ends_when_told(done):
    ticks = iter((False, False, True))
    run(is_stopping=lambda _seconds: next(ticks), schedule=schedule_of(done, seconds=0))
    assert len(done) == 2


def test_apps_register_their_work():
    names = {recurring.name for recurring in SCHEDULE.works}
    assert {"search follows the log", "page cache follows the log"} <= names
    assert "scheduled publications and expiry" in names
