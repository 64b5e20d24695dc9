"""Every resource answers with the public facts, and only with those."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from gongkai.disclosures.models import Disclosure, PublishedRevision
from gongkai.disclosures.states import DisclosureState
from gongkai.disclosures.tests.factories import DisclosureFactory
from gongkai.log.rules import digest
from gongkai.places.tests.factories import BodyFactory

pytestmark = pytest.mark.django_db


def test_places_and_bodies_are_found_by_code_and_place(ask, district):
    town = district["town"]
    status, answer = ask("places", within=town.code)
    assert (status, [place["name"] for place in answer["places"]]) == (200, ["梅岭镇"])
    assert answer["places"][0]["parent"] == "439901000000"
    assert ask(f"places/{town.code}")[1] == answer["places"][0]
    _status, bodies = ask("bodies", place=town.code)
    assert [body["name"] for body in bodies["bodies"]] == ["梅岭镇人民政府"]
    assert ask(f"bodies/{district['office'].body.code}")[1] == bodies["bodies"][0]


def test_items_come_with_their_rules(ask, district):
    item = district["item"]
    domain = item.edition.domain.code
    assert domain in [found["code"] for found in ask("domains")[1]["domains"]]
    assert ask(f"domains/{domain}")[1]["name"] == item.edition.domain.name
    _status, answer = ask("items", domain=domain)
    assert [found["key"] for found in answer["items"]] == [item.key]
    one = ask(f"items/{item.key}")[1]
    assert one == answer["items"][0]
    assert len(one["deadlines"]) == item.deadlines.count()
    assert ask("items", domain="other")[1]["items"] == []


def test_a_duty_tells_its_state_of_the_day_and_its_steps(ask, district):
    duty = district["duty"]
    one = ask(f"duties/{duty.code}")[1]
    assert one["due_on"] == duty.due_on.isoformat()
    assert one["state"] == ("overdue" if duty.due_on < district["today"] else one["state"])
    assert isinstance(one["explanation"], list)
    assert ask("duties", body=duty.body.code, state=one["state"])[1]["duties"] == [one]
    assert ask("duties", state="met")[1]["duties"] == []


def test_lists_hold_what_is_public_and_nothing_else(ask, district):
    _status, answer = ask("disclosures", body=district["office"].body.code)
    titles = {record["title"] for record in answer["disclosures"]}
    assert titles == {"临时救助第一批", "临时救助第二批更正"}
    assert ask("disclosures", place=district["town"].code)[1] == answer
    assert ask("disclosures", since="2027-01-01")[1]["disclosures"] == []
    assert ask("disclosures", template="notice")[1]["disclosures"] == []


def test_the_record_given_is_the_one_whose_digest_is_logged(ask, district):
    changed = district["changed"]
    one = ask(f"disclosures/{changed.code}")[1]
    assert one["record"]["title"] == "临时救助第二批更正"
    assert digest(one["record"]) == one["digest"]
    history = ask(f"disclosures/{changed.code}/history")[1]["revisions"]
    assert [revision["kind"] for revision in history] == ["published", "corrected"]
    entry = ask(f"log/{history[-1]['log_number']}")[1]
    assert entry["record_digest"] == one["digest"]
    assert entry["subject"] == f"disclosure:{changed.code}"


def test_a_withdrawn_record_is_gone_but_its_history_stays(ask, district):
    gone = district["gone"]
    status, answer = ask(f"disclosures/{gone.code}")
    assert (status, answer["error"]["code"]) == (410, "disclosure.withdrawn")
    assert "内容有误" in answer["error"]["message"]
    kinds = [r["kind"] for r in ask(f"disclosures/{gone.code}/history")[1]["revisions"]]
    assert kinds == ["published", "withdrawn"]


def test_what_was_hidden_for_privacy_has_no_text(ask, district):
    gone = district["gone"]
    PublishedRevision.objects.filter(disclosure=gone).update(record={})
    revisions = ask(f"disclosures/{gone.code}/history")[1]["revisions"]
    assert [revision["record"] for revision in revisions] == [{}, {}]


@pytest.mark.parametrize("path", ["disclosures/{}", "disclosures/{}/history"])
def test_a_draft_does_not_exist(ask, district, path):
    assert ask(path.format(district["draft"].code))[0] == 404


def test_search_finds_and_suggests(ask, district):
    _status, answer = ask("search", q="臨時救助", place=district["town"].code)
    assert (answer["total"], len(answer["hits"])) == (2, 2)
    assert "<mark>临时救助</mark>" in answer["hits"][0]["title_html"]
    assert ask("search", q="临时就助")[1]["suggestions"][0]["text"] == "临时救助"


def test_the_log_is_given_in_order(ask, district):
    entries = ask("log", limit=100)[1]["entries"]
    numbers = [entry["number"] for entry in entries]
    assert numbers == sorted(numbers)
    assert len(numbers) == 5
    assert all(
        after["previous_hash"] == before["entry_hash"] for before, after in pairwise(entries)
    )
    assert len(ask("log", subject=f"disclosure:{district['gone'].code}")[1]["entries"]) == 2


@pytest.mark.parametrize("resource", ["places", "bodies", "items", "duties", "log"])
def test_cursors_give_every_row_once(ask, district, resource):
    whole = ask(resource, limit=100)[1]
    name = next(key for key in whole if key != "next")
    rows, cursor = [], ""
    while True:
        page = ask(resource, limit=1, cursor=cursor)[1]
        rows += page[name]
        cursor = page["next"]
        if not cursor:
            break
    assert rows == whole[name]


def test_cursors_of_disclosures_keep_their_place_while_records_are_published(ask, db):
    body = BodyFactory()
    start = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    for number in range(7):
        state = (DisclosureState.PUBLISHED, DisclosureState.EXPIRED)[number % 2]
        moment = start + dt.timedelta(hours=number // 2)
        DisclosureFactory(published=True, body=body, published_at=moment, state=state)
    first = ask("disclosures", limit=3)[1]
    DisclosureFactory(published=True, body=body, published_at=start + dt.timedelta(days=1))
    second = ask("disclosures", limit=3, cursor=first["next"])[1]
    third = ask("disclosures", limit=3, cursor=second["next"])[1]
    codes = [row["code"] for page in (first, second, third) for row in page["disclosures"]]
    expected = Disclosure.objects.order_by("-published_at", "-pk").values_list("code", flat=True)
    assert codes == list(expected)[1:]
    assert third["next"] == ""


@pytest.mark.parametrize(
    ("path", "n_queries"), [("disclosures", 4), ("items", 6), ("duties", 1), ("places", 2)]
)
def test_lists_take_a_constant_number_of_queries(
    ask, district, django_assert_max_num_queries, path, n_queries
):
    with django_assert_max_num_queries(n_queries):
        assert ask(path)[0] == 200


def test_answers_carry_the_tags_of_what_they_show(ask, district):
    code = district["kept"].code
    ask(f"disclosures/{code}")
    assert ask.response.headers["X-Gongkai-Tags"] == f"disclosure:{code}"
    ask("disclosures")
    assert ask.response.headers["X-Gongkai-Tags"] == "list"
    assert ask.response.headers["Access-Control-Allow-Origin"] == "*"
