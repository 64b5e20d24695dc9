"""Mandates are granted and ended by administrators, never by oneself."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.accounts.access import Act, may
from gongkai.accounts.actions.change_mandates import (
    close_account,
    end_mandate,
    grant_mandate,
    register_person,
    reset_password,
)
from gongkai.accounts.models import Mandate, Role, User
from gongkai.accounts.tests.factories import MandateFactory, UserFactory
from gongkai.base.errors import Forbidden, GongkaiError, Refused
from gongkai.places.tests.factories import BodyFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 9, 1)


@pytest.fixture
def office():
    return BodyFactory(government=True)


@pytest.fixture
def admin(office):
    return UserFactory.mandated(office, Role.ADMINISTRATOR, covers_subtree=True)


def grant(user, body, by, **fields):
    values = {
        "role": Role.EDITOR,
        "covers_subtree": False,
        "valid_from": TODAY,
        "valid_until": None,
    }
    return grant_mandate(user, body=body, by=by, **{**values, **fields})


def test_a_granted_mandate_allows_and_an_ended_one_no_longer(admin):
    body, user = BodyFactory(), UserFactory()
    mandate = grant(user, body, admin)
    assert mandate.granted_by == admin
    assert may(user, Act.WRITE, body, on=TODAY)
    end_mandate(mandate, by=admin, on=TODAY + dt.timedelta(days=3))
    assert may(user, Act.WRITE, body, on=TODAY + dt.timedelta(days=2))
    assert not may(user, Act.WRITE, body, on=TODAY + dt.timedelta(days=3))
    assert Mandate.objects.filter(pk=mandate.pk).exists()


def test_the_telephone_number_goes_with_the_last_mandate(admin):
    user = UserFactory(phone="000-1234")
    first = MandateFactory(user=user)
    second = MandateFactory(user=user)
    end_mandate(first, by=admin, on=TODAY)
    user.refresh_from_db()
    assert user.phone == "000-1234"
    end_mandate(second, by=admin, on=TODAY)
    user.refresh_from_db()
    assert user.phone == ""


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"role": "king"}, "people.role_unknown"),
        ({"valid_until": dt.date(2020, 1, 1)}, "people.dates_reversed"),
    ],
)
def test_a_wrong_mandate_is_refused(admin, fields, code):
    with pytest.raises(Refused) as refusal:
        grant(UserFactory(), BodyFactory(), admin, **fields)
    assert refusal.value.code == code


def test_the_same_mandate_is_not_granted_twice(admin):
    body, user = BodyFactory(), UserFactory()
    grant(user, body, admin)
    with pytest.raises(Refused) as refusal:
        grant(user, body, admin)
    assert refusal.value.code == "people.mandate_exists"


def test_nobody_grants_to_themselves_or_locks_themselves_out(admin, office):
    with pytest.raises(Refused):
        grant(admin, office, admin)
    with pytest.raises(Refused):
        end_mandate(admin.mandates.get(), by=admin, on=TODAY)
    with pytest.raises(Refused):
        close_account(admin, by=admin)


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_other_roles_change_nothing(office, role):
    by = UserFactory.mandated(office, role, covers_subtree=True)
    user = UserFactory.mandated(office)
    acts = (
        lambda: grant(user, BodyFactory(), by),
        lambda: end_mandate(user.mandates.get(), by=by, on=TODAY),
        lambda: close_account(user, by=by),
        lambda: reset_password(user, by=by),
        lambda: register_person(username="somebody", display_name="某人", by=by),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()


def test_an_administrator_of_one_body_does_not_rule_over_another():
    mine, other = BodyFactory(), BodyFactory()
    by = UserFactory.mandated(mine, Role.ADMINISTRATOR)
    user = UserFactory.mandated(other)
    with pytest.raises(Forbidden):
        grant(UserFactory(), other, by)
    with pytest.raises(Forbidden):
        reset_password(user, by=by)


def test_a_new_person_signs_in_with_the_password_told_once(admin):
    user, password = register_person(username="lin.zhiyuan", display_name="林知远", by=admin)
    assert user.check_password(password)
    assert not user.mandates.exists()
    newer = reset_password(user, by=admin)
    user.refresh_from_db()
    assert user.check_password(newer)
    close_account(user, by=admin)
    assert not User.objects.get(pk=user.pk).is_active


@pytest.mark.parametrize(
    ("username", "name", "code"),
    [
        ("a", "某", "people.username_form"),
        ("有空 格", "某", "people.username_form"),
        ("fine.name", " ", "people.name_missing"),
        ("taken", "某", "people.username_taken"),
    ],
)
def test_a_person_needs_a_free_account_name(admin, username, name, code):
    UserFactory(username="taken")
    with pytest.raises(GongkaiError) as refusal:
        register_person(username=username, display_name=name, by=admin)
    assert refusal.value.code == code
