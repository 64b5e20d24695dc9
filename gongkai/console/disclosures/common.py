"""What the screens of disclosures share: the person, the draft, its checks, refusals as words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from gongkai.base.errors import GongkaiError
from gongkai.disclosures.canonical import draft_of
from gongkai.disclosures.findings import Finding
from gongkai.disclosures.gates import candidate_of, findings_of
from gongkai.disclosures.messages import error_text, finding_text
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import DisclosureState

if TYPE_CHECKING:
    from gongkai.accounts.models import User

TONES = {
    DisclosureState.DRAFT: "plain",
    DisclosureState.IN_REVIEW: "info",
    DisclosureState.PUBLISHED: "done",
    DisclosureState.CORRECTED: "done",
    DisclosureState.WITHDRAWN: "late",
    DisclosureState.EXPIRED: "plain",
}


def person(request: HttpRequest) -> User:
    """The person who signed in (the console lets nobody else in)."""
    return cast("User", request.user)


def sent(request: HttpRequest, name: str, *, limit: int = 2000) -> str:
    """A text that was sent, without the NUL that PostgreSQL cannot store, cut at ``limit``."""
    given = request.POST if request.method == "POST" else request.GET
    return given.get(name, "").replace("\x00", "")[:limit]


@dataclass(frozen=True, slots=True)
class Check:
    """One finding in words, with the place to go to."""

    text: str
    anchor: str
    is_blocking: bool


def draft_at_hand(disclosure: Disclosure) -> Disclosure:
    """What is being written: the latest revision, or the public row when there is no draft."""
    return draft_of(disclosure, disclosure.latest_revision if disclosure.has_draft else None)


def checks_of(draft: Disclosure, *, now: dt.datetime) -> list[Check]:
    """What the gates find in the draft, blocking ones first."""
    return [check_of(finding) for finding in findings_of(candidate_of(draft, now=now))]


def check_of(finding: Finding) -> Check:
    """The finding as the screens show it."""
    return Check(finding_text(finding), finding.place.anchor, finding.is_blocking)


def tell_refusal(request: HttpRequest, error: GongkaiError) -> None:
    """The refusal and every finding behind it as messages on the next page."""
    messages.error(request, error_text(error))
    for finding in error.data.get("findings", [])[:12]:
        messages.warning(request, finding_text(finding))


def time_left(due_on: dt.date | None, *, today: dt.date) -> tuple[str, str]:
    """The statutory time left in words, and its tone."""
    if due_on is None:
        return gettext("没有法定期限"), "plain"
    days = (due_on - today).days
    if days < 0:
        return gettext("已逾期 %(days)s 天") % {"days": -days}, "late"
    if days == 0:
        return gettext("今天到期"), "late"
    return gettext("还剩 %(days)s 天") % {"days": days}, "due" if days <= 5 else "plain"
