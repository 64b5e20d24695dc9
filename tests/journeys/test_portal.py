"""A resident on the portal finds, reads, follows; on phone and desk, with and without script."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe

from gongkai.catalogue.tests.factories import DomainFactory, EditionFactory, ItemFactory
from gongkai.duties.tests.factories import DutyFactory
from gongkai.places.tests.factories import BodyFactory, DivisionFactory
from gongkai.portal.tests.building import MORNING, corrected, published
from gongkai.portal.tests.conftest import _messages as messages  # noqa: F401  compiled first
from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

BUDGET = {
    "account_kind": "budget",
    "year": "2026",
    "approved_on": "2026-01-20",
    "income": [{"subject": "财政拨款", "amount": 1000}, {"subject": "合计", "amount": 1000}],
    "expenditure": [{"subject": "基本支出", "amount": 1000}, {"subject": "合计", "amount": 1000}],
    "explanation": "与上年持平。",
}


@pytest.fixture
def shown(live_server):
    """A village with a committee that owes and published, a department with an amended policy."""

    class Shown:
        address = live_server.url
        village = DivisionFactory(village=True, name="上湾村")
        committee = BodyFactory(committee=True, division=village, phone="0799-8712345")
        department = BodyFactory(name="云溪区民政局", short_name="区民政局")
        item = ItemFactory(
            edition=EditionFactory(domain=DomainFactory(), body=department),
            bodies=[department, committee],
            levels={"县级": True},
        )
        duties = [
            DutyFactory(item=item, body=committee, met=True),
            DutyFactory(item=item, body=department),
        ]
        policy = published(
            body=department, domain=item.edition.domain, item=item, item_key=item.key,
            template="policy_document", title="云溪区低保实施办法", validity="in_force",
            document_number="云溪府办发〔2026〕12号", text="<h2>标准</h2><p>每月 620 元。</p>",
        )  # fmt: skip
        budget = published(
            body=department, template="budget_account", title="民政局2026年预算", values=BUDGET
        )
        notice = published(body=committee, template="notice", title="关于修路的公告")

    found = Shown()
    later = MORNING + dt.timedelta(days=2)
    corrected(found.policy, reason="标准有误", at=later, text="<p>每月 640 元。</p>")
    return found


def pages(shown):
    return {
        "home": "/",
        "search": "/search?q=低保",
        "catalogue": f"/catalogue/{shown.item.edition.domain.code}/",
        "disclosure": f"/d/{shown.policy.code}/",
        "budget": f"/d/{shown.budget.code}/",
        "history": f"/d/{shown.policy.code}/history/",
        "village": f"/p/{shown.village.code}/",
        "duties": "/duties/?year=2026",
        "sign-in": "/accounts/login/",
        "not found": "/nowhere/",
    }


def faults(page):
    result = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    )
    return [
        f"{found['id']}: {node['html'][:120]}"
        for found in result.response["violations"]
        for node in found["nodes"]
    ]


def problems_of(page, address, viewport):
    page.goto(address)
    found = faults(page)
    if page.evaluate("document.documentElement.scrollWidth") > viewport["width"]:
        found.append("scrolls sideways")
    return found


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_are_accessible_and_never_scroll_sideways(shown, open_page, viewport):
    page = open_page(viewport=viewport)
    found = {
        name: problems_of(page, shown.address + address, viewport)
        for name, address in pages(shown).items()
    }
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("view", ["/elder", "/contrast", "/dark", "/en"])
def test_every_view_is_accessible_on_a_phone(shown, open_page, view):
    page = open_page(viewport=PHONE)
    found = {
        name: problems_of(page, shown.address + view + pages(shown)[name], PHONE)
        for name in ("home", "catalogue", "budget", "village")
    }
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_villager_finds_the_village_and_reads_what_it_published(shown, open_page, javascript):
    page = open_page(viewport=PHONE, javascript=javascript)
    page.goto(shown.address)
    page.get_by_label("村、社区或镇街的名字").fill("上湾")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="上湾村").click()
    assert page.get_by_role("heading", level=1).inner_text() == "上湾村"
    assert page.get_by_text("按时公开").first.is_visible()
    page.get_by_role("link", name="关于修路的公告").click()
    assert page.get_by_role("heading", level=1).inner_text() == "关于修路的公告"
    page.get_by_role("link", name="公开凭证").click()
    assert page.get_by_text(shown.notice.digest).first.is_visible()


def test_the_keyboard_skips_to_the_content_and_shows_where_it_is(shown, open_page):
    page = open_page()
    page.goto(shown.address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert page.evaluate("document.activeElement.name") == "q"
    assert outline == "solid"


def test_large_print_is_remembered_without_a_cookie(shown, open_page):
    page = open_page(viewport=PHONE)
    page.goto(shown.address)
    page.get_by_role("link", name="大字").click()
    page.goto(f"{shown.address}/d/{shown.policy.code}/")
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    target = page.get_by_role("button", name="搜索").bounding_box()
    assert size >= 22
    assert target["height"] >= 60
    assert page.context.cookies() == []


def test_without_script_large_print_stays_by_its_address(shown, open_page):
    page = open_page(viewport=PHONE, javascript=False)
    page.goto(shown.address)
    page.get_by_role("link", name="大字").click()
    page.get_by_role("link", name="关于修路的公告").first.click()
    assert page.url == f"{shown.address}/elder/d/{shown.notice.code}/"
    assert page.evaluate("document.documentElement.className") == "view-elder"


def test_an_open_page_counts_one_view_of_a_person(shown, open_page):
    page = open_page()
    page.set_extra_http_headers({"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/130"})
    with page.expect_response("**/v/*/") as counted:
        page.goto(f"{shown.address}/d/{shown.notice.code}/")
    assert counted.value.json() == {"n_views": 1}
    page.wait_for_function("document.querySelector('[data-count-number]').textContent === '1'")
