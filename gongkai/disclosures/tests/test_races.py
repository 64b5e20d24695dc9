"""Decisions, recalls and withdrawals of one record at the same moment."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection

from gongkai.base.errors import Refused
from gongkai.disclosures.actions import approve, recall, return_draft, save_draft, withdraw
from gongkai.disclosures.canonical import digest_of, draft_of
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.tests.factories import NOW, Office
from gongkai.log.queries import verify_chain

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite lets one act write at a time; tests share it"
    ),
]
LATER = NOW + dt.timedelta(days=3)


def test_of_acts_at_the_same_moment_one_is_done_and_the_others_are_refused():
    office = Office.open()
    for first, second in itertools.permutations(("approve", "approve too", "recall", "return"), 2):
        record = office.submitted()
        digest = digest_of(draft_of(record, record.latest_revision))
        approve(record, by=office.first, digest=digest, now=NOW)
        outcomes = at_once(
            partial(act_on, office, record.pk, digest, name) for name in (first, second)
        )
        assert outcomes.count("done") == 1, (first, second, outcomes)
    assert verify_chain().is_intact


def test_a_withdrawal_and_the_end_of_a_correction_at_the_same_moment_leave_it_withdrawn():
    office = Office.open()
    for _ in range(5):
        record = office.published()
        save_draft(record, by=office.editor, changes={"text": "<p>改后</p>"}, now=NOW)
        office.submitted(record, reason="金额有误")
        digest = digest_of(draft_of(record, record.latest_revision))
        approve(record, by=office.first, digest=digest, now=NOW)
        names = ("approve", "withdraw")
        outcomes = at_once(partial(act_on, office, record.pk, digest, name) for name in names)
        state = Disclosure.objects.get(pk=record.pk).state
        assert (state == "withdrawn") == (outcomes[1] == "done"), outcomes
        assert "done" in outcomes
    assert verify_chain().is_intact


def act_on(office: Office, pk: int, digest: str, name: str) -> None:
    record = Disclosure.objects.select_related("body__division", "latest_revision").get(pk=pk)
    if name.startswith("approve"):
        approve(record, by=office.second, digest=digest, now=LATER)
    elif name == "withdraw":
        withdraw(record, by=office.first, reason="含个人信息", is_privacy=True, now=LATER)
    elif name == "recall":
        recall(record, by=office.editor, now=LATER)
    else:
        return_draft(record, by=office.second, digest=digest, comment="请改", now=LATER)


def at_once(acts: Iterable[Callable[[], None]]) -> list[str]:
    """What becomes of the acts when they begin together: "done" or the code of the refusal."""
    waiting = list(acts)
    start = threading.Barrier(len(waiting))

    def run(act: Callable[[], None]) -> str:
        try:
            start.wait(timeout=20)
            act()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(waiting)) as pool:
        return list(pool.map(run, waiting))
