"""The factories give valid places, people and catalogues that other tests can stand on."""

from __future__ import annotations

import pytest

from gongkai.accounts.access import Act, may
from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.catalogue.tests.factories import QUARTERLY, ItemFactory
from gongkai.places.tests.factories import BodyFactory, DivisionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("trait", ["street", "town", "rural_township", "village", "community"])
def test_a_place_lies_in_the_district(trait):
    place = DivisionFactory(**{trait: True})
    assert place.code.startswith("439901")
    assert place.code.startswith(place.parent.subtree_prefix)
    place.full_clean()


def test_a_village_has_a_committee_and_a_collective():
    village = DivisionFactory(village=True, name="上湾村")
    committee = BodyFactory(committee=True, division=village)
    collective = BodyFactory(collective=True, division=village)
    assert committee.name == "上湾村民委员会"
    assert {committee.division, collective.division} == {village}


def test_a_mandated_person_may_act_for_the_body_only():
    body = BodyFactory()
    user = UserFactory.mandated(body, Role.EDITOR)
    assert may(user, Act.WRITE, body)
    assert not may(user, Act.WRITE, BodyFactory())


def test_an_item_has_its_rules_channels_and_bodies():
    item = ItemFactory(deadlines=[QUARTERLY], channels=["website", "board"])
    assert item.deadlines.get().every == "quarter"
    assert [channel.code for channel in item.channels.all()] == ["website", "board"]
    assert item.item_bodies.get().body == item.edition.body
