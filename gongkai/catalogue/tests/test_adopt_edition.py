"""Adopting an edition: whole, in one transaction, with the one before superseded."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.base.errors import Forbidden, Refused
from gongkai.catalogue.actions.adopt_edition import adopt_edition
from gongkai.catalogue.events import edition_adopted
from gongkai.catalogue.models import Edition, Item
from gongkai.catalogue.queries import (
    domain_named,
    edition_content,
    edition_difference,
    edition_on,
    items_in_force,
)
from gongkai.catalogue.schema import (
    BasisFacts,
    ChannelFacts,
    DeadlineFacts,
    EditionContent,
    ItemFacts,
)
from gongkai.catalogue.tests.factories import DomainAliasFactory, DomainFactory
from gongkai.places.tests.factories import BodyFactory, DivisionFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def body():
    DivisionFactory(district=True)
    return BodyFactory(name="云溪区民政局")


@pytest.fixture
def domain():
    return DomainFactory()


def row(n, *, bodies=("区民政局",), **fields):
    return ItemFacts(
        number=str(n),
        level1="最低生活保障",
        level2=f"事项{n}",
        contents=("名单", "标准"),
        bases=(BasisFacts("社会救助法", "", "第四十五条", "《社会救助法》第四十五条"),),
        deadlines=(DeadlineFacts("workdays_after", "20个工作日内", 20, "workday"),),
        bodies=bodies,
        channels=(
            ChannelFacts("website", "政府网站", True),
            ChannelFacts("gazette", "政府公报", False),
        ),
        to_society=True,
        levels={"县级": True, "乡级": None},
        extra={"备注": "=1+1"},
        **fields,
    )


def content(*rows, **fields):
    return EditionContent(title="社会救助领域目录", items=rows or (row(1), row(2)), **fields)


def adopt(given, body, domain, **options):
    return adopt_edition(
        given, **{"body": body, "domain": domain, "by": None, "now": NOW, **options}
    )


def test_an_adopted_edition_holds_exactly_its_content(body, domain):
    given = content()
    edition = adopt(given, body, domain)
    assert edition.state == Edition.State.IN_FORCE
    assert edition_content(edition).items == given.items
    assert not edition_difference(edition, given)
    assert list(items_in_force(domain=domain, body=body)) == list(edition.items.all())


def test_named_bodies_and_groups_are_matched(body, domain):
    offices = [BodyFactory(township_government=True) for _ in range(2)]
    edition = adopt(
        content(row(1, bodies=("县级民政部门", "各乡镇（街道）", "招标人"))), body, domain
    )
    found = list(edition.items.get().item_bodies.values_list("name", "body"))
    assert found == [
        ("县级民政部门", body.pk),
        *(("各乡镇（街道）", office.pk) for office in offices),
        ("招标人", None),
    ]


def test_a_township_catalogue_means_its_own_villages(domain):
    DivisionFactory(district=True)
    town, other = DivisionFactory(town=True), DivisionFactory(town=True)
    office = BodyFactory(township_government=True, division=town)
    civil = BodyFactory(name="云溪区民政局")
    mine = BodyFactory(committee=True, division=DivisionFactory(village=True, parent=town))
    BodyFactory(committee=True, division=DivisionFactory(village=True, parent=other))
    edition = adopt(content(row(1, bodies=("村民委员会", "区民政局"))), office, domain)
    bodies = list(edition.items.get().item_bodies.values_list("body", flat=True))
    assert bodies == [mine.pk, civil.pk]


def test_the_edition_before_is_superseded_the_day_before(body, domain):
    first = adopt(content(effective_from=dt.date(2026, 1, 1)), body, domain)
    second = adopt(content(row(1), effective_from=dt.date(2026, 9, 1)), body, domain)
    first.refresh_from_db()
    assert first.state == Edition.State.SUPERSEDED
    assert first.effective_until == dt.date(2026, 8, 31)
    assert first.items.count() == 2
    assert edition_on(dt.date(2026, 8, 31), body=body, domain=domain) == first
    assert edition_on(dt.date(2026, 9, 1), body=body, domain=domain) == second


def test_adoption_is_announced_after_commit(
    body, domain, monkeypatch, django_capture_on_commit_callbacks
):
    heard = []
    monkeypatch.setattr(edition_adopted, "handlers", [heard.append])
    first = adopt(content(), body, domain)
    assert heard == []
    with django_capture_on_commit_callbacks(execute=True):
        second = adopt(content(), body, domain)
    (fact,) = heard
    assert (fact.edition_id, fact.replaced_id, fact.body_id) == (second.pk, first.pk, body.pk)


def test_adoption_queries_as_often_for_few_as_for_many(body, domain, django_assert_max_num_queries):
    many = content(*(row(n) for n in range(180)))
    with django_assert_max_num_queries(22):
        adopt(many, body, domain)
    assert Item.objects.count() == 180


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_the_district_office_adopts(body, domain, role):
    with pytest.raises(Forbidden):
        adopt(content(), body, domain, by=UserFactory.mandated(body, role))
    assert not Edition.objects.exists()
    assert adopt(content(), body, domain, by=UserFactory.mandated(body, Role.DISTRICT_OFFICE))


def test_an_empty_catalogue_is_refused(body, domain):
    adopt(content(), body, domain)
    with pytest.raises(Refused) as refusal:
        adopt(replace(content(), items=()), body, domain)
    assert refusal.value.code == "catalogue.empty"
    assert Edition.objects.get().state == Edition.State.IN_FORCE


def test_very_long_source_text_is_kept_whole_on_the_item(body, domain):
    words = "自" + "某文件印发并经" * 60 + "之日起20个工作日内"
    rule = DeadlineFacts("workdays_after", words, 20, "workday", trigger=words)
    edition = adopt(content(replace(row(1), deadlines=(rule,), deadline_text=words)), body, domain)
    item = edition.items.get()
    assert item.deadline_text == words
    assert len(item.deadlines.get().trigger) == 200


@pytest.mark.parametrize(
    "name", ["社会救助", "社会救助领域", " 社会 救助 ", "救助", "social-relief"]
)
def test_a_domain_is_found_by_name_alias_or_code(domain, name):
    DomainAliasFactory(domain=domain, name="救助")
    assert domain_named(name) == domain
    assert domain_named("救灾") is None
