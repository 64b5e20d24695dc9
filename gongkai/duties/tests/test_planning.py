"""Which duties a list of deadline rules asks for."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.duties.channels import WEBSITE, wanted_channels
from gongkai.duties.planning import (
    event_rules,
    falls_back_to_law,
    is_without_duty,
    period_rules,
    standing_plans,
)

pytestmark = pytest.mark.pure


def rule(kind, **facts):
    empty = {"n": None, "unit": "", "trigger": "", "every": "", "day_rule": "", "subject": ""}
    return SimpleNamespace(**({"kind": kind, "condition": ""} | empty | facts))


TWENTY = rule("workdays_after", n=20, unit="workday", trigger="formed_or_changed")
PERMANENT = rule("permanent")
PROMPT = rule("prompt")
PROMPT_AFTER = rule("prompt", trigger="重大决策作出后")
QUARTERLY = rule("periodic", every="quarter")
MONTHLY_IF_BUSY = rule("periodic", every="month", condition="集体财务往来较多的")
REALTIME = rule("realtime")
NOTICE = rule("notice_period", n=7, unit="workday")
UNKNOWN = rule("unknown")
SEVEN_ENFORCEMENT = rule("workdays_after", n=7, subject="执法决定信息")
TWENTY_OTHER = rule("workdays_after", n=20, subject="其他信息")


@pytest.mark.parametrize(
    ("rules", "periods", "standing", "events"),
    [
        ([TWENTY], 0, [], {"": TWENTY}),
        ([PERMANENT], 0, [(PERMANENT, None)], {}),
        ([TWENTY, PERMANENT], 0, [(PERMANENT, TWENTY)], {"": TWENTY}),
        ([PERMANENT, PROMPT], 0, [(PERMANENT, PROMPT)], {"": PROMPT}),
        ([PERMANENT, REALTIME], 0, [(PERMANENT, REALTIME)], {"": REALTIME}),
        ([PROMPT], 0, [(PROMPT, PROMPT)], {"": PROMPT}),
        ([PROMPT_AFTER], 0, [], {"": PROMPT_AFTER}),
        ([PROMPT, TWENTY], 0, [], {"": TWENTY}),
        ([QUARTERLY], 1, [], {}),
        ([QUARTERLY, MONTHLY_IF_BUSY], 1, [], {}),
        ([QUARTERLY, PROMPT], 1, [], {"": PROMPT}),
        ([TWENTY, NOTICE], 0, [], {"": TWENTY}),
        ([SEVEN_ENFORCEMENT, TWENTY_OTHER], 0, [],
         {"执法决定信息": SEVEN_ENFORCEMENT, "其他信息": TWENTY_OTHER}),
        ([UNKNOWN], 0, [], {}),
        ([], 0, [], {}),
    ],
)  # fmt: skip
def test_rules_of_an_item_ask_for(rules, periods, standing, events):
    assert len(period_rules(rules)) == periods
    assert [(plan.rule, plan.limit) for plan in standing_plans(rules)] == standing
    assert event_rules(rules) == events


def test_an_item_without_a_usable_rule_runs_by_the_law_and_is_a_finding():
    assert falls_back_to_law([UNKNOWN])
    assert is_without_duty([UNKNOWN])
    assert is_without_duty([NOTICE])
    assert not falls_back_to_law([QUARTERLY])
    assert not is_without_duty([PERMANENT])


RULES = st.lists(
    st.sampled_from(
        [TWENTY, PERMANENT, PROMPT, PROMPT_AFTER, QUARTERLY, MONTHLY_IF_BUSY, REALTIME, NOTICE,
         UNKNOWN, SEVEN_ENFORCEMENT, TWENTY_OTHER]
    ),
    max_size=6,
)  # fmt: skip


@given(RULES)
def test_no_subject_gets_two_standing_duties_or_two_of_one_cycle(rules):
    subjects = [plan.subject for plan in standing_plans(rules)]
    assert len(subjects) == len(set(subjects))
    cycles = [(found.subject, found.every) for found in period_rules(rules)]
    assert len(cycles) == len(set(cycles))


@given(RULES)
def test_an_event_of_any_item_without_cycle_starts_a_deadline(rules):
    assert event_rules(rules) or period_rules(rules) or falls_back_to_law(rules)


@given(st.lists(st.sampled_from(["website", "board", "push", "x:村村响"]), max_size=5))
def test_every_duty_has_a_channel_that_can_be_proven(codes):
    wanted = wanted_channels((code, code) for code in codes)
    assert any(channel.is_required for channel in wanted)
    assert {channel.code for channel in wanted} == {*codes, WEBSITE} if codes else {WEBSITE}
    assert len({channel.code for channel in wanted}) == len(wanted)
