"""What cannot be done is said in words, to people as a page and to programs as JSON."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.base.errors import Forbidden, GongkaiError, Refused
from gongkai.portal.error_pages import error_response
from gongkai.portal.error_texts import text_of_code, text_of_status
from gongkai.urls import handler400, handler403, handler404, handler500
from gongkai.urls import urlpatterns as all_patterns

pytestmark = pytest.mark.django_db


def _refuse(request):
    raise Refused("footprints.not_a_subject", subject="甲")


def _forbid(request):
    raise Forbidden("access.no_mandate")


def _fail(request):
    raise RuntimeError("a fault of ours")


def _well(request):
    return HttpResponse("well")


urlpatterns = [
    path("refuse/", _refuse), path("refuse.json", _refuse), path("forbid/", _forbid),
    path("fail/", _fail), path("fail.json", _fail), *all_patterns,
]  # fmt: skip
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "text"),
    [
        ("/refuse/", 409, "“甲”不是可以统计的对象"),
        ("/en/refuse/", 409, "“甲” cannot be counted"),
        ("/zh-hant/refuse/", 409, "“甲”不是可以統計的對象"),
        ("/forbid/", 403, "授权"),
        ("/fail/", 500, "系统出了问题"),
        ("/en/fail/", 500, "Something went wrong"),
        ("/nowhere/", 404, "没有找到这一页"),
        ("/en/nowhere/", 404, "Page not found"),
        ("/d/nowhere/", 404, "没有找到这一页"),
    ],
)
def test_a_person_reads_what_happened_and_what_to_do(visitor, address, status, text):
    response = visitor.get(address)
    assert response.status_code == status
    assert text in response.content.decode()
    assert "</footer>" in response.content.decode()


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/refuse.json", "footprints.not_a_subject"),
        ("/fail.json", "server.error"),
        ("/d/nowhere.json", "request.not_found"),
    ],
)
def test_a_program_reads_a_code(visitor, address, code):
    error = visitor.get(address).json()["error"]
    assert error["code"] == code
    assert error["text"]


@pytest.mark.urls(__name__)
def test_a_fault_of_the_look_itself_still_gives_a_page(visitor, monkeypatch):
    def broken(*_, **__):
        raise ValueError("no such template")

    monkeypatch.setattr("gongkai.portal.error_pages.loader.render_to_string", broken)
    response = visitor.get("/fail/")
    assert response.status_code == 500
    assert "系统出了问题" in response.content.decode()


def test_every_status_has_words():
    for status in (400, 403, 404, 405, 409, 410, 413, 418, 422, 429, 500, 502, 503):
        assert text_of_status(status).text


def test_a_text_whose_facts_are_missing_falls_back_to_the_status():
    assert text_of_code("footprints.not_a_subject", {}) == ""
    assert text_of_code("nobody.knows", {"a": 1}) == ""
    response = error_response(RequestFactory().get("/"), 409, code="nobody.knows")
    assert "现在不能这样做" in response.content.decode()
    assert "nobody.knows" in response.content.decode()


def test_texts_of_every_app_are_found():
    assert "区划代码" in text_of_code("place.code_invalid", {"value": "1"})
    assert issubclass(Refused, GongkaiError)


ADDRESSES = (
    "/", "/search", "/latest/", "/policies/", "/duties/", "/catalogue/social-relief/", "/p/",
    "/b/", "/feeds/", "/feeds/search", "/data/", "/en/search", "/zh-hant/search", "/elder/p/",
)  # fmt: skip
NAMES = ("q", "page", "before", "after", "domain", "body", "place", "year", "template", "validity",
         "sort", "state", "format", "view")  # fmt: skip
NASTY = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["\x00", "%00", "-1", "0", "99999999999999999999", "' OR 1=1 --", "<script>", "../../etc",
         "９９", "²", "a" * 3000, "（", "*", '"', "AND"]
    ),
)  # fmt: skip


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    address=st.sampled_from(ADDRESSES),
    query=st.dictionaries(st.sampled_from(NAMES), NASTY, max_size=4),
)
def test_no_query_breaks_a_page(visitor, address, query):
    assert visitor.get(address, query).status_code < 500


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    start=st.sampled_from(["/d/", "/p/", "/b/", "/catalogue/", "/feeds/b/", "/data/", "/v/", "/"]),
    code=NASTY,
    end=st.sampled_from(["", "/", ".json", "/history/", "/receipt/", "/history/1/", "/duties.ics"]),
)
def test_no_code_breaks_a_page(visitor, start, code, end):
    response = visitor.get(start + quote(code.encode("utf-8", "replace")) + end)
    assert response.status_code < 500
