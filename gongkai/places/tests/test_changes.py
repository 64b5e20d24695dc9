"""Divisions change as they really do: linked, closed, never deleted."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.base.errors import Refused
from gongkai.places.actions.change_division import (
    NewDivision,
    abolish_division,
    merge_divisions,
    recode_division,
    rename_division,
    split_division,
)
from gongkai.places.models import Division, Succession
from gongkai.places.tests.factories import BodyFactory, DivisionFactory

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 7, 1)
LAST_DAY = dt.date(2026, 6, 30)


@pytest.fixture
def town():
    return DivisionFactory(town=True, name="石桥镇")


@pytest.fixture
def villages(town):
    return [DivisionFactory(village=True, parent=town) for _ in range(2)]


def code_in(town, number):
    return f"{town.code[:9]}{number}"


def test_a_renamed_place_keeps_its_code_bodies_and_children(town, villages):
    government = BodyFactory(township_government=True, division=town)
    successor = rename_division(town, name="新桥镇", on=ON)
    town.refresh_from_db()
    government.refresh_from_db()
    assert (town.valid_until, successor.valid_from, successor.code) == (LAST_DAY, ON, town.code)
    assert government.division == successor
    assert set(successor.children.all()) == set(villages)
    assert Division.objects.valid_on(LAST_DAY).get(code=town.code).name == "石桥镇"
    assert Division.objects.valid_on(ON).get(code=town.code).name == "新桥镇"


def test_merged_villages_are_closed_and_linked_and_their_committees_end(town, villages):
    committee = BodyFactory(committee=True, division=villages[0])
    merged = merge_divisions(villages, into=NewDivision(code_in(town, 399), "新湾村"), on=ON)
    committee.refresh_from_db()
    assert merged.parent == town
    assert merged.kind == "village"
    assert committee.valid_until == LAST_DAY
    assert set(merged.origins.values_list("predecessor", flat=True)) == {v.pk for v in villages}
    assert set(merged.origins.values_list("kind", flat=True)) == {Succession.Kind.MERGED}
    assert Division.objects.filter(pk__in=[v.pk for v in villages]).count() == 2


def test_a_split_place_has_several_successors(town, villages):
    new = [NewDivision(code_in(town, number), f"{number}村") for number in (398, 399)]
    assert {one.name for one in split_division(villages[0], into=new, on=ON)} == {"398村", "399村"}
    assert villages[0].successions.count() == 2


def test_a_recoded_village_stands_below_the_place_of_its_new_code(villages):
    other = DivisionFactory(town=True, name="双河镇")
    committee = BodyFactory(committee=True, division=villages[0])
    successor = recode_division(villages[0], code=code_in(other, 399), on=ON)
    committee.refresh_from_db()
    assert (successor.parent, successor.name) == (other, villages[0].name)
    assert committee.division == successor


def test_an_abolished_place_is_closed_without_successor(villages):
    abolish_division(villages[0], on=ON)
    villages[0].refresh_from_db()
    assert villages[0].valid_until == LAST_DAY
    assert not villages[0].successions.exists()


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda town, vs: abolish_division(town, on=ON), "place.has_children"),
        (lambda town, vs: rename_division(town, name="石桥镇", on=ON), "place.unchanged"),
        (
            lambda town, vs: abolish_division(vs[0], on=dt.date(2019, 1, 1)),
            "place.date_too_early",
        ),
        (
            lambda town, vs: merge_divisions(
                vs[:1], into=NewDivision(code_in(town, 399), "新"), on=ON
            ),
            "place.too_few",
        ),
        (
            lambda town, vs: merge_divisions(
                vs, into=NewDivision("439901198000", "新"), on=ON
            ),
            "place.wrong_level",
        ),
        (
            lambda town, vs: recode_division(vs[0], code="439901898399", on=ON),
            "place.wrong_parent",
        ),
        (
            lambda town, vs: recode_division(vs[0], code=vs[1].code, on=ON),
            "place.code_taken",
        ),
    ],
)  # fmt: skip
def test_an_impossible_change_is_refused_and_changes_nothing(town, villages, act, code):
    with pytest.raises(Refused) as refusal:
        act(town, villages)
    assert refusal.value.code == code
    assert not Division.objects.exclude(valid_until=None).exists()
    assert not Succession.objects.exists()


def test_a_closed_place_cannot_change_again(villages):
    stale = Division.objects.get(pk=villages[0].pk)
    abolish_division(villages[0], on=ON)
    with pytest.raises(Refused) as refusal:
        rename_division(stale, name="别村", on=ON)
    assert refusal.value.code == "place.not_current"
