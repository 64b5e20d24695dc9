"""Each duty screen for its duty holder, a colleague of another body, the office and a stranger."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.catalogue.tests.factories import QUARTERLY, ItemFactory
from gongkai.console.duties.mine import feed_address
from gongkai.duties.models import Duty, DutyDecision, DutyEvent, Reminder, SavedRegisterView
from gongkai.duties.tests.factories import DutyFactory, EvidenceFactory, ReminderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty():
    return DutyFactory.create()


@pytest.fixture
def owner(duty, client):
    """The client of an editor of the duty's body."""
    client.user = UserFactory.mandated(duty.body, Role.EDITOR)
    client.force_login(client.user)
    return client


@pytest.fixture
def sign_in(client):
    def as_user(user):
        client.force_login(user)
        return client

    return as_user


def url(name, *args):
    return reverse(f"console_duties:{name}", args=args)


def listing_urls():
    return [url(name) for name in ("register", "month", "heat", "reminders", "event", "export")]


def body_urls(duty):
    return [url("duty", duty.code), url("calendar", duty.body.code)]


def test_the_owner_sees_every_screen(owner, duty):
    EvidenceFactory.create(duty=duty)
    for address in [*listing_urls(), *body_urls(duty)]:
        assert owner.get(address).status_code == 200, address


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.AUDITOR, Role.VILLAGE_CLERK])
def test_every_role_of_the_body_may_look(sign_in, duty, role):
    client = sign_in(UserFactory.mandated(duty.body, role))
    for address in body_urls(duty):
        assert client.get(address).status_code == 200, address


def test_a_colleague_of_another_body_sees_nothing_of_it(sign_in, duty):
    client = sign_in(UserFactory.mandated())
    for address in body_urls(duty):
        assert client.get(address).status_code == 404, address
    assert duty.item.title not in client.get(url("register")).content.decode()
    assert duty.item.title not in client.get(url("month")).content.decode()
    assert client.get(url("event"), {"body": duty.body.code}).status_code == 404


def test_a_stranger_is_sent_to_sign_in(client, duty):
    for address in [*listing_urls(), *body_urls(duty)]:
        response = client.get(address)
        assert response.status_code == 302, address
        assert "/accounts/login/" in response["Location"]


def test_an_account_without_mandate_gets_no_screen(sign_in, duty):
    client = sign_in(UserFactory.create())
    for address in [*listing_urls(), *body_urls(duty)]:
        assert client.get(address).status_code in {302, 403, 404}, address


def test_the_office_sees_the_duties_of_the_bodies_below(sign_in, duty):
    client = sign_in(UserFactory.mandated(duty.body, Role.DISTRICT_OFFICE, covers_subtree=True))
    below = DutyFactory.create()
    page = client.get(url("register")).content.decode()
    assert below.item.title in page


@pytest.mark.parametrize(
    "query",
    [
        "state=overdue", "state=nonsense", "sort=nonsense", "page=0", "page=-3", "page=999",
        "page=１２", "page=", "due_from=2026-13-45", "due_from=2026-01-01&due_until=2027-01-01",
        "q=%00%E4%BD%8E%E4%BF%9D", "q=" + "x" * 500, "body=%27%22%3E", "period=2026Q3", "month=abc",
        "occasion=period&domain=social-relief&sort=item", "only=unread", "month=9999-12",
    ],
)  # fmt: skip
def test_no_query_breaks_a_screen(owner, duty, query):
    for address in [*listing_urls(), *body_urls(duty)]:
        assert owner.get(f"{address}?{query}").status_code in {200, 404}, address


def test_each_chip_counts_the_list_that_it_links_to(owner, duty):
    DutyFactory.create(item=duty.item, body=duty.body, period="2026Q2", met=True)
    response = owner.get(url("register"))
    for chip in response.context["chips"]:
        listed = owner.get(f"{url('register')}?{chip.query}")
        assert len(listed.context["rows"]) == chip.count


@pytest.mark.parametrize("n_duties", [2, 40])
def test_more_duties_take_no_more_queries(owner, duty, n_duties, django_assert_max_num_queries):
    for number in range(n_duties):
        DutyFactory.create(item=duty.item, body=duty.body, period=f"n{number}")
    for address in (url("register"), url("month"), url("heat")):
        with django_assert_max_num_queries(34):
            owner.get(address)


