"""Withdraw a public record, with a reason for the public; for privacy, its texts go too."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from wagtail.models import ModelLogEntry, Revision

from gongkai.accounts.models import User
from gongkai.base.errors import Forbidden, Refused
from gongkai.base.jobs import enqueue
from gongkai.disclosures.access import may_withdraw
from gongkai.disclosures.canonical import tombstone
from gongkai.disclosures.events import change_of, withdrawn
from gongkai.disclosures.going_public import check_reason
from gongkai.disclosures.models import Disclosure, PublishedRevision
from gongkai.disclosures.passing import hold
from gongkai.disclosures.states import DisclosureState
from gongkai.disclosures.submissions import active_state
from gongkai.duties.actions.void_evidence import void_evidence
from gongkai.log.actions import append
from gongkai.log.models import LogEntry
from gongkai.log.rules import digest as digest_of_value

PRIVATE_TITLE = "（因保护个人隐私撤回）"


def withdraw(
    disclosure: Disclosure,
    *,
    by: User,
    reason: str,
    now: dt.datetime,
    is_privacy: bool = False,
) -> PublishedRevision:
    """The record is gone from the public; its address says why. Final.

    Earlier revisions stay readable, unless ``is_privacy``: then their texts are emptied, files are
    deleted by a job of the same transaction, and only digests stay.
    Raises: ``Forbidden``; ``Refused``: not public, no reason, a reason that names a person's
    number, changed meanwhile.
    """
    reason = reason.strip()
    if not may_withdraw(by, disclosure, is_privacy=is_privacy):
        raise Forbidden("access.no_mandate", act="withdraw", body=disclosure.body.name)
    if not disclosure.is_public:
        raise Refused("disclosures.not_public", record=disclosure.code)
    if not reason:
        raise Refused("disclosures.reason_required", record=disclosure.code)
    check_reason(reason, body=disclosure.body)
    stone = tombstone(disclosure, reason=reason, is_privacy=is_privacy)
    old_digest = disclosure.digest
    with transaction.atomic():
        hold(disclosure)
        _close(disclosure, digest=digest_of_value(stone), reason=reason, now=now)
        state = active_state(disclosure)
        if state is not None:
            state.cancel(user=by)
        kept = _recorded(disclosure, stone=stone, reason=reason, by=by, now=now)
        if is_privacy:
            _empty_texts(disclosure)
        void_evidence(old_digest)
        withdrawn.announce(change_of(disclosure, kind=LogEntry.Kind.WITHDRAWN.value, now=now))
    return kept


def _close(disclosure: Disclosure, *, digest: str, reason: str, now: dt.datetime) -> None:
    moved = Disclosure.objects.filter(
        pk=disclosure.pk, state=disclosure.state, version=disclosure.version
    ).update(
        state=DisclosureState.WITHDRAWN,
        version=disclosure.version + 1,
        digest=digest,
        withdrawn_at=now,
        withdrawal_reason=reason,
        live=False,
        has_unpublished_changes=False,
        go_live_at=None,
    )
    if moved != 1:
        raise Refused("disclosures.state_changed", record=disclosure.code)
    disclosure.refresh_from_db()


def _recorded(
    disclosure: Disclosure,
    *,
    stone: dict[str, object],
    reason: str,
    by: User,
    now: dt.datetime,
) -> PublishedRevision:
    entry = append(
        LogEntry.Kind.WITHDRAWN,
        subject=f"disclosure:{disclosure.code}",
        record_digest=disclosure.digest,
        body_code=disclosure.body.code,
        now=now,
        reason=reason,
    )
    return PublishedRevision.objects.create(
        disclosure=disclosure,
        number=disclosure.version,
        kind=LogEntry.Kind.WITHDRAWN,
        record=stone,
        digest=disclosure.digest,
        reason=reason,
        log_entry=entry,
        made_at=now,
        made_by=by,
    )


def _empty_texts(disclosure: Disclosure) -> None:
    """Nothing that could name a person is left in the row, its revisions or its files."""
    from gongkai.disclosures.jobs import erase_files

    Disclosure.objects.filter(pk=disclosure.pk).update(
        title=PRIVATE_TITLE,
        summary="",
        text="",
        values={},
        attachment_list=[],
        collaborators="",
        document_number="",
        origin_url="",
        is_hidden_for_privacy=True,
    )
    PublishedRevision.objects.filter(disclosure=disclosure).exclude(
        kind=LogEntry.Kind.WITHDRAWN
    ).update(record={})
    Revision.objects.for_instance(disclosure).update(content={}, object_str=PRIVATE_TITLE)
    ModelLogEntry.objects.for_instance(disclosure).update(label=PRIVATE_TITLE)
    enqueue(erase_files, code=disclosure.code)
    disclosure.refresh_from_db()
