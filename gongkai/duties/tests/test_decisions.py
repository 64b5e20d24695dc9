"""Decisions on duties are signed by a person with the mandate, once, on an open duty."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.base.errors import Forbidden, Refused
from gongkai.duties.actions.extend_deadline import extend_deadline
from gongkai.duties.actions.reopen import reopen
from gongkai.duties.actions.state_nothing_occurred import state_nothing_occurred
from gongkai.duties.actions.waive import waive
from gongkai.duties.models import Duty, DutyDecision
from gongkai.duties.tests.factories import SHANGHAI, DutyFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 10, 8, 9, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()


@pytest.fixture
def duty():
    return DutyFactory.create()


@pytest.fixture
def office(duty):
    return UserFactory.mandated(duty.body, Role.DISTRICT_OFFICE)


@pytest.fixture
def editor(duty):
    return UserFactory.mandated(duty.body, Role.EDITOR)


def decide(duty, kind, by, reason="机构改革，职能已划转"):
    acts = {
        "waive": lambda: waive(duty, reason=reason, by=by, now=NOW),
        "extend": lambda: extend_deadline(
            duty, due_on=dt.date(2026, 10, 20), reason=reason, by=by, now=NOW
        ),
        "nothing": lambda: state_nothing_occurred(duty, reason=reason, by=by, now=NOW, today=TODAY),
        "reopen": lambda: reopen(duty, reason=reason, by=by, now=NOW),
    }
    return acts[kind]()


def test_a_waived_duty_is_closed_and_the_decision_is_signed(duty, office):
    decision = decide(duty, "waive", office)
    duty.refresh_from_db()
    assert (duty.closed_by, duty.closed_at) == ("waived", NOW)
    assert decision.signed_name == str(office)
    assert len(decision.signature) == 64


def test_the_signature_covers_the_reason(duty, office):
    first = decide(duty, "waive", office, reason="甲")
    Duty.objects.update(closed_by="", closed_at=None)
    second = decide(duty, "waive", office, reason="乙")
    assert first.signature != second.signature


@pytest.mark.parametrize("kind", ["waive", "extend"])
def test_an_editor_may_not_waive_or_extend(duty, editor, kind):
    with pytest.raises(Forbidden):
        decide(duty, kind, editor)
    assert not DutyDecision.objects.exists()
    duty.refresh_from_db()
    assert duty.is_open


@pytest.mark.parametrize("kind", ["waive", "extend", "nothing", "reopen"])
def test_a_person_of_another_body_may_decide_nothing(duty, kind):
    with pytest.raises(Forbidden):
        decide(duty, kind, UserFactory.mandated(None, Role.DISTRICT_OFFICE))


@pytest.mark.parametrize("kind", ["waive", "extend", "nothing"])
@pytest.mark.parametrize("trait", ["met", "waived"])
def test_what_is_settled_cannot_be_decided_on(kind, trait):
    duty = DutyFactory.create(**{trait: True})
    with pytest.raises(Refused, match=r"duties\.not_open"):
        decide(duty, kind, UserFactory.mandated(duty.body, Role.DISTRICT_OFFICE))
    assert not DutyDecision.objects.exists()


@pytest.mark.parametrize("kind", ["waive", "extend", "nothing"])
def test_a_decision_without_a_reason_is_refused(duty, office, kind):
    with pytest.raises(Refused, match=r"duties\.reason_missing"):
        decide(duty, kind, office, reason="  ")


def test_an_extended_duty_has_the_later_date_and_remembers_the_earlier(duty, office):
    decision = decide(duty, "extend", office)
    duty.refresh_from_db()
    assert duty.due_on == dt.date(2026, 10, 20)
    assert decision.previous_due_on == dt.date(2026, 9, 30)


def test_a_deadline_is_never_extended_to_an_earlier_day(duty, office):
    with pytest.raises(Refused, match=r"duties\.not_later"):
        extend_deadline(duty, due_on=dt.date(2026, 9, 30), reason="无", by=office, now=NOW)


def test_an_extension_of_a_date_that_moved_meanwhile_is_refused(duty, office):
    Duty.objects.update(due_on=dt.date(2026, 10, 9))
    with pytest.raises(Refused, match=r"duties\.not_open"):
        decide(duty, "extend", office)


def test_nothing_occurred_is_stated_by_the_body_itself(duty, editor):
    decision = decide(duty, "nothing", editor)
    duty.refresh_from_db()
    assert duty.closed_by == "nothing"
    assert decision.kind == DutyDecision.Kind.NOTHING_OCCURRED


def test_nothing_occurred_cannot_be_said_before_the_period_is_over(duty, editor):
    with pytest.raises(Refused, match=r"duties\.period_not_over"):
        state_nothing_occurred(duty, reason="无", by=editor, now=NOW, today=dt.date(2026, 9, 29))


def test_nothing_occurred_cannot_be_said_of_an_event():
    duty = DutyFactory.create(by_event=True)
    with pytest.raises(Refused, match=r"duties\.not_a_period"):
        decide(duty, "nothing", UserFactory.mandated(duty.body))


def test_a_waived_duty_can_be_reopened_and_both_decisions_stay(duty, office):
    decide(duty, "waive", office)
    decide(duty, "reopen", office)
    duty.refresh_from_db()
    assert duty.is_open
    assert [row.kind for row in duty.decisions.all()] == ["waived", "reopened"]


@pytest.mark.parametrize("trait", ["met", "repealed"])
def test_only_what_a_person_closed_can_be_reopened(trait):
    duty = DutyFactory.create(**{trait: True})
    with pytest.raises(Refused, match=r"duties\.not_closed"):
        decide(duty, "reopen", UserFactory.mandated(duty.body, Role.DISTRICT_OFFICE))
