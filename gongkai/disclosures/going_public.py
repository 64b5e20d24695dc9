"""The narrow waist: the one transaction by which a record's content becomes public.

Called by ``publish``, ``correct`` and ``publish_imported`` only; they authorise and check first.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Revision

from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.base.jobs import enqueue
from gongkai.catalogue.models import Item
from gongkai.disclosures.canonical import canonical_record, content_of
from gongkai.disclosures.events import change_of, corrected, published
from gongkai.disclosures.gates import Candidate, findings_of
from gongkai.disclosures.models import Disclosure, PublishedRevision
from gongkai.disclosures.privacy import folded, scan
from gongkai.disclosures.schema import Responsibility
from gongkai.disclosures.states import DisclosureState, is_allowed
from gongkai.log.actions import append
from gongkai.log.models import LogEntry
from gongkai.places.models import Body

Kind = LogEntry.Kind


@dataclass(frozen=True, slots=True)
class Passage:
    """What passes the waist: content that was decided on, by whom, when, and why."""

    kind: LogEntry.Kind
    candidate: Candidate
    by: User
    now: dt.datetime
    reason: str = ""
    revision: Revision | None = None
    responsibility: Responsibility | None = None


def check_gates(candidate: Candidate) -> None:
    """Return when no gate is closed, else raise ``Refused('disclosures.gates_closed')``."""
    blocking = [finding for finding in findings_of(candidate) if finding.is_blocking]
    if blocking:
        raise Refused("disclosures.gates_closed", n=len(blocking), findings=blocking)


def check_reason(reason: str, *, body: Body) -> None:
    """Return when the reason may stand in the public log for ever; it can never be taken back.

    Raises: ``Refused('disclosures.reason_private')``.
    """
    official = frozenset({re.sub(r"\D", "", folded(body.phone))} - {""})
    for leak in scan(reason, allowed=official):
        raise Refused("disclosures.reason_private", sample=leak.sample)


def go_public(disclosure: Disclosure, passage: Passage) -> PublishedRevision:
    """The content stands in public, with one log entry, one revision and its jobs; or nothing does.

    Concurrency: the row changes only if state and version are still those that were authorised.
    Raises: ``Refused('disclosures.state_changed')``.
    """
    draft, digest, now = passage.candidate.record, passage.candidate.digest, passage.now
    old_state, old_version, old_digest = disclosure.state, disclosure.version, disclosure.digest
    is_first = passage.kind == Kind.PUBLISHED
    new_state = DisclosureState.PUBLISHED if is_first else DisclosureState.CORRECTED
    if not is_allowed(DisclosureState(old_state), new_state):
        raise Refused("disclosures.not_approved", record=disclosure.code)
    facts: dict[str, Any] = content_of(draft) | {
        "item_id": _existing_item(draft.item_id),
        "state": new_state,
        "version": old_version + 1,
        "digest": digest,
        "published_at": disclosure.published_at or now,
        "changed_at": None if is_first else now,
        "responsibility": passage.responsibility or {},
        "live": True,
        "expired": False,
        "first_published_at": disclosure.first_published_at or now,
        "last_published_at": now,
        "live_revision_id": passage.revision.pk if passage.revision else None,
        "has_unpublished_changes": False,
        "go_live_at": None,
    }
    with transaction.atomic():
        moved = Disclosure.objects.filter(
            pk=disclosure.pk, state=old_state, version=old_version
        ).update(**facts)
        if moved != 1:
            raise Refused("disclosures.state_changed", record=disclosure.code)
        for name, value in facts.items():
            setattr(disclosure, name, value)
        return record_passage(disclosure, passage, replaces=old_digest)


def record_passage(disclosure: Disclosure, passage: Passage, *, replaces: str) -> PublishedRevision:
    """One log entry and one public revision exist for the row as it stands; its jobs are stored.

    For use inside the transaction that changed (or made) the row.
    """
    from gongkai.disclosures.jobs import record_web_evidence

    entry = append(
        passage.kind,
        subject=f"disclosure:{disclosure.code}",
        record_digest=disclosure.digest,
        body_code=disclosure.body.code,
        now=passage.now,
        reason=passage.reason,
    )
    kept = PublishedRevision.objects.create(
        disclosure=disclosure,
        number=disclosure.version,
        kind=passage.kind,
        record=canonical_record(passage.candidate.record),
        digest=disclosure.digest,
        reason=passage.reason,
        revision=passage.revision,
        log_entry=entry,
        made_at=passage.now,
        made_by=passage.by,
    )
    if disclosure.duty_id:
        enqueue(
            record_web_evidence,
            code=disclosure.code,
            digest=disclosure.digest,
            replaces=replaces,
            attempt=1,
        )
    event = published if passage.kind == Kind.PUBLISHED else corrected
    event.announce(change_of(disclosure, kind=str(passage.kind), now=passage.now))
    return kept


def _existing_item(item_id: int | None) -> int | None:
    """A draft may outlive the edition of its item; the key stays, the row may be gone."""
    if item_id is None or Item.objects.filter(pk=item_id).exists():
        return item_id
    return None
