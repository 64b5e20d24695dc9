"""What readers find, how it is ordered, filtered, shown, and what they are told when it is not."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.catalogue.tests.factories import DomainFactory, ItemFactory
from gongkai.disclosures.models import Disclosure
from gongkai.places.tests.factories import BodyFactory, DivisionFactory
from gongkai.search.follow import catch_up
from gongkai.search.queries import SearchRequest, facets, search
from gongkai.search.tests.conftest import NOON, withdraw_row

pytestmark = pytest.mark.django_db


def titles(text="", **wanted):
    return [hit.title for hit in search(SearchRequest(text=text, **wanted)).hits]


@pytest.fixture
def subsidy(public_record):
    record = public_record(
        "云溪区农业补贴发放公示",
        document_number="云农发〔2026〕12号",
        text="<p>耕地地力保护补贴</p><p>按户发放，A股 ①</p>",
    )
    public_record("政务公开工作年度报告", summary="重庆路街道")
    catch_up()
    return record


@pytest.mark.parametrize(
    "text",
    [
        "农业补贴", "農業補貼", "补", "农业 公示", "发放，公示", "地力保护", "云农发〔2026〕12号",
        "2026", "nongyebutie", "nybt", "nongye buti", "农业butie", "a股", "１", "Ａ股",
        "云溪区农业补贴发放公示",
    ],
)  # fmt: skip
def test_a_record_is_found_however_it_is_typed(subsidy, text):
    assert "云溪区农业补贴发放公示" in titles(text)


@pytest.mark.parametrize("text", ["补农", "养老", "zzzz", "农业养老", "保护补贴按户养"])
def test_what_is_not_there_is_not_found(subsidy, text):
    assert titles(text) == []


def test_pairs_do_not_reach_over_signs_or_blocks(subsidy):
    assert titles("贴按") == []


def test_heteronyms_are_read_in_their_words(public_record):
    public_record("重庆路道路施工公告")
    catch_up()
    assert titles("chongqing") == ["重庆路道路施工公告"]


def test_personal_values_can_neither_be_found_nor_shown(public_record):
    public_record(
        "低保名单公示",
        template="result_list",
        values={
            "supervision": "拨打监督电话",
            "results": [{"person": "欧阳小三", "resident_id": "439901199001011234"}],
        },
    )
    catch_up()
    assert titles("监督电话") == ["低保名单公示"]
    assert titles("439901199001011234") == titles("欧阳小三") == []


def test_rank_prefers_the_title_and_newest_the_date(public_record):
    public_record("森林防火通知", at=NOON)
    public_record("值班安排", summary="含森林防火", at=NOON + dt.timedelta(days=1))
    catch_up()
    assert titles("森林防火", sort="rank") == ["森林防火通知", "值班安排"]
    assert titles("森林防火", sort="newest") == ["值班安排", "森林防火通知"]
    assert titles("") == ["值班安排", "森林防火通知"]


def test_of_equal_records_the_newer_stands_first(public_record):
    for month in (3, 9, 6):
        public_record("财务收支公开", at=NOON.replace(month=month), index_number=str(month))
    catch_up()
    found = [hit.published_at.month for hit in search(SearchRequest(text="财务收支")).hits]
    assert found == [9, 6, 3]


def test_filters_narrow_and_facets_count(public_record):
    town = DivisionFactory(town=True, name="梅岭镇")
    village = DivisionFactory(village=True, parent=town, name="上湾村")
    committee = BodyFactory(committee=True, division=village)
    domain = DomainFactory(code="finance", name="财政")
    public_record("村财务公开", body=committee, domain=domain, validity="in_force")
    public_record("区财务公开", at=NOON.replace(year=2025), template="notice")
    catch_up()
    assert titles("财务", place=town.code) == ["村财务公开"]
    assert titles("财务", place=village.code) == titles("财务", body=committee.code)
    assert titles("财务", place="4399", sort="newest") == ["村财务公开", "区财务公开"]
    assert titles("财务", domain="finance", year=2026, validity="in_force") == ["村财务公开"]
    assert titles("财务", template="notice") == titles("财务", year=2025) == ["区财务公开"]
    counted = facets(SearchRequest(text="财务"))
    assert [(value.label, value.n) for value in counted.domains] == [("财政", 1)]
    assert [value.value for value in counted.years] == ["2026", "2025"]
    assert {value.label for value in counted.places} == {"梅岭镇", "云溪区"}
    assert [value.label for value in counted.validities] == ["现行有效"]
    assert [v.label for v in facets(SearchRequest(place=town.code)).places] == ["上湾村"]


def test_marks_stand_in_escaped_text(public_record):
    public_record("<b>農業</b>补贴", text="前文" * 100 + "农业补贴&lt;script&gt;" + "后文" * 100)
    catch_up()
    hit = search(SearchRequest(text="农业")).hits[0]
    assert hit.title_html == "&lt;b&gt;<mark>農業</mark>&lt;/b&gt;补贴"
    assert "<mark>农业</mark>补贴&lt;script&gt;" in hit.snippet_html
    assert (hit.snippet_html[0], hit.snippet_html[-1]) == ("…", "…")


def test_pages_are_cut_and_clamped(public_record):
    for number in range(5):
        public_record(f"通知{number}")
    catch_up()
    page = search(SearchRequest(text="通知", per_page=2, page=3))
    assert (page.total, page.n_pages, len(page.hits)) == (5, 3, 1)
    far = search(SearchRequest(text="通知", per_page=10**9, page=10**18))
    assert (far.request.per_page, far.request.page, far.hits) == (100, 100, ())


def test_a_withdrawn_record_is_not_shown_even_before_the_index_follows(subsidy):
    withdraw_row(subsidy)
    assert titles("农业补贴") == []
    catch_up()
    assert search(SearchRequest(text="农业补贴")).total == 0


def test_nothing_is_found_before_there_is_an_index():
    assert search(SearchRequest(text="补贴")).total == 0
    assert facets(SearchRequest()).years == ()


def test_a_question_without_answer_gets_ways_on(subsidy):
    ItemFactory(level1="保障", level2="种粮大户奖励", level3="", edition__state="in_force")
    sound = search(SearchRequest(text="正务公开")).suggestions
    assert ("query", "政务公开") in [(way.kind, way.text) for way in sound]
    fewer = search(SearchRequest(text="农业补贴台账")).suggestions
    assert fewer[0].text == "农业补贴"
    near = [(way.kind, way.text) for way in fewer]
    assert ("disclosure", "云溪区农业补贴发放公示") in near
    duty = search(SearchRequest(text="种粮奖励")).suggestions
    assert [way.text for way in duty if way.kind == "item"] == ["种粮大户奖励"]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=120) | st.text("农业nybt\"'*?:()[]{}~^\\/AND OR-+! 〔〕", max_size=40))
def test_any_text_is_a_question(subsidy, text):
    page = search(SearchRequest(text=text, place=text, body=text[:3], domain=text[3:5]))
    assert page.total >= 0
    assert search(SearchRequest(text=text)).total >= len(search(SearchRequest(text=text)).hits)


@pytest.fixture
def corpus(public_record):
    words = "云溪区关于印发农业补贴发放办法的通知政务公开养老服务設施名單"
    for number in range(12):
        turned = words[number * 2 :] + words[: number * 2]
        public_record(turned[:12], text=f"<p>{turned[12:]}</p>{turned[:3]}")
    catch_up()
    return [
        (record.title, f"{record.title}\n{record.text.replace('</p>', chr(10))}")
        for record in Disclosure.objects.all()
    ]


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_every_record_that_holds_the_words_is_found(corpus, data):
    _title, text = data.draw(st.sampled_from(corpus))
    line = data.draw(
        st.sampled_from([line for line in text.replace("<p>", "").split("\n") if line])
    )
    start = data.draw(st.integers(0, len(line) - 1))
    asked = line[start : start + data.draw(st.integers(1, 6))]
    expected = {title for title, held in corpus if asked in held}
    assert expected <= set(titles(asked, per_page=100))
