"""Staff at work: write from a duty, review on a phone, settle a catalogue; without script too."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import PASSWORD, UserFactory
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.tests.factories import Office
from gongkai.duties.tests.factories import DutyFactory
from gongkai.places.tests.factories import BodyFactory, DivisionFactory
from gongkai.portal.tests.conftest import _messages as messages  # noqa: F401  compiled first
from gongkai.readings.tests.factories import csv_file, row
from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
STRICT = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office():
    """A department of the district with its people and a duty that comes due in three days."""
    district = DivisionFactory.create(district=True)
    body = BodyFactory.create(name="云溪区民政局", short_name="区民政局", division=district)
    found = Office.open(body=body)
    found.duty = DutyFactory.create(body=body, due_on=timezone.localdate() + dt.timedelta(days=3))
    return found


@pytest.fixture
def open_as(live_server, open_page):
    """A page of somebody who signed in before."""

    def open_(user, path="/console/", **options):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        page = open_page(**options)
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        page.goto(live_server.url + path)
        return page

    return open_


def serious_faults(page):
    found = Axe().run(page, options=STRICT).response["violations"]
    return [
        f"{page.url} {fault['id']}: {fault['nodes'][0]['target']}"
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]


def add_secrecy_paper(page):
    page.get_by_label("材料", exact=True).select_option(label="保密审查表")
    page.get_by_label("结论").fill("经审查，不涉及国家秘密，同意公开")
    page.get_by_label("签字人").fill("何静安")
    page.get_by_role("button", name="保存材料").click()


def decide(page, name, comment=""):
    """On a phone: open the first of the queue, decide."""
    page.locator(".gk-queue__link").first.click()
    page.get_by_label("意见").fill(comment)
    page.get_by_role("button", name=name, exact=True).click()


def test_from_a_duty_over_two_reviewers_on_the_phone_to_the_public(
    office, live_server, open_page, open_as, tmp_path
):
    page = open_page()
    page.goto(f"{live_server.url}/console/")
    page.fill("input[name=login]", office.editor.username)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.get_by_role("link", name="本月全部应公开").click()
    page.get_by_role("link", name="现在就写").first.click()
    page.get_by_role("button", name="通用信息").click()
    page.get_by_label("标题（必填）").fill("三季度临时救助公示")
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.type("现将三季度临时救助情况予以公开，共二十三户。")
    note = tmp_path / "统计口径.txt"
    note.write_text("户数按季末在册统计。", "utf-8")
    page.get_by_label("添加附件").set_input_files(note)
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_text("草稿已保存").wait_for()
    add_secrecy_paper(page)
    assert page.locator("#checks").inner_text() == "没有发现问题。"
    page.get_by_role("button", name="保存并提交审核").click()
    assert "已提交审核" in page.locator(".gk-messages").inner_text()

    for reviewer in (office.first, office.second):
        phone = open_as(reviewer, "/console/disclosures/queue/", viewport=PHONE)
        decide(phone, "通过")
    assert "已公开" in phone.locator(".gk-messages").inner_text()

    code = Disclosure.objects.get().code
    page.goto(f"{live_server.url}/d/{code}/")
    assert page.locator("h1").inner_text() == "三季度临时救助公示"
    assert "共二十三户" in page.locator("main").inner_text()
    assert "统计口径" in page.locator("main").inner_text()


def test_a_reviewer_returns_with_a_comment_and_the_editor_finds_it(office, open_as):
    record = office.submitted()
    phone = open_as(office.first, "/console/disclosures/queue/", viewport=PHONE)
    decide(phone, "退回修改")
    assert "退回时请写明意见" in phone.locator(".gk-messages").inner_text()
    phone.get_by_label("意见").fill("户数与附件不一致，请核对。")
    phone.get_by_role("button", name="退回修改").click()
    assert "已退回修改" in phone.locator(".gk-messages").inner_text()

    page = open_as(office.editor)
    assert "户数与附件不一致" in page.get_by_role("region", name="被退回").inner_text()
    page.get_by_role("link", name=record.title).click()
    page.get_by_label("标题（必填）").fill("三季度临时救助情况（核对后）")
    page.get_by_role("button", name="保存草稿").click()
    assert "草稿已保存" in page.locator(".gk-messages").inner_text()


def test_a_catalogue_is_uploaded_its_question_settled_and_confirmed(office, open_as, tmp_path):
    file = tmp_path / "社会救助.csv"
    file.write_bytes(csv_file([row(1), row(2, deadline="按领导要求择机安排")]))
    page = open_as(office.supervisor, "/console/readings/upload/")
    page.get_by_label("编制机构").select_option(label=office.body.name)
    page.get_by_label("目录文件").set_input_files(file)
    page.get_by_role("button", name="读入").click()
    assert "1 个疑问" in page.locator("#upload-results").inner_text()
    page.locator("#upload-results a").first.click()
    page.locator(".gk-question input[name=value]").fill("每季度")
    page.get_by_role("button", name="答复", exact=True).click()
    page.get_by_text("已处理 1 / 1").wait_for()
    page.get_by_role("link", name="看变化，确认").first.click()
    page.get_by_role("button", name="确认，使目录生效").click()
    assert "目录已生效" in page.locator(".gk-messages").inner_text()


def test_everything_works_without_script(office, live_server, open_as):
    page = open_as(office.editor, javascript=False)
    page.locator(".gk-menu").get_by_role("link", name="公开信息").click()
    page.get_by_role("link", name="新建", exact=True).click()
    page.get_by_role("button", name="通用信息").click()
    page.get_by_label("标题（必填）").fill("关于调整窗口时间的说明")
    page.locator("#plain-text").fill("自下周起，窗口周六上午照常办理。")
    page.get_by_role("button", name="保存草稿").click()
    add_secrecy_paper(page)
    page.get_by_role("button", name="保存并提交审核").click()
    assert "已提交审核" in page.locator(".gk-messages").inner_text()
    for reviewer in (office.first, office.second):
        phone = open_as(reviewer, "/console/disclosures/queue/", viewport=PHONE, javascript=False)
        decide(phone, "通过")
    phone.goto(f"{live_server.url}/d/{Disclosure.objects.get().code}/")
    assert "周六上午照常办理" in phone.locator("main").inner_text()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_no_serious_fault_of_accessibility_and_nothing_runs_over(office, open_as, viewport):
    record = office.submitted()
    draft = office.draft(title="另一条")
    places = {
        office.editor: [
            "", "account/", "duties/mine/", "duties/", f"duties/duty/{office.duty.code}/",
            "disclosures/", "disclosures/new/", f"disclosures/{draft.code}/edit/",
        ],
        office.first: ["disclosures/queue/", f"disclosures/{record.code}/review/"],
        UserFactory.mandated(office.body, Role.ADMINISTRATOR, covers_subtree=True): [
            "disclosures/routes/", "people/", "places/",
        ],
    }  # fmt: skip
    faults, wide = [], []
    for user, paths in places.items():
        page = open_as(user, f"/console/{paths[0]}", viewport=viewport)
        base = page.url.partition("/console/")[0]
        for path in paths:
            page.goto(f"{base}/console/{path}")
            faults += serious_faults(page)
            if page.evaluate("document.documentElement.scrollWidth") > viewport["width"]:
                wide.append(path)
    assert (faults, wide) == ([], [])


def test_the_console_speaks_english_when_asked(office, open_as):
    page = open_as(office.editor)
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("heading", name="To publish next").is_visible()
    page.get_by_role("button", name="中文").click()
    assert page.get_by_role("heading", name="接下来要公开").is_visible()
