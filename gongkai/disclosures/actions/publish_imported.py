"""Let a record that was public on the former site through the narrow waist, with its origin."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.disclosures.gates import Candidate
from gongkai.disclosures.going_public import Kind, Passage, check_gates, record_passage
from gongkai.disclosures.models import PublishedRevision
from gongkai.disclosures.states import DisclosureState


def publish_imported(candidate: Candidate, *, by: User, now: dt.datetime) -> PublishedRevision:
    """The record is public with the server's time; where and when it stood before are its origin.

    It needs no review (it was public already) but a supervisor's mandate on its body, and passes
    the same gates, the same log and the same events. One savepoint.
    Raises: ``Forbidden``; ``Refused('disclosures.gates_closed')``; ``IntegrityError`` when its
    ``origin_key`` is there already.
    """
    record = candidate.record
    check_may(by, Act.SUPERVISE, record.body, on=now.date())
    check_gates(candidate)
    record.state = DisclosureState.PUBLISHED
    record.version = 1
    record.digest = candidate.digest
    record.published_at = record.first_published_at = record.last_published_at = now
    record.created_at, record.created_by = now, by
    record.live = True
    passage = Passage(
        kind=Kind.PUBLISHED, candidate=candidate, by=by, now=now, reason="自原网站导入"
    )
    with transaction.atomic():
        record.save(force_insert=True)
        return record_passage(record, passage, replaces="")