def test_a_view_is_saved_listed_and_forgotten_by_its_owner_only(owner, sign_in, duty):
    owner.post(url("save_view"), {"name": "我的逾期", "state": "overdue", "junk": "1"})
    view = SavedRegisterView.objects.get()
    assert (view.user, view.query) == (owner.user, "state=overdue")
    assert "我的逾期" in owner.get(url("register")).content.decode()
    sign_in(UserFactory.mandated()).post(url("forget_view", view.pk))
    assert SavedRegisterView.objects.exists()
    sign_in(view.user).post(url("forget_view", view.pk))
    assert not SavedRegisterView.objects.exists()


def test_the_spreadsheet_explains_dates_and_runs_no_formula(owner, duty):
    duty.item.level2 = '=HYPERLINK("http://evil","点我")'
    duty.item.level1 = "@SUM(A1)"
    duty.item.save()
    Duty.objects.update(steps=[{"code": "day_rule", "facts": {"rule": ""}}])
    content = owner.get(url("export")).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    header, row = sheet.iter_rows(values_only=True)
    told = dict(zip(header, row, strict=True))
    assert told["编号"] == duty.code
    assert told["公开事项"].startswith("'@SUM")
    assert told["期限推算"] == "本期最后一日"
    assert all(cell.data_type != "f" for cells in sheet.iter_rows() for cell in cells)


def test_the_page_tells_what_why_by_when_and_with_which_evidence(owner, duty):
    proof = EvidenceFactory.create(duty=duty)
    Duty.objects.update(steps=[{"code": "event", "facts": {"on": "2026-09-18", "trigger": ""}}])
    page = owner.get(url("duty", duty.code)).content.decode()
    for text in (duty.item.title, duty.body.name, "形成于 2026-09-18", proof.url, "政府网站"):
        assert text in page
    assert f"/console/disclosures/new/?duty={duty.code}" in page


def test_an_editor_states_that_nothing_occurred(owner, duty):
    owner.post(url("decide", duty.code, "nothing"), {"reason": "本季度无新增"})
    duty.refresh_from_db()
    assert duty.closed_by == "nothing"


@pytest.mark.parametrize("decision", ["waive", "extend", "reopen"])
def test_an_editor_cannot_decide_as_the_office(owner, duty, decision):
    response = owner.post(
        url("decide", duty.code, decision), {"reason": "理由", "due_on": "2099-01-01"}
    )
    assert response.status_code in {302, 403}
    assert not DutyDecision.objects.exists()


def test_the_office_extends_waives_and_reopens(sign_in, duty):
    client = sign_in(UserFactory.mandated(duty.body, Role.DISTRICT_OFFICE))
    client.post(url("decide", duty.code, "extend"), {"reason": "征求意见", "due_on": "2099-01-01"})
    client.post(url("decide", duty.code, "waive"), {"reason": "职能划转"})
    client.post(url("decide", duty.code, "reopen"), {"reason": "划转取消"})
    kinds = DutyDecision.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["extended", "waived", "reopened"]
    assert "征求意见" in client.get(url("duty", duty.code)).content.decode()


@pytest.mark.parametrize(
    "given",
    [{"reason": ""}, {"reason": "理由", "due_on": "1999-01-01"}, {"reason": "理由", "due_on": "x"}],
)
def test_a_refused_decision_says_why_and_changes_nothing(sign_in, duty, given):
    client = sign_in(UserFactory.mandated(duty.body, Role.DISTRICT_OFFICE))
    response = client.post(url("decide", duty.code, "extend"), given, follow=True)
    assert any("请" in str(m) or "必须" in str(m) for m in response.context["messages"])
    assert not DutyDecision.objects.exists()


def test_an_unknown_decision_does_not_exist(owner, duty):
    assert owner.post(url("decide", duty.code, "erase"), {}).status_code == 404
    assert owner.get(url("decide", duty.code, "waive")).status_code == 405


