"""A handful of the demo district, built twice: its shape, its sameness, its log."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import pytest
from django.db import connection, transaction

from gongkai.accounts.models import User
from gongkai.demo.build import Builder, Scale, is_built
from gongkai.demo.records import at
from gongkai.demo.staff import SIGN_INS
from gongkai.disclosures.models import Disclosure, PublishedRevision, ReviewDecision
from gongkai.duties.models import Duty, Evidence
from gongkai.log.models import LogEntry
from gongkai.log.queries import verify_chain
from gongkai.places.models import Body, Division
from gongkai.readings.models import CatalogueReading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_connection")]

TODAY = dt.date(2026, 11, 20)
TINY = Scale(16, 3, 1, register_days=16, n_events=10, n_decided=4, n_open=6)


@dataclass(frozen=True)
class Snapshot:
    """What must be the same in two builds of one day."""

    records: list[tuple[str, str, str, str]]
    duties: list[tuple[str, str]]
    log: list[tuple[int, str, str]]


def built() -> Snapshot:
    Builder(TINY, today=TODAY, is_quiet=True).build()
    return Snapshot(
        list(Disclosure.objects.order_by("code").values_list("code", "title", "state", "digest")),
        list(Duty.objects.order_by("code").values_list("code", "closed_by")),
        list(LogEntry.objects.order_by("number").values_list("number", "subject", "entry_hash")),
    )


def test_the_same_day_gives_the_same_district():
    with transaction.atomic():
        first = built()
        transaction.set_rollback(True)
    second = built()
    if connection.vendor == "sqlite":  # ids begin anew there; elsewhere sequences go on
        assert first == second
    assert len(first.records) == len(second.records)
    assert is_built()
    assert_places_and_accounts()
    assert_records_in_every_state()
    assert_reviewed_records_met_their_duties()
    assert_log_holds()
    assert_duties_and_a_reading_wait()


def assert_places_and_accounts() -> None:
    levels = Counter(Division.objects.values_list("level", flat=True))
    assert (levels["township"], levels["village"]) == (12, 34 + 59)
    assert Body.objects.count() > 12 + 34 + 59
    names = {entry.username for entry in SIGN_INS}
    assert names == set(User.objects.filter(username__in=names).values_list("username", flat=True))


def assert_records_in_every_state() -> None:
    states = Counter(Disclosure.objects.values_list("state", flat=True))
    assert set(states) == {"published", "corrected", "withdrawn", "draft", "in_review"}
    assert Disclosure.objects.exclude(version=0).count() >= TINY.n_disclosures
    assert Disclosure.objects.exclude(origin_key="").exists()
    midnight = at(TODAY, 0)
    assert not Disclosure.objects.filter(published_at__gte=midnight).exists()
    assert not Disclosure.objects.filter(created_at__gte=midnight).exists()


def assert_reviewed_records_met_their_duties() -> None:
    reviewed = Disclosure.objects.filter(state="published", duty__isnull=False)
    assert reviewed.exists()
    for record in reviewed.select_related("duty"):
        assert ReviewDecision.objects.filter(disclosure=record, decision="approved").count() == 2
        assert Evidence.objects.filter(duty=record.duty, revision_digest=record.digest).exists()
        assert record.duty is not None
        assert record.duty.met_at is not None


def assert_log_holds() -> None:
    verification = verify_chain()
    assert verification.is_intact
    assert verification.n_entries == PublishedRevision.objects.count()


def assert_duties_and_a_reading_wait() -> None:
    open_duties = Duty.objects.filter(met_at=None, closed_by="")
    assert Duty.objects.exclude(met_at=None).exists()
    assert open_duties.filter(due_on__gte=TODAY).exists()
    assert CatalogueReading.objects.filter(state="open").exists()
