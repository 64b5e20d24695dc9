"""The state of a duty follows from its facts, in Python and in the database alike."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.duties.models import Duty
from gongkai.duties.states import DUE_WINDOW_DAYS, DutyState, state_on
from gongkai.duties.tests.factories import NOON, DutyFactory

ON = dt.date(2026, 9, 18)


def day(offset):
    return None if offset is None else ON + dt.timedelta(days=offset)


@pytest.mark.parametrize(
    ("due", "met", "closed_by", "state"),
    [
        (None, None, "", DutyState.EXPECTED),
        (DUE_WINDOW_DAYS + 1, None, "", DutyState.EXPECTED),
        (DUE_WINDOW_DAYS, None, "", DutyState.DUE),
        (0, None, "", DutyState.DUE),
        (-1, None, "", DutyState.OVERDUE),
        (-1, -1, "", DutyState.MET),
        (-2, -1, "", DutyState.MET_LATE),
        (None, -1, "", DutyState.MET),
        (-9, None, "waived", DutyState.WAIVED),
        (-9, None, "repealed", DutyState.WAIVED),
        (-9, None, "nothing", DutyState.NOTHING_OCCURRED),
        (-9, -1, "waived", DutyState.WAIVED),
    ],
)
def test_state_follows_from_the_facts(due, met, closed_by, state):
    assert state_on(ON, due_on=day(due), met_on=day(met), closed_by=closed_by) is state


@given(
    due=st.none() | st.integers(-60, 60),
    met=st.none() | st.integers(-60, 60),
    closed_by=st.sampled_from(["", "waived", "repealed", "nothing"]),
)
def test_nothing_open_is_ever_called_met_and_nothing_met_overdue(due, met, closed_by):
    state = state_on(ON, due_on=day(due), met_on=day(met), closed_by=closed_by)
    if not closed_by:
        assert (state in {DutyState.MET, DutyState.MET_LATE}) == (met is not None)
    assert (state in {DutyState.WAIVED, DutyState.NOTHING_OCCURRED}) == bool(closed_by)


@pytest.mark.django_db
def test_the_database_tells_the_same_state_as_the_rule():
    item = DutyFactory.create().item
    offsets = (None, -30, -1, 0, 1, DUE_WINDOW_DAYS, DUE_WINDOW_DAYS + 1)
    cases = itertools.product(offsets, (None, -30, -1, 0, 1), ("", "waived", "nothing"))
    for number, (due, met, closed_by) in enumerate(cases):
        DutyFactory.create(
            item=item,
            period=f"case{number}",
            due_on=day(due),
            met_on=day(met),
            met_at=dt.datetime.combine(day(met), NOON) if met is not None else None,
            closed_by=closed_by,
            closed_at=dt.datetime.combine(ON, NOON) if closed_by else None,
            channels=[],
        )
    duties = list(Duty.objects.all().with_state(on=ON))
    assert len(duties) == 106
    for duty in duties:
        assert duty.state == duty.state_on(ON)
    by_filter = {
        pk: state
        for state in DutyState
        for pk in Duty.objects.all().in_state(state, on=ON).values_list("pk", flat=True)
    }
    assert by_filter == {duty.pk: duty.state for duty in duties}