def event_form(duty, **changes):
    return {
        "body": duty.body.code, "item": duty.item_id, "title": "印发实施办法",
        "occurred_on": "2026-09-18",
    } | changes  # fmt: skip


def test_an_editor_registers_an_event_and_lands_on_its_duty(owner, duty):
    response = owner.post(url("event"), event_form(duty))
    created = Duty.objects.get(occasion="event")
    assert response["Location"] == url("duty", created.code)
    assert created.event.registered_by == owner.user


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "请写明发生了什么事"),
        ({"occurred_on": "昨天"}, "请填写日期"),
        ({"occurred_on": "2999-01-01"}, "不能晚于今天"),
        ({"item": ""}, "请先选择公开事项"),
        ({"item": "999999"}, "请先选择公开事项"),
        ({"item": "1e9"}, "请先选择公开事项"),
    ],
)
def test_a_bad_event_is_refused_with_the_reason(owner, duty, changes, message):
    response = owner.post(url("event"), event_form(duty, **changes))
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not DutyEvent.objects.exists()


def test_events_are_registered_by_people_who_write_for_the_body(sign_in, duty):
    for user in (UserFactory.mandated(), UserFactory.mandated(duty.body, Role.REVIEWER)):
        assert sign_in(user).post(url("event"), event_form(duty)).status_code in {302, 403, 404}
    assert not DutyEvent.objects.exists()


def test_signs_that_no_person_types_are_left_out(owner, duty):
    owner.post(url("event"), event_form(duty, title="印发\x00办法\x0b"))
    assert DutyEvent.objects.get().title == "印发办法"
    owner.post(url("save_view"), {"name": "甲\x00"})
    assert SavedRegisterView.objects.get().name == "甲"
    owner.post(url("decide", duty.code, "nothing"), {"reason": "\x00无\x01"})
    assert DutyDecision.objects.get().reason == "无"
    assert owner.post(url("event"), {"body": "\x00"}).status_code in {404, 422}
    assert owner.post(url("mark_reminders"), {"id": ["9" * 40], "read": "1"}).status_code == 302


def test_a_periodic_item_says_that_it_has_no_events(owner, duty):
    item = ItemFactory.create(edition=duty.item.edition, deadlines=[QUARTERLY])
    response = owner.post(url("event"), event_form(duty, item=item.pk))
    assert "按期公开" in response.content.decode()


def test_the_month_asks_for_what_is_owed_now(owner, duty):
    today = timezone.localdate()
    Duty.objects.update(due_on=today - dt.timedelta(days=40))
    page = owner.get(url("month")).content.decode()
    assert "已逾期" in page
    assert f"/console/disclosures/new/?duty={duty.code}" in page


def test_an_empty_month_says_what_to_do_next(owner, duty):
    Duty.objects.update(met_at=duty.created_at, met_on=duty.created_at.date(), due_on="2026-01-01")
    assert "登记一个事件" in owner.get(url("month")).content.decode()


def test_reminders_are_read_by_their_owner(owner, duty):
    own = ReminderFactory.create(duty=duty, user=owner.user)
    other = ReminderFactory.create()
    assert duty.item.title in owner.get(url("reminders")).content.decode()
    owner.post(url("mark_reminders"), {"id": [own.pk, other.pk, "x"], "read": "1"})
    assert list(Reminder.objects.filter(read_at=None)) == [other]
    owner.post(url("mark_reminders"), {"id": [own.pk], "unread": "1"})
    owner.post(url("mark_reminders"), {"all": "1"})
    assert list(Reminder.objects.filter(read_at=None)) == [other]


def test_the_calendar_feed_opens_with_its_signed_address_only(client, duty):
    address = feed_address(duty.body)
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VCALENDAR" in response.content
    assert client.get(address[:-1]).status_code == 404
    assert client.get(address.split("?")[0]).status_code == 404
    other = DutyFactory.create().body
    stolen = address.replace(duty.body.code, other.code)
    assert client.get(stolen).status_code == 404


def test_the_heat_table_links_each_rate_to_its_list(owner, duty):
    page = owner.get(url("heat")).content.decode()
    assert "0%" in page
    assert f"?body={duty.body.code}&amp;domain={duty.item.edition.domain.code}" in page
