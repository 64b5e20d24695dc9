"""Appending to the log in the database, and what verification then finds."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from gongkai.base.errors import Refused
from gongkai.log.actions import append
from gongkai.log.models import LogEntry, LogHead
from gongkai.log.queries import entries_of, verify_chain

NOW = dt.datetime(2026, 9, 18, 1, 2, 3, 456789, tzinfo=dt.UTC)


def appended(n: int) -> None:
    with transaction.atomic():
        for i in range(n):
            append(
                "published",
                subject=f"disclosure:d{i}",
                record_digest=f"{i:064x}",
                body_code="dept",
                now=NOW,
                reason="首次发布" if i % 2 else "",
            )


@pytest.mark.django_db
def test_an_empty_log_is_intact():
    assert verify_chain().is_intact


@pytest.mark.django_db
def test_entries_are_numbered_without_gaps_and_chained():
    appended(5)
    assert list(LogEntry.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    result = verify_chain()
    assert result.is_intact
    assert result.n_entries == 5
    assert [row.number for row in entries_of("disclosure:d2")] == [3]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "withdrawn"),
        ("subject", "disclosure:other"),
        ("record_digest", "f" * 64),
        ("reason", "改过"),
        ("body_code", "other"),
        ("logged_at", NOW - dt.timedelta(days=1)),
    ],
)
def test_a_tampered_entry_is_detected(field, value):
    appended(4)
    LogEntry.objects.filter(number=3).update(**{field: value})
    fault = verify_chain().fault
    assert fault is not None
    assert fault.number == 3


@pytest.mark.django_db
def test_an_entry_cut_off_at_the_end_is_detected():
    appended(4)
    LogEntry.objects.filter(number=4).delete()
    assert not verify_chain().is_intact


@pytest.mark.django_db
def test_an_append_that_is_rolled_back_leaves_nothing():
    appended(2)

    @transaction.atomic
    def failing_act() -> None:
        append("published", subject="s", record_digest="a" * 64, body_code="b", now=NOW)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        failing_act()
    assert LogEntry.objects.count() == 2
    assert LogHead.objects.get().size == 2
    assert verify_chain().is_intact


@pytest.mark.django_db(transaction=True)
def test_an_append_outside_of_a_transaction_is_refused():
    with pytest.raises(Refused, match=r"log\.not_in_transaction"):
        append("published", subject="s", record_digest="a" * 64, body_code="b", now=NOW)
    assert not LogEntry.objects.exists()
