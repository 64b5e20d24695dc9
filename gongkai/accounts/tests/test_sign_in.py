"""The door: what is closed, how often one may knock, and that a new password ends old sessions."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "name",
    [
        "account_signup", "account_email", "account_email_verification_sent",
        "account_reset_password", "account_reset_password_done", "account_set_password",
        "account_confirm_login_code", "account_reset_password_from_key_done",
    ],
)  # fmt: skip
def test_what_needs_e_mail_or_signing_up_is_closed(name, method):
    client = Client()
    client.force_login(UserFactory.mandated(role=Role.EDITOR))
    answer = getattr(client, method)(reverse(name), {"email": "a@example.cn", "action_add": "1"})
    assert answer.status_code == 404


def test_knocking_too_often_is_refused_even_with_the_right_password():
    user = UserFactory.mandated(role=Role.EDITOR)
    for _ in range(6):
        Client().post(LOGIN, {"login": user.username, "password": "wrong"})
    client = Client()
    client.post(LOGIN, {"login": user.username, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "following", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:1"]
)
def test_signing_in_leads_to_no_other_site(following):
    user = UserFactory.mandated(role=Role.EDITOR)
    facts = {"login": user.username, "password": PASSWORD, "next": following}
    assert Client().post(LOGIN, facts)["Location"] == "/console/"


def test_an_unknown_name_and_a_wrong_password_are_answered_alike():
    user = UserFactory.mandated(role=Role.EDITOR)
    assert refusal_of(user.username) == refusal_of("nobody-here")


def refusal_of(username):
    page = Client().post(LOGIN, {"login": username, "password": "wrong"}).content.decode()
    without_token = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    return without_token.replace(username, "")


def test_a_new_password_or_a_closed_account_ends_every_session():
    user = UserFactory.mandated(role=Role.EDITOR)
    client = Client()
    client.post(LOGIN, {"login": user.username, "password": PASSWORD})
    assert client.get("/console/").status_code == 200
    user.set_password("another-云溪-2")
    user.save(update_fields=["password"])
    assert client.get("/console/").status_code == 302
    client.post(LOGIN, {"login": user.username, "password": "another-云溪-2"})
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert client.get("/console/").status_code == 302


@pytest.mark.parametrize("name", ["account_change_password", "account_reauthenticate"])
def test_no_page_of_an_account_leads_to_a_closed_address(name):
    client = Client()
    user = UserFactory.mandated(role=Role.EDITOR)
    client.post(LOGIN, {"login": user.username, "password": PASSWORD})
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert reverse("account_reset_password") not in page.content.decode()
