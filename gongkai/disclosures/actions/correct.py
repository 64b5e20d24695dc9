"""Correct a public record with a reviewed draft and a reason that is shown with it."""

from __future__ import annotations

import datetime as dt

from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.disclosures.canonical import draft_of
from gongkai.disclosures.gates import candidate_of
from gongkai.disclosures.going_public import Kind, Passage, check_gates, go_public
from gongkai.disclosures.models import Disclosure, PublishedRevision
from gongkai.disclosures.responsibility import responsibility_of


def correct(disclosure: Disclosure, *, by: User, now: dt.datetime) -> PublishedRevision:
    """The approved draft replaces the public text; the earlier one stays readable in the history.

    The reason is that of the submission, so the reviewers approved it too.
    Raises: as ``publish``; ``Refused('disclosures.not_public')`` for a record that is not public.
    """
    from gongkai.disclosures.actions.publish import approved_for

    if not disclosure.is_public:
        raise Refused("disclosures.not_public", record=disclosure.code)
    revision, submission = approved_for(disclosure, by=by, now=now)
    candidate = candidate_of(draft_of(disclosure, revision), now=now)
    if candidate.digest == disclosure.digest:
        raise Refused("disclosures.nothing_changed", record=disclosure.code)
    check_gates(candidate)
    passage = Passage(
        kind=Kind.CORRECTED,
        candidate=candidate,
        by=by,
        now=now,
        reason=submission.submitted.comment,
        revision=revision,
        responsibility=responsibility_of(submission),
    )
    return go_public(disclosure, passage)
