"""Every page answers a reader who sends nothing but an address, at a recorded cost."""

from __future__ import annotations

import datetime as dt
import re

import lxml.html
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.places.models import Division, Succession
from gongkai.places.tests.factories import DivisionFactory
from gongkai.portal.cachetags import HEADER
from gongkai.portal.middleware import CONTENT_POLICY
from gongkai.portal.tests.building import published
from gongkai.portal.tests.conftest import NOW

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def addresses(district):
    """Every page with what must stand on it and the most questions it may ask."""
    policy = district.policy.code
    return {
        "/": ("关于修路的公告", 13),
        "/latest/": ("关于修路的公告", 4),
        "/policies/": ("最低生活保障实施办法", 4),
        "/services/": ("这里还没有内容", 3),
        "/duties/": ("逾期未公开", 6),
        f"/duties/?body={district.department.code}&state=overdue&year=2026": ("2026-09-30", 8),
        "/catalogue/": ("村务公开", 3),
        "/catalogue/social-relief/": ("最低生活保障实施办法", 10),
        f"/catalogue/by-body/{district.committee.code}/": ("财务开支", 10),
        f"/d/{policy}/": ("云溪府办发〔2026〕12号", 12),
        f"/d/{policy}/history/": ("标准有误", 3),
        f"/d/{policy}/history/1/": ("620 元", 3),
        f"/d/{policy}/receipt/": (district.policy.digest, 3),
        "/p/": ("上湾村", 1),
        "/p/?q=%E4%B8%8A%E7%81%A3": ("上湾村", 1),
        f"/p/{district.village.code}/": ("财务开支", 22),
        f"/p/{district.town.code}/": ("关于修路的公告", 13),
        f"/p/{district.place.code}/": ("民政局", 15),
        "/b/": ("区民政局", 1),
        "/b/?q=%E6%B0%91%E6%94%BF": ("区民政局", 1),
        f"/b/{district.department.code}/": ("最低生活保障实施办法", 22),
        "/search": ("搜索公开信息", 0),
        "/data/": ("数据下载", 0),
        "/about/": ("关于本站", 0),
        "/help/accessibility/": ("无障碍说明", 0),
    }


def test_every_page_shows_what_it_is_for_within_its_questions(district, visitor):
    for address, (text, n_questions) in addresses(district).items():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = visitor.get(address)
        assert response.status_code == 200, address
        assert text in response.content.decode(), address
        assert len(asked) <= n_questions, (address, len(asked))


def test_no_page_sets_a_cookie_or_depends_on_one(district, visitor):
    for address in addresses(district):
        response = visitor.get(address)
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        assert response["Content-Security-Policy"] == CONTENT_POLICY


def test_more_rows_cost_no_more_questions(district, visitor):
    pages = ["/", "/latest/", "/catalogue/social-relief/", f"/b/{district.department.code}/"]
    before = {}
    for page in pages:
        with CaptureQueriesContext(connection) as asked:
            visitor.get(page)
        before[page] = len(asked)
    for _ in range(6):
        published(
            body=district.department, domain=district.domain, item=district.item,
            item_key=district.item.key,
        )  # fmt: skip
    for page in pages:
        with CaptureQueriesContext(connection) as asked:
            visitor.get(page)
        assert len(asked) <= before[page], page


def test_pages_tell_the_cache_what_they_show(district, visitor):
    assert "list" in visitor.get("/")[HEADER].split()
    policy = visitor.get(f"/d/{district.policy.code}/")[HEADER].split()
    assert policy == [
        f"disclosure:{district.policy.code}",
        f"body:{district.department.code}",
    ]
    assert visitor.get(f"/p/{district.town.code}/")[HEADER] == f"place:{district.town.code}"
    assert visitor.get("/catalogue/social-relief/")[HEADER] == "domain:social-relief"


def test_pages_carry_the_meta_tags_of_government_sites(district, visitor):
    page = visitor.get(f"/d/{district.policy.code}/").content.decode()
    tags = dict(re.findall(r'<meta name="([\w-]+)" content="([^"]*)"', page))
    assert tags["SiteName"] == "云溪区政务公开"
    assert tags["SiteIDCode"] == "4399010001"
    assert tags["ColumnName"] == "社会救助"
    assert tags["ArticleTitle"] == district.policy.title
    assert tags["PubDate"] == "2026-09-18 09:30"
    assert tags["ContentSource"] == "云溪区民政局"
    assert tags["gongkai-digest"] == district.policy.digest
    assert f'rel="canonical" href="http://127.0.0.1:8000/d/{district.policy.code}/"' in page


