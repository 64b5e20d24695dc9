"""A new installation gets its first administrator from the command line, and only the first."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from django.core.management import call_command

from gongkai.accounts.access import Act, may
from gongkai.accounts.actions.install_administrator import install_administrator
from gongkai.accounts.models import Role, User
from gongkai.accounts.tests.factories import UserFactory
from gongkai.base.errors import Refused
from gongkai.places.tests.factories import BodyFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 9, 1)


def run(*arguments: str) -> tuple[int, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("first_administrator", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue() + err.getvalue()
    return 0, out.getvalue()


def test_the_first_administrator_can_sign_in_and_administer():
    office = BodyFactory(government=True)
    code, text = run("zhang.wei", "--name", "张伟", "--body", office.code, "--json")
    told = json.loads(text)
    user = User.objects.get(username="zhang.wei")
    assert code == 0
    assert user.check_password(told["password"])
    assert may(user, Act.ADMINISTER, office)
    assert not user.is_superuser


def test_a_second_one_is_refused_and_told_whom_to_ask():
    office = BodyFactory(government=True)
    run("zhang.wei", "--name", "张伟", "--body", office.code)
    code, text = run("li.na", "--name", "李娜", "--body", office.code)
    assert code == 1
    assert "zhang.wei" in text
    assert not User.objects.filter(username="li.na").exists()


def test_where_the_administrator_s_account_is_closed_another_is_installed():
    office = BodyFactory(government=True)
    UserFactory.mandated(office, Role.ADMINISTRATOR, is_active=False)
    user, _ = install_administrator(office, username="li.na", display_name="李娜", on=TODAY)
    assert may(user, Act.ADMINISTER, office, on=TODAY)


@pytest.mark.parametrize(
    ("username", "name", "code"),
    [
        ("a b", "张伟", "people.username_form"),
        ("zhang.wei", " ", "people.name_missing"),
        ("taken", "张伟", "people.username_taken"),
    ],
)
def test_what_is_refused(username, name, code):
    UserFactory(username="taken")
    with pytest.raises(Refused) as refusal:
        install_administrator(BodyFactory(), username=username, display_name=name, on=TODAY)
    assert refusal.value.code == code


def test_an_unknown_body_is_refused_with_what_to_do_first():
    code, text = run("zhang.wei", "--name", "张伟", "--body", "nothing")
    assert code == 1
    assert "import-places" in text
