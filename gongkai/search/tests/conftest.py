"""A search index of its own for each test, and public records with their log entries."""

from __future__ import annotations

import datetime as dt
import hashlib
from itertools import count
from typing import Any

import pytest
from django.db import transaction

from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import DisclosureState
from gongkai.log.actions import append
from gongkai.log.models import LogEntry

NOON = dt.datetime(2026, 9, 18, 4, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def index_dir(settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    return settings.SEARCH_INDEX_DIR


@pytest.fixture
def body():
    from gongkai.places.tests.factories import BodyFactory

    return BodyFactory()


@pytest.fixture
def public_record(body):
    """Make a record as it stands in public after ``kind``, with its entry in the log."""
    numbers = count(1)

    def make(title: str, *, at: dt.datetime = NOON, **facts: Any) -> Disclosure:
        record = Disclosure(
            code=f"d{next(numbers):06d}",
            template=facts.pop("template", "article"),
            title=title,
            body=facts.pop("body", body),
            state=DisclosureState.PUBLISHED,
            version=1,
            published_at=at,
            created_at=at,
            **facts,
        )
        record.save()
        log_act(record, LogEntry.Kind.PUBLISHED)
        return record

    return make


def log_act(record: Disclosure, kind: LogEntry.Kind, at: dt.datetime = NOON) -> LogEntry:
    with transaction.atomic():
        return append(
            kind,
            subject=f"disclosure:{record.code}",
            record_digest=hashlib.sha256(record.title.encode()).hexdigest(),
            body_code=record.body.code,
            now=at,
        )


def withdraw_row(record: Disclosure) -> None:
    Disclosure.objects.filter(pk=record.pk).update(state=DisclosureState.WITHDRAWN)
    log_act(record, LogEntry.Kind.WITHDRAWN)
