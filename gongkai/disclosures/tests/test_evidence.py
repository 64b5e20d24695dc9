"""Proof that a record stands on the portal: only what was really seen becomes evidence."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django_tasks import task_backends

from gongkai.base.errors import Refused
from gongkai.catalogue.tests.factories import ItemFactory
from gongkai.disclosures.actions import withdraw
from gongkai.disclosures.jobs import digest_on, prove_on_web
from gongkai.disclosures.tests.factories import NOW, Office
from gongkai.duties.models import Duty, DutyChannel, Evidence


@pytest.fixture
def office(db) -> Office:
    return Office.open()


@pytest.fixture
def duty(office) -> Duty:
    item = ItemFactory.create()
    duty = Duty.objects.create(
        code="duty-1", body=office.body, item=item, item_key=item.key, occasion="period",
        period="2026Q3", due_on=NOW.date(), created_at=NOW,
    )  # fmt: skip
    DutyChannel.objects.create(duty=duty, code="website", label="政府网站")
    return duty


def page(digest: str) -> bytes:
    return f'<html><head><meta name="gongkai-digest" content="{digest}"></head></html>'.encode()


def test_publication_for_a_duty_stores_a_job_for_its_evidence(office, duty):
    backend: Any = task_backends["default"]
    backend.clear()
    record = office.published(duty=duty)
    jobs = [job for job in backend.results if job.kwargs.get("code") == record.code]
    assert [job.task.func.__name__ for job in jobs] == ["record_web_evidence"]
    assert jobs[0].kwargs["digest"] == record.digest


def test_a_page_that_shows_the_digest_is_evidence_and_meets_the_duty(office, duty):
    record = office.published(duty=duty)
    seen = page(record.digest)
    assert prove_on_web(
        record, digest=record.digest, replaces="", fetch=lambda path: (200, seen), now=NOW
    )
    evidence = Evidence.objects.get()
    assert evidence.url.endswith(f"/d/{record.code}/")
    assert evidence.content_sha256 == hashlib.sha256(seen).hexdigest()
    duty.refresh_from_db()
    assert duty.met_at == NOW


@pytest.mark.parametrize("answer", [(404, b""), (200, b"<html>"), (200, page("0" * 64))])
def test_a_page_without_this_digest_is_no_evidence(office, duty, answer):
    record = office.published(duty=duty)
    with pytest.raises(Refused, match="not_seen"):
        prove_on_web(record, digest=record.digest, replaces="", fetch=lambda path: answer, now=NOW)
    assert not Evidence.objects.exists()


def test_an_older_digest_needs_no_proof(office, duty):
    record = office.published(duty=duty)
    assert not prove_on_web(
        record, digest="0" * 64, replaces="", fetch=lambda path: (200, b""), now=NOW
    )


def test_a_withdrawal_makes_the_duty_owed_again(office, duty):
    record = office.published(duty=duty)
    seen = page(record.digest)
    prove_on_web(record, digest=record.digest, replaces="", fetch=lambda path: (200, seen), now=NOW)
    withdraw(record, by=office.first, reason="内容有误", now=NOW)
    duty.refresh_from_db()
    assert duty.met_at is None


def test_the_digest_is_read_from_the_page_s_head():
    assert digest_on(page("a" * 64)) == "a" * 64
    assert digest_on(b"<p>" + b"a" * 64) == ""