def test_english_pages_leave_no_chinese_unmarked(district, visitor):
    for address in addresses(district):
        page = lxml.html.fromstring(visitor.get(f"/en{address}").content.decode())
        body = page.find("body")
        for marked in body.xpath(".//*[starts-with(@lang, 'zh')]"):
            marked.tail, tail = None, marked.tail or ""
            marked.clear()
            marked.tail = tail
        shown = [*body.itertext(), *body.xpath(".//@aria-label | .//@placeholder | .//@alt")]
        left = [text.strip() for text in shown if HAN.search(text)]
        assert left == [], address


def test_links_of_a_presentation_stay_in_it(district, visitor):
    page = visitor.get("/en/elder/latest/").content.decode()
    assert f'href="/en/elder/d/{district.policy.code}/"' in page
    assert '<html lang="en" class="view-elder"' in page
    assert 'href="/elder/latest/"' in page
    assert 'rel="canonical" href="http://127.0.0.1:8000/en/latest/"' in page


def test_traditional_pages_are_converted_as_a_whole(district, visitor):
    page = visitor.get(f"/zh-hant/d/{district.policy.code}/").content.decode()
    assert "雲溪區城鄉居民最低生活保障實施辦法" in page
    assert f'href="/zh-hant/b/{district.department.code}/"' in page
    assert '<html lang="zh-Hant"' in page


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/en", "/en/"),
        ("/en/console/", "/console/"),
        ("/elder/feeds/?a=1", "/feeds/?a=1"),
        ("/en/api/v1/", "/api/v1/"),
    ],
)
def test_what_has_one_form_only_is_led_back_to_it(visitor, address, target):
    assert visitor.get(address)["Location"] == target


def test_feeds_mirror_their_lists(district, visitor):
    village = district.village.code
    for path in ("/", "/policies/", "/catalogue/social-relief/", f"/p/{village}/", "/search?q=x",
                 f"/b/{district.department.code}/"):  # fmt: skip
        atom = visitor.get(f"/feeds{path}")
        assert atom["Content-Type"].startswith("application/atom+xml")
        assert atom[HEADER]
        json_feed = visitor.get(f"/feeds{path}{'&' if '?' in path else '?'}format=json").json()
        assert json_feed["home_page_url"] == f"http://127.0.0.1:8000{path}"
    titles = [i["title"] for i in visitor.get(f"/feeds/p/{village}/?format=json").json()["items"]]
    assert titles == ["关于修路的公告"]


def test_the_calendar_of_a_body_is_subscribable(district, visitor):
    response = visitor.get(f"/b/{district.department.code}/duties.ics")
    assert response["Content-Type"].startswith("text/calendar")
    assert b"20261020" in response.content


def test_programs_find_everything(district, visitor):
    assert (
        "Sitemap: http://127.0.0.1:8000/sitemap.xml" in visitor.get("/robots.txt").content.decode()
    )
    assert "/sitemap-0.xml" in visitor.get("/sitemap.xml").content.decode()
    part = visitor.get("/sitemap-0.xml").content.decode()
    assert f"/d/{district.policy.code}/" in part
    assert f"/p/{district.village.code}/" in visitor.get("/sitemap-pages.xml").content.decode()
    assert visitor.get("/healthz").json()["status"] == "ok"


def test_a_place_that_was_merged_leads_to_its_successor(district, visitor):
    former = DivisionFactory(
        village=True, parent=district.town, name="下湾村", valid_until=dt.date(2026, 1, 1)
    )
    Succession.objects.create(
        predecessor=former, successor=district.village, kind=Succession.Kind.MERGED,
        effective_on=dt.date(2026, 1, 1),
    )  # fmt: skip
    page = visitor.get(f"/p/{former.code}/").content.decode()
    assert f"/p/{district.village.code}/" in page
    assert Division.objects.filter(code=former.code).count() == 1


def test_the_staff_signs_in_on_a_page_in_the_look(visitor):
    for prefix, text in (
        ("", "工作人员登录"),
        ("/en", "Staff sign-in"),
        ("/zh-hant", "工作人員登錄"),
    ):
        page = visitor.get(f"{prefix}/accounts/login/")
        assert page.status_code == 200
        assert text in page.content.decode()
        assert 'name="password"' in page.content.decode()
