"""The menu, the first page and the own account: what each role sees, at a constant cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import Role, User
from gongkai.accounts.tests.factories import UserFactory
from gongkai.disclosures.actions import return_draft
from gongkai.disclosures.canonical import digest_of, draft_of
from gongkai.disclosures.tests.factories import NOW, Office
from gongkai.duties.tests.factories import DutyFactory, ReminderFactory
from gongkai.places.tests.factories import BodyFactory

pytestmark = pytest.mark.django_db
HOME = "/console/"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(user: User, address: str = HOME) -> str:
    answer = client_of(user).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


MENU = {
    Role.EDITOR: {"duties/", "duties/reminders/", "disclosures/", "readings/", "places/"},
    Role.REVIEWER: {"disclosures/queue/"},
    Role.DISTRICT_OFFICE: {"duties/settings/"},
    Role.ADMINISTRATOR: {"people/", "disclosures/routes/"},
    Role.AUDITOR: set(),
}


@pytest.mark.parametrize("role", MENU)
def test_the_menu_has_what_the_mandate_allows(role):
    page = page_of(UserFactory.mandated(role=role), "/console/account/")
    shown = {place for places in MENU.values() for place in places if f'"/console/{place}"' in page}
    assert shown == MENU[role] | MENU[Role.EDITOR]


def test_the_current_place_is_marked_once():
    page = page_of(UserFactory.mandated(), "/console/duties/mine/")
    menu = page.partition("gk-menu")[2].partition("</nav>")[0]
    assert menu.count('aria-current="page"') == 1
    assert 'href="/console/duties/" aria-current="page"' in menu


def test_the_first_page_names_what_is_owed_soonest():
    duty = DutyFactory.create(due_on=timezone.localdate() + dt.timedelta(days=3))
    page = page_of(UserFactory.mandated(duty.body))
    assert duty.item.title in page
    assert f"/console/disclosures/new/?duty={duty.code}" in page


def test_the_first_page_of_a_colleague_elsewhere_names_nothing():
    duty = DutyFactory.create(due_on=timezone.localdate())
    ReminderFactory.create(duty=duty)
    page = page_of(UserFactory.mandated(BodyFactory.create()))
    assert duty.item.title not in page


def test_what_was_returned_stands_on_the_first_page_with_its_comment():
    office = Office.open()
    record = office.submitted()
    digest = digest_of(draft_of(record, record.latest_revision))
    assert record.title in page_of(office.first)
    return_draft(record, by=office.first, digest=digest, comment="请补充依据", now=NOW)
    page = page_of(office.editor)
    assert "请补充依据" in page
    assert f"/console/disclosures/{record.code}/edit/" in page
    assert record.title not in page_of(office.first)


def test_unread_reminders_are_counted_in_the_menu():
    reminder = ReminderFactory.create()
    user = UserFactory.mandated(reminder.duty.body)
    ReminderFactory.create(duty=reminder.duty, user=user)
    assert '<b class="gk-badge">1' in page_of(user)


def test_the_first_page_costs_the_same_for_many_records():
    office = Office.open()

    def cost() -> int:
        client = client_of(office.editor)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(HOME)
        return len(queries)

    DutyFactory.create(body=office.body)
    office.submitted()
    cost()
    before = cost()
    DutyFactory.create_batch(4, body=office.body)
    for _ in range(3):
        office.submitted()
    assert cost() == before


def test_language_is_chosen_and_kept():
    client = client_of(UserFactory.mandated())
    answer = client.post(
        reverse("console_language"), {"language": "en", "next": "/console/duties/"}
    )
    assert answer["Location"] == "/console/duties/"
    assert "Register of duties" in client.get("/console/duties/").content.decode()
    client.post(reverse("console_language"), {"language": "zh-hans"})
    assert "公开义务台账" in client.get("/console/duties/").content.decode()


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "/", ""])
def test_after_choosing_a_language_one_stays_in_the_console(back):
    client = client_of(UserFactory.mandated())
    answer = client.post(reverse("console_language"), {"language": "en", "next": back})
    assert answer["Location"] == HOME


def test_an_unknown_language_changes_nothing():
    client = client_of(UserFactory.mandated())
    client.post(reverse("console_language"), {"language": "xx"})
    assert 'lang="zh-hans"' in client.get(HOME).content.decode()


def test_name_and_telephone_are_changed_by_their_owner():
    user = UserFactory.mandated()
    client = client_of(user)
    client.post(reverse("console_account"), {"display_name": "林晚舟", "phone": "0799-1"})
    user.refresh_from_db()
    assert (user.display_name, user.phone) == ("林晚舟", "0799-1")


def test_a_name_is_needed():
    user = UserFactory.mandated(display_name="林知远")
    answer = client_of(user).post(reverse("console_account"), {"display_name": " \x00"})
    assert answer.status_code == 422
    user.refresh_from_db()
    assert user.display_name == "林知远"
