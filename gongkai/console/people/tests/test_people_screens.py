"""People and mandates are changed by administrators only, within their own scope."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.accounts.models import Mandate, Role, User
from gongkai.accounts.tests.factories import MandateFactory, UserFactory
from gongkai.places.tests.factories import BodyFactory, DivisionFactory

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"console_people:{name}", args=args)


def client_of(user=None):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def government():
    DivisionFactory(district=True)
    return BodyFactory(government=True)


@pytest.fixture
def admin_user(government):
    return UserFactory.mandated(government, Role.ADMINISTRATOR, covers_subtree=True)


@pytest.fixture
def admin(admin_user):
    return client_of(admin_user)


def text(response):
    return response.content.decode()


def queries_of(client, address, assert_queries):
    with assert_queries(40) as captured:
        client.get(address)
    return len(captured)


def test_the_list_queries_as_often_for_few_as_for_many(admin, django_assert_max_num_queries):
    UserFactory.mandated(BodyFactory())
    admin.get(url("people"))
    few = queries_of(admin, url("people"), django_assert_max_num_queries)
    for _ in range(8):
        UserFactory.mandated(BodyFactory())
    assert queries_of(admin, url("people"), django_assert_max_num_queries) == few


def test_people_are_found_by_name_account_and_body(admin):
    body = BodyFactory(name="云溪区水利局")
    user = UserFactory.mandated(body, display_name="温如许", username="wen.ruxu")
    UserFactory.mandated(BodyFactory(), display_name="另一人")
    for word in ("温如许", "wen.r", "水利"):
        page = text(admin.get(url("people"), {"q": word}))
        assert user.display_name in page
        assert "另一人" not in page


def test_a_person_is_registered_and_the_password_shown_once(admin):
    response = admin.post(url("new"), {"username": "lin.zhiyuan", "display_name": "林知远"})
    password = re.search(r"<code>(.+?)</code>", text(response))
    user = User.objects.get(username="lin.zhiyuan")
    assert password is not None
    assert user.check_password(password[1])
    assert "no-store" in response["Cache-Control"]
    assert password[1] not in text(admin.get(url("person", user.pk)))


def test_a_wrong_account_name_is_explained_and_kept_in_the_form(admin):
    response = admin.post(url("new"), {"username": "有 空格", "display_name": "林知远"})
    assert response.status_code == 400
    assert "账号用3到60个" in text(response)
    assert "林知远" in text(response)


def test_a_mandate_is_granted_and_ended(admin, admin_user):
    body, user = BodyFactory(code="yx-water"), UserFactory()
    response = admin.post(
        url("grant", user.pk), {"body": "yx-water", "role": Role.EDITOR, "covers_subtree": "1"},
        follow=True,
    )  # fmt: skip
    assert "已授权" in text(response)
    mandate = user.mandates.get()
    assert (mandate.body, mandate.covers_subtree, mandate.granted_by) == (body, True, admin_user)
    assert "授权已终止" in text(admin.post(url("end", user.pk, mandate.pk), follow=True))
    mandate.refresh_from_db()
    assert mandate.valid_until is not None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "请选择机构"),
        ({"body": "yx-water", "role": "king"}, "请选择角色"),
        ({"body": "yx-water", "role": "editor", "valid_from": "2026-02-01",
          "valid_until": "2026-01-01"}, "止日早于起日"),
    ],
)  # fmt: skip
def test_a_wrong_mandate_is_explained(admin, fields, words):
    BodyFactory(code="yx-water")
    user = UserFactory()
    assert words in text(admin.post(url("grant", user.pk), fields, follow=True))
    assert not user.mandates.exists()


def test_an_account_is_closed_and_a_password_reset(admin):
    user = UserFactory.mandated(BodyFactory())
    assert "新密码" in text(admin.post(url("password", user.pk)))
    assert "已停用" in text(admin.post(url("close", user.pk), follow=True))


def test_nobody_changes_themselves(admin, admin_user, government):
    for address in (url("close", admin_user.pk), url("password", admin_user.pk)):
        assert "另一位管理员" in text(admin.post(address, follow=True))
    fields = {"body": government.code, "role": Role.EDITOR}
    assert "不能给自己授权" in text(admin.post(url("grant", admin_user.pk), fields, follow=True))
    assert admin_user.mandates.count() == 1


def test_only_an_administrator_of_the_body_gets_in(admin, government):
    body = BodyFactory()
    user = UserFactory.mandated(body)
    mandate = user.mandates.get()
    office = client_of(UserFactory.mandated(government, Role.DISTRICT_OFFICE, covers_subtree=True))
    other = client_of(UserFactory.mandated(BodyFactory(), Role.ADMINISTRATOR))
    stranger, nobody = client_of(), client_of(UserFactory())
    looks = [url("people"), url("new"), url("person", user.pk)]
    acts = [
        url("grant", user.pk), url("end", user.pk, mandate.pk), url("close", user.pk),
        url("password", user.pk),
    ]  # fmt: skip
    for client in (office, stranger, nobody):
        assert {client.get(address).status_code for address in looks} <= {302, 403}
        assert {client.post(address).status_code for address in acts} <= {302, 403}
    assert other.get(url("person", user.pk)).status_code == 404
    assert {other.post(address).status_code for address in acts} == {404}
    assert {admin.get(address).status_code for address in looks} == {200}
    user.refresh_from_db()
    assert user.is_active
    assert Mandate.objects.get(pk=mandate.pk).valid_until is None


def test_a_mandate_of_somebody_else_is_not_ended_under_a_wrong_name(admin):
    mandate, other = MandateFactory(), UserFactory()
    assert admin.post(url("end", other.pk, mandate.pk)).status_code == 404
