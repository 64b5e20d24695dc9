"""The place screens for the administrator, other staff, and strangers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.places.models import Body, Division
from gongkai.places.sheets import write_sheets
from gongkai.places.tests.factories import BodyFactory, DivisionFactory

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"console_places:{name}", args=args)


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
def admin(government):
    return client_of(UserFactory.mandated(government, Role.ADMINISTRATOR, covers_subtree=True))


@pytest.fixture
def editor(government):
    return client_of(UserFactory.mandated(government, Role.EDITOR))


@pytest.fixture
def villages():
    town = DivisionFactory(town=True, name="石桥镇")
    return [DivisionFactory(village=True, parent=town) for _ in range(2)]


def text(response):
    return response.content.decode()


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["tree", "bodies"])
def test_a_list_queries_as_often_for_few_as_for_many(admin, villages, name):
    admin.get(url(name))
    few = queries_of(admin, url(name))
    for village in villages:
        BodyFactory(committee=True, division=village)
        BodyFactory(collective=True, division=village)
    DivisionFactory(community=True)
    assert queries_of(admin, url(name)) == few


def test_the_tree_shows_places_and_their_bodies(admin, villages):
    BodyFactory(committee=True, division=villages[0])
    page = text(admin.get(url("tree")))
    assert "石桥镇" in page
    assert f"{villages[0].name}民委员会" in page


def test_bodies_are_found_by_name_and_kind(admin, villages):
    BodyFactory(name="云溪区民政局")
    BodyFactory(committee=True, division=villages[0], name="上湾村民委员会")
    page = text(admin.get(url("bodies"), {"q": "民政"}))
    assert "云溪区民政局" in page
    assert "上湾村民委员会" not in page
    assert "上湾村民委员会" in text(admin.get(url("bodies"), {"kind": "village_committee"}))
    assert "没有符合条件" in text(admin.get(url("bodies"), {"q": "无此机构"}))


def test_an_export_can_be_checked_and_taken_in_again(admin, villages):
    file = admin.get(url("export")).content
    for act, words in (("check", "还没有导入"), ("import", "已导入")):
        upload = SimpleUploadedFile("places.xlsx", file)
        assert words in text(admin.post(url("import"), {"file": upload, "act": act}))


def test_a_wrong_spreadsheet_is_refused_cell_by_cell(admin):
    before = Body.objects.count()
    content = write_sheets([("4399", "错", "县级", "区县", "", None, None, "")], [])
    response = admin.post(
        url("import"), {"file": SimpleUploadedFile("a.xlsx", content), "act": "import"}
    )
    assert response.status_code == 422
    assert "第2行 “区划代码”列" in text(response)
    assert Body.objects.count() == before
    assert admin.post(url("import"), {"act": "import"}).status_code == 422


@pytest.mark.parametrize(
    ("act", "fields", "words"),
    [
        ("rename", {"name": "新名村"}, "新名村"),
        ("recode", {"code": "{town}398"}, "{town}398"),
        ("merge", {"code": "{town}399", "name": "合村", "with": "{other}"}, "合村"),
        ("split", {"code1": "{town}397", "name1": "甲村", "code2": "{town}396", "name2": "乙村"},
         "甲村"),
        ("abolish", {}, "已停用"),
    ],
)  # fmt: skip
def test_a_division_changes_and_keeps_its_history(admin, villages, act, fields, words):
    known = {"town": villages[0].code[:9], "other": villages[1].pk}
    given = {name: value.format(**known) for name, value in fields.items()}
    response = admin.post(
        url("change", villages[0].pk, act), {**given, "on": "2026-07-01"}, follow=True
    )
    assert words.format(**known) in text(response)
    villages[0].refresh_from_db()
    assert villages[0].valid_until == dt.date(2026, 6, 30)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"on": "soon", "code": "1"}, "请写明生效日期"),
        ({"on": "2026-07-01", "code": "1"}, "不是有效的12位区划代码"),
    ],
)
def test_an_impossible_change_is_explained(admin, villages, fields, words):
    response = admin.post(url("change", villages[0].pk, "recode"), fields, follow=True)
    assert words in text(response)
    assert not Division.objects.exclude(valid_until=None).exists()


def test_who_may_look_and_who_may_change(admin, editor, villages):
    elsewhere = BodyFactory(committee=True, division=villages[1])
    local = client_of(UserFactory.mandated(elsewhere, Role.ADMINISTRATOR, covers_subtree=True))
    stranger, nobody = client_of(), client_of(UserFactory())
    looks = [url("tree"), url("bodies"), url("export"), url("division", villages[0].pk)]
    change = url("change", villages[0].pk, "abolish")
    for address in looks:
        assert admin.get(address).status_code == 200
        assert editor.get(address).status_code == 200
        assert stranger.get(address).status_code == 302
        assert nobody.get(address).status_code in (302, 403)
    for client in (editor, local, stranger, nobody):
        assert client.post(change, {"on": "2026-07-01"}).status_code in (302, 403)
    assert editor.get(url("import")).status_code in (302, 403)
    assert not Division.objects.exclude(valid_until=None).exists()
    assert admin.post(url("change", villages[0].pk, "explode")).status_code == 404
    assert admin.get(url("division", 999_999)).status_code == 404
