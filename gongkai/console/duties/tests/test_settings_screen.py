"""Settings of the register: the district office changes them, nobody else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.duties.models import CalendarOverride, DutySettings
from gongkai.places.tests.factories import BodyFactory, DivisionFactory

pytestmark = pytest.mark.django_db
SETTINGS = reverse("console_duties:settings")
CHANGE = reverse("console_duties:change_settings")
OVERRIDE = reverse("console_duties:override")


@pytest.fixture
def government():
    return BodyFactory.create(
        kind="government", name="云溪区人民政府", division=DivisionFactory.create(district=True)
    )


@pytest.fixture
def office(government):
    client = Client()
    client.force_login(UserFactory.mandated(government, Role.DISTRICT_OFFICE, covers_subtree=True))
    return client


def others(government):
    """A colleague of another body, people of the district without the act, a stranger."""
    department = BodyFactory.create(division=government.division)
    return [
        UserFactory.mandated(department, Role.DISTRICT_OFFICE),
        UserFactory.mandated(government, Role.EDITOR),
        UserFactory.mandated(government, Role.ADMINISTRATOR, covers_subtree=True),
        UserFactory.mandated(government, Role.AUDITOR, covers_subtree=True),
        UserFactory.create(),
    ]


def test_the_office_sees_and_changes_them(office, government):
    assert "15、5、1" in office.get(SETTINGS).content.decode()
    office.post(CHANGE, {"reminder_days": "20，3", "begins_on": "2026-01-01"})
    kept = DutySettings.objects.get()
    assert (kept.lead_days, kept.begins_on) == ([20, 3], dt.date(2026, 1, 1))


@pytest.mark.parametrize(
    ("days", "begins"),
    [("", ""), ("0", ""), ("91", ""), ("1 2 3 4 5 6 7", ""), ("abc", ""), ("5", "2026-13-01")],
)
def test_what_makes_no_sense_is_refused_with_words(office, days, begins):
    answer = office.post(CHANGE, {"reminder_days": days, "begins_on": begins}, follow=True)
    assert "gk-message--error" in answer.content.decode()
    assert not DutySettings.objects.exists()


def test_a_local_day_is_registered_replaced_and_taken_back(office, government):
    day = {"day": "2026-09-22"}
    office.post(OVERRIDE, day | {"is_workday": "0", "reason": "台风停工"})
    office.post(OVERRIDE, day | {"is_workday": "1", "reason": "停工令解除"})
    kept = CalendarOverride.objects.get()
    assert (kept.is_workday, kept.reason) == (True, "停工令解除")
    assert "停工令解除" in office.get(SETTINGS).content.decode()
    office.post(OVERRIDE, day | {"act": "drop"})
    assert not CalendarOverride.objects.exists()


@pytest.mark.parametrize("sent", [{"reason": "台风"}, {"day": "soon", "reason": "台风"},
                                  {"day": "2026-09-22", "reason": " "}])  # fmt: skip
def test_a_local_day_needs_its_day_and_its_ground(office, sent):
    answer = office.post(OVERRIDE, sent, follow=True)
    assert "gk-message--error" in answer.content.decode()
    assert not CalendarOverride.objects.exists()


def test_others_see_and_change_nothing(government):
    for user in others(government):
        client = Client()
        client.force_login(user)
        assert client.get(SETTINGS).status_code in {302, 403}
        client.post(CHANGE, {"reminder_days": "9"})
        client.post(OVERRIDE, {"day": "2026-09-22", "is_workday": "0", "reason": "台风"})
    assert not DutySettings.objects.exists()
    assert not CalendarOverride.objects.exists()
