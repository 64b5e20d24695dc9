"""Wagtail's administration is closed but for what our screens need, for superusers as well."""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.accounts.models import Role, User
from gongkai.accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser() -> Client:
    client = Client()
    client.force_login(UserFactory.create(is_superuser=True, is_staff=True))
    return client


CLOSED = (
    "pages/", "pages/1/", "pages/add/wagtailcore/page/1/", "pages/1/edit/",
    "pages/workflow/action/1/approve/1/", "workflows/list/", "workflows/edit/1/",
    "workflows/tasks/edit/1/", "users/", "users/edit/1/", "users/new/", "groups/new/",
    "documents/", "documents/multiple/add/", "images/", "images/add/", "images/chooser/create/",
    "collections/", "reports/site-history/", "reports/workflow/", "api/main/pages/",
    "bulk/wagtailcore/page/publish/", "editing-sessions/release/1/", "block-preview/",
    "password_reset/", "tag-autocomplete/", "failwhale/", "snippets/", "nothing/at/all/",
)  # fmt: skip


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_superuser_finds_wagtails_own_screens_closed(superuser, method):
    ask = getattr(superuser, method)
    answers = {path: ask(f"/console/{path}").status_code for path in CLOSED}
    assert set(answers.values()) == {404}, answers


@pytest.mark.parametrize("method", ["get", "post"])
def test_there_is_one_door_to_sign_in(method):
    user = UserFactory.mandated(role=Role.EDITOR, username="somebody")
    user.set_password("云溪-only-for-tests-1")
    user.save()
    client = Client()
    facts = {"username": "somebody", "password": "云溪-only-for-tests-1"}
    answer = getattr(client, method)("/console/login/?next=/console/duties/", facts)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert "_auth_user_id" not in client.session
    assert User.objects.get(username="somebody").last_login is None


def test_every_answer_of_the_console_forbids_foreign_code_and_caches():
    client = Client()
    client.force_login(UserFactory.mandated(role=Role.EDITOR))
    for path in ("/console/", "/console/disclosures/", "/console/account/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "script-src 'self';" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]
