"""Whatever is asked, the answer says in one shape what is wrong, where, and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings

from gongkai.api.api import openapi

pytestmark = pytest.mark.django_db

SNAPSHOT = Path(__file__).with_name("openapi.json")


@pytest.mark.parametrize(
    ("path", "query", "status", "where"),
    [
        ("nowhere", {}, 404, "/api/v1/nowhere"),
        ("disclosures/none", {}, 404, "/api/v1/disclosures/none"),
        ("places/439999999999", {}, 404, "/api/v1/places/439999999999"),
        ("disclosures", {"limit": "0"}, 422, "query.limit"),
        ("disclosures", {"limit": "many"}, 422, "query.limit"),
        ("disclosures", {"since": "yesterday"}, 422, "query.since"),
        ("disclosures", {"cursor": "!!!"}, 422, "query.cursor"),
        ("disclosures", {"cursor": "AAAA"}, 422, "query.cursor"),
        ("disclosures", {"cursor": "OTk5OTk5OTk5OTk5OTk5OTk5OTkuMQ"}, 422, "query.cursor"),
        ("log", {"cursor": "MS4x"}, 422, "query.cursor"),
        ("duties", {"state": "late"}, 422, "query.state"),
        ("places", {"within": "云溪"}, 422, "query.within"),
        ("search", {"year": "12"}, 422, "year"),
        ("log/99999999999999999999", {}, 422, "path.number"),
        ("search", {"q": "\x00"}, 400, "/api/v1/search"),
    ],
)
def test_a_wrong_question_is_answered_in_the_one_shape(ask, path, query, status, where):
    found, answer = ask(path, **query)
    assert found == status
    assert set(answer["error"]) == {"code", "message", "where", "remedy"}
    assert where in answer["error"]["where"]
    assert all(answer["error"].values())


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, method):
    response = getattr(client, method)("/api/v1/disclosures")
    assert (response.status_code, response.json()["error"]["code"]) == (405, "request.method")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_head_and_options_are_answered(client):
    assert client.head("/api/v1/domains").status_code == 200
    assert client.options("/api/v1/domains").status_code == 204


def test_the_description_is_the_one_we_promised():
    """After a change that was meant: write ``openapi()`` to the file and tell it in CHANGELOG."""
    assert openapi() == json.loads(SNAPSHOT.read_text("utf-8"))


def test_every_operation_says_what_it_is_and_how_it_fails():
    for path, facts in openapi()["paths"].items():
        assert set(facts) == {"get"}, path
        assert facts["get"]["summary"], path
        assert {"200", "404", "422"} <= {str(status) for status in facts["get"]["responses"]}, path


@pytest.mark.parametrize("path", ["", "docs"])
def test_the_page_shows_every_address_without_script(client, path):
    response = client.get(f"/api/v1/{path}")
    page = response.content.decode()
    assert all(address in page for address in openapi()["paths"])
    assert "<script" not in page
    assert "https://" not in page
    assert "script-src" not in response.headers["Content-Security-Policy"]


def test_the_description_is_served(client):
    assert client.get("/api/v1/openapi.json").json() == openapi()


schema = schemathesis.openapi.from_dict(openapi())
application = get_wsgi_application()


@schema.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_question_breaks_the_server(case, ask, kept_connection):
    response = case.call(app=application, base_url="http://testserver")
    assert response.status_code < 500
    if response.status_code >= 400:
        assert set(response.json()["error"]) == {"code", "message", "where", "remedy"}
