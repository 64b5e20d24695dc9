"""Public records for tests of the portal: rows, revisions and log entries as the acts leave them.

The acts themselves are tested in ``disclosures``; here only their outcome matters.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any, cast

from django.core.files.base import ContentFile
from django.db import transaction

from gongkai.disclosures.canonical import CONTENT_FIELDS, canonical_record, digest_of, tombstone
from gongkai.disclosures.models import Attachment, Disclosure, PublishedRevision
from gongkai.disclosures.states import DisclosureState
from gongkai.log.actions import append
from gongkai.log.models import LogEntry
from gongkai.log.rules import digest
from gongkai.places.models import Body
from gongkai.places.tests.factories import BodyFactory

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
MORNING = dt.datetime(2026, 9, 18, 9, 30, tzinfo=SHANGHAI)
_NUMBERS = itertools.count(1)
_STORED = [
    *(name.removesuffix("_id") for name in CONTENT_FIELDS),
    "state", "version", "digest", "changed_at", "withdrawn_at",
    "withdrawal_reason", "is_hidden_for_privacy",
]  # fmt: skip


def published(*, at: dt.datetime = MORNING, **facts: Any) -> Disclosure:
    """A record that stands in public since ``at``."""
    number = next(_NUMBERS)
    body = cast(Body, facts.pop("body", None) or BodyFactory())
    defaults: dict[str, Any] = {
        "code": f"t{number:07d}",
        "template": "article",
        "title": f"关于公开第{number}项信息的说明",
        "text": "<p>全文见附件。</p>",
    }
    record = Disclosure(
        body=body, state=DisclosureState.PUBLISHED, version=1, published_at=at, created_at=at,
        **(defaults | facts),
    )  # fmt: skip
    record.digest = digest_of(record)
    Disclosure.objects.bulk_create([record])
    _keep(record, LogEntry.Kind.PUBLISHED, canonical_record(record), at=at)
    return record


def corrected(record: Disclosure, *, reason: str, at: dt.datetime, **facts: Any) -> Disclosure:
    """The record after a correction."""
    for name, value in facts.items():
        setattr(record, name, value)
    record.state, record.changed_at = DisclosureState.CORRECTED, at
    record.version += 1
    record.digest = digest_of(record)
    Disclosure.objects.bulk_update([record], _STORED)
    _keep(record, LogEntry.Kind.CORRECTED, canonical_record(record), at=at, reason=reason)
    return record


def withdrawn(
    record: Disclosure, *, reason: str, at: dt.datetime, is_privacy: bool = False
) -> Disclosure:
    """The record after a withdrawal."""
    stone = tombstone(record, reason=reason, is_privacy=is_privacy)
    record.state, record.withdrawn_at = DisclosureState.WITHDRAWN, at
    record.withdrawal_reason, record.is_hidden_for_privacy = reason, is_privacy
    record.version += 1
    record.digest = digest(stone)
    Disclosure.objects.bulk_update([record], _STORED)
    if is_privacy:
        record.published_revisions.update(record={})
    _keep(record, LogEntry.Kind.WITHDRAWN, stone, at=at, reason=reason)
    return record


def expired(record: Disclosure) -> Disclosure:
    """The record after its time."""
    record.state = DisclosureState.EXPIRED
    Disclosure.objects.bulk_update([record], _STORED)
    return record


def attached(record: Disclosure, *, name: str, content: bytes, media_type: str) -> Attachment:
    """A file that the present version of the record lists."""
    found = Attachment.objects.create(
        disclosure=record,
        sha256=digest(content.hex()),
        name=name,
        media_type=media_type,
        size=len(content),
        file=ContentFile(content, name=name),
        is_image=media_type.startswith("image/"),
        added_at=MORNING,
    )
    record.attachment_list = [*record.attachment_list, {"sha256": found.sha256, "title": name}]
    Disclosure.objects.bulk_update([record], _STORED)
    return found


def _keep(
    record: Disclosure, kind: LogEntry.Kind, content: dict[str, Any], *, at: dt.datetime,
    reason: str = "",
) -> None:  # fmt: skip
    with transaction.atomic():
        entry = append(
            kind,
            subject=f"disclosure:{record.code}",
            record_digest=record.digest,
            body_code=record.body.code,
            now=at,
            reason=reason,
        )
        PublishedRevision.objects.create(
            disclosure=record, number=record.version, kind=kind, record=content,
            digest=record.digest, reason=reason, log_entry=entry, made_at=at,
        )  # fmt: skip
