"""Who may look at, edit, review and withdraw which record; the only way views get records."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import timezone

from gongkai.accounts.access import Act, check_may, may
from gongkai.accounts.models import User
from gongkai.base.errors import Forbidden, Refused
from gongkai.disclosures.models import Disclosure, ReviewTask
from gongkai.disclosures.routes import as_step, reviewing_body
from gongkai.disclosures.submissions import (
    Submission,
    active_state,
    authors_of,
    is_under_review,
    last_submission,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Person = User | AnonymousUser


def access_disclosure(user: Person, code: str, act: Act) -> Disclosure:
    """The record ``code`` for ``act``. Raises Http404 (none such), Forbidden (no mandate).

    Whoever is to review it now may look at it, even where the mandate is on the body above.
    """
    disclosure: Disclosure | None = (
        Disclosure.objects.select_related(
            "body__division", "body__parent__division", "domain", "item", "duty", "latest_revision"
        )
        .filter(code=code)
        .first()
    )
    if disclosure is None:
        raise Http404
    if may(user, act, disclosure.body):
        return disclosure
    if act in (Act.LOOK, Act.REVIEW) and _may_review_now(user, disclosure):
        return disclosure
    raise Forbidden("access.no_mandate", act=act.value, body=disclosure.body.name)


def may_edit(user: Person, disclosure: Disclosure) -> bool:
    """Whether ``user`` may change the draft: a writer's mandate, and nothing lies for review."""
    return (
        disclosure.state != "withdrawn"
        and may(user, Act.WRITE, disclosure.body)
        and not is_under_review(disclosure)
    )


def may_withdraw(user: Person, disclosure: Disclosure, *, is_privacy: bool) -> bool:
    """Whether ``user`` may take the record back.

    Reviewers and the district office may; for privacy every writer may too, because minutes count.
    """
    acts = [Act.REVIEW, Act.SUPERVISE, *([Act.WRITE] if is_privacy else [])]
    return any(may(user, act, disclosure.body) for act in acts)


def may_review(user: Person, disclosure: Disclosure, *, task: ReviewTask) -> bool:
    """Whether ``user`` may decide at the step ``task`` of this record."""
    try:
        check_may_review(user, disclosure, task=task, on=timezone.localdate())
    except (Forbidden, Refused):
        return False
    return True


def check_may_review(
    user: Person,
    disclosure: Disclosure,
    *,
    task: ReviewTask,
    on: dt.date,
    submission: Submission | None = None,
) -> None:
    """Return when ``user`` may decide at this step; raise why not.

    Raises: ``Forbidden('access.no_mandate')`` without a reviewer's mandate on the body of *this*
    step; ``Refused('disclosures.own_work')`` for authors; ``Refused('disclosures.second_step')``
    for who decided an earlier step. ``submission`` is the last one, where it was read already.
    """
    check_may(user, Act.REVIEW, reviewing_body(disclosure.body, task), on=on)
    submission = submission or last_submission(disclosure)
    if user.pk in authors_of(disclosure, submission):
        raise Refused("disclosures.own_work", http_status=403)
    if submission and any(a.decided_by_id == user.pk for a in submission.approvals):
        raise Refused("disclosures.second_step", http_status=403)


def _may_review_now(user: Person, disclosure: Disclosure) -> bool:
    state = active_state(disclosure)
    if state is None or state.current_task_state is None:
        return False
    return may_review(user, disclosure, task=as_step(state.current_task_state.task))
