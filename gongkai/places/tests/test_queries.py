"""The tree and the matching of body names."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.places.queries import (
    body_index,
    district,
    division_tree,
    match_body,
    resolve_bodies,
)
from gongkai.places.tests.factories import BodyAliasFactory, BodyFactory, DivisionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return DivisionFactory(district=True)


def test_without_places_there_is_no_district_and_no_tree():
    assert district() is None
    assert division_tree() is None


def test_the_tree_holds_places_and_bodies_in_two_queries(home, django_assert_num_queries):
    town = DivisionFactory(town=True)
    village = DivisionFactory(village=True, parent=town)
    committee = BodyFactory(committee=True, division=village)
    DivisionFactory(village=True, parent=town, valid_until=dt.date(2021, 1, 1))
    with django_assert_num_queries(3):
        tree = division_tree()
    assert tree is not None
    assert tree.division == home
    (below,) = tree.children
    assert below.division == town
    assert [node.division for node in below.children] == [village]
    assert below.children[0].bodies == (committee,)


@pytest.mark.parametrize(
    "name", ["云溪区民政局", "区民政局", "民政局", "云溪区 民政局", "县民政局"]
)
def test_a_department_is_matched_by_any_of_its_forms(home, name):
    body = BodyFactory(name="云溪区民政局", short_name="区民政局")
    BodyFactory(name="云溪区财政局", short_name="区财政局")
    assert match_body(name, within=home) == body


def test_likeness_is_no_match(home):
    BodyFactory(name="云溪区民政局")
    assert match_body("民政局救助科", within=home) is None
    assert match_body("民政", within=home) is None


def test_an_alias_is_matched_and_two_owners_of_a_name_are_not(home):
    first, second = BodyFactory(), BodyFactory()
    BodyAliasFactory(body=first, name="区政务中心")
    assert match_body("区政务中心", within=home) == first
    BodyAliasFactory(body=second, name="区政务中心")
    assert match_body("区政务中心", within=home) is None


def test_a_village_name_in_two_towns_is_matched_within_its_own(home):
    one, other = DivisionFactory(town=True), DivisionFactory(town=True)
    for town in (one, other):
        BodyFactory(
            committee=True, division=DivisionFactory(village=True, parent=town, name="上湾村")
        )
    assert match_body("上湾村委会", within=home) is None
    found = match_body("上湾村委会", within=one)
    assert found is not None
    assert found.division.parent == one


def test_group_phrases_resolve_to_the_bodies_of_the_place(home):
    office = BodyFactory(township_government=True, division=DivisionFactory(street=True))
    town = DivisionFactory(town=True)
    government = BodyFactory(township_government=True, division=town)
    village = DivisionFactory(village=True, parent=town)
    committee = BodyFactory(committee=True, division=village)
    BodyFactory(collective=True, division=village)
    civil = BodyFactory(name="云溪区民政局")
    cases = {
        "各乡镇(街道)": {office, government},
        "街道办事处": {office},
        "村（居）民委员会": {committee},
        "县级民政部门": {civil},
        "居委会": set(),
    }
    for phrase, expected in cases.items():
        assert set(resolve_bodies(phrase, within=home) or []) == expected, phrase
    assert resolve_bodies("招标人", within=home) is None
    assert resolve_bodies("乡镇人民政府", within=town) == [government]


def test_an_index_answers_any_number_of_names_in_three_queries(home, django_assert_num_queries):
    for _ in range(5):
        BodyFactory()
    with django_assert_num_queries(3):
        index = body_index(home)
        for name in ("教育局", "民政局", "各部门", "不存在") * 20:
            index.resolve(name)
