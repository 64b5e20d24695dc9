"""Every act in the public log is purged on this machine, whoever did it and whatever died."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from gongkai.catalogue.tests.factories import ItemFactory
from gongkai.disclosures.events import change_of, withdrawn
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import DisclosureState
from gongkai.log.actions import append
from gongkai.log.models import LogEntry
from gongkai.pagecache import purge
from gongkai.pagecache.generations import slots_of
from gongkai.pagecache.purge import follow_log, generations
from gongkai.places.tests.factories import BodyFactory, DivisionFactory

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 9, 18, 4, 0, tzinfo=dt.UTC)


@pytest.fixture
def record():
    town = DivisionFactory(town=True)
    committee: Any = BodyFactory(committee=True, division__parent=town)
    return Disclosure.objects.create(
        code="d000001",
        template="article",
        title="防汛通知",
        body=committee,
        state=DisclosureState.PUBLISHED,
        version=1,
        published_at=NOON,
        created_at=NOON,
    )


def log_act(record, kind="published"):
    with transaction.atomic():
        append(
            kind,
            subject=f"disclosure:{record.code}",
            record_digest="0" * 64,
            body_code=record.body.code,
            now=NOON,
        )


def pages_of(record):
    place = record.body.division.code
    return {
        "record": [f"disclosure:{record.code}"],
        "body": [f"body:{record.body.code}"],
        "village": [f"place:{place}"],
        "town": [f"place:{place[:9]}000"],
        "district": ["place:439901000000"],
        "home": ["list"],
    }


def bad_since(since, pages):
    return {
        name
        for name, tags in pages.items()
        if not generations().is_good(slots_of(tags), since=since)
    }


def test_an_announced_change_is_purged_at_once(record, django_capture_on_commit_callbacks):
    since = generations().sequence
    pages = pages_of(record) | {"other": ["disclosure:other", "body:other"]}
    with django_capture_on_commit_callbacks(execute=True):
        withdrawn.announce(change_of(record, kind="withdrawn", now=NOON))
        assert bad_since(since, pages) == set()
    assert bad_since(since, pages) == set(pages) - {"other"}


def test_an_act_of_another_machine_is_found_in_the_log(record):
    follow_log()
    since = generations().sequence
    log_act(record)
    assert follow_log() == 1
    assert bad_since(since, pages_of(record)) == set(pages_of(record))
    assert follow_log() == 0


def test_who_is_far_behind_drops_everything(record, monkeypatch):
    follow_log()
    since = generations().sequence
    monkeypatch.setattr(purge, "MOST_ENTRIES", 1)
    log_act(record)
    log_act(record, "corrected")
    assert follow_log() == 2
    assert bad_since(since, {"any": ["body:other"]}) == {"any"}


def test_a_log_that_became_shorter_drops_everything(record):
    generations().set_log_number(50)
    since = generations().sequence
    log_act(record)
    assert follow_log() == 49
    assert bad_since(since, {"any": ["body:other"]}) == {"any"}
    assert follow_log() == 0


def test_lists_are_purged_when_the_index_has_followed(
    record, settings, tmp_path, django_capture_on_commit_callbacks
):
    from gongkai.search.follow import catch_up

    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    log_act(record)
    since = generations().sequence
    with django_capture_on_commit_callbacks(execute=True):
        assert catch_up() == 1
    assert bad_since(since, pages_of(record)) == {"home"}


def test_a_duty_that_was_met_purges_what_shows_its_state():
    from gongkai.duties.events import DutyMet
    from gongkai.duties.tests.factories import DutyFactory

    duty = DutyFactory()
    domain = duty.item.edition.domain.code
    since = generations().sequence
    purge.purge_duty(
        DutyMet(
            duty_id=duty.pk,
            code=duty.code,
            body_id=duty.body_id,
            item_key=duty.item_key,
            met_at=NOON,
        )
    )
    pages = {"body": [f"body:{duty.body.code}"], "domain": [f"domain:{domain}"]}
    pages |= {"register": ["duties"], "home": ["list"]}
    assert bad_since(since, pages) == {"body", "domain", "register"}


def test_a_new_catalogue_purges_everything():
    from gongkai.catalogue.events import EditionAdopted, edition_adopted
    from gongkai.catalogue.tests.factories import EditionFactory

    edition = EditionFactory()
    since = generations().sequence
    adopted = EditionAdopted(edition.pk, None, edition.body_id, edition.domain_id, NOON)
    for handler in edition_adopted.handlers:
        if handler.__module__.startswith("gongkai.pagecache"):
            handler(adopted)
    assert bad_since(since, {"any": ["body:other"]}) == {"any"}


def test_the_catalogues_that_showed_it_before_are_purged_as_well(record):
    item = ItemFactory.create()
    record.published_revisions.create(
        number=1, kind="published", made_at=NOON, log_entry=logged(record),
        record={"domain": "former", "item": item.key},
    )  # fmt: skip
    since = generations().sequence
    purge.purge_change(change_of(record, kind="withdrawn", now=NOON))
    pages = {
        "former": ["domain:former"],
        "of_item": [f"domain:{item.edition.domain.code}"],
        "other": ["domain:other"],
    }
    assert bad_since(since, pages) == {"former", "of_item"}


def logged(record):
    log_act(record)
    return LogEntry.objects.get(subject=f"disclosure:{record.code}")
