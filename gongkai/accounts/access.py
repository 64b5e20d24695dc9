"""Who may do what: every act and every console route asks here, by mandate on a body."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.accounts.models import Mandate, Role, User
from gongkai.base.errors import Forbidden
from gongkai.places.models import Body

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class Act(StrEnum):
    """What a person can want to do with a body's records."""

    LOOK = "look"  # see drafts, duties, readings in the console
    WRITE = "write"  # write and submit disclosures, register events
    REVIEW = "review"  # decide on what others submitted
    SUPERVISE = "supervise"  # waive, extend, register and import for others, see everything below
    ADMINISTER = "administer"  # bodies, people, mandates, settings


ALLOWED: dict[str, frozenset[Act]] = {
    Role.ADMINISTRATOR: frozenset({Act.LOOK, Act.ADMINISTER}),
    Role.DISTRICT_OFFICE: frozenset({Act.LOOK, Act.WRITE, Act.SUPERVISE}),
    Role.EDITOR: frozenset({Act.LOOK, Act.WRITE}),
    Role.REVIEWER: frozenset({Act.LOOK, Act.REVIEW}),
    Role.VILLAGE_CLERK: frozenset({Act.LOOK, Act.WRITE}),
    Role.AUDITOR: frozenset({Act.LOOK}),
}
"""Separation of duties: who writes does not review by the same role (GB/T 22239)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The bodies on which a person may do one act, as a query that needs no list in memory."""

    body_ids: frozenset[int]
    subtree_prefixes: tuple[str, ...]

    def as_query(self, path: str = "") -> Q:
        """``Q`` over a model whose body is at ``path`` ("" for Body itself, "body" for a FK)."""
        lead = f"{path}__" if path else ""
        query = Q(**{f"{path or 'pk'}__in": self.body_ids})
        for prefix in self.subtree_prefixes:
            query |= Q(**{f"{lead}division__code__startswith": prefix})
        return query

    def covers(self, body: Body) -> bool:
        """Whether ``body`` lies in the scope."""
        return body.pk in self.body_ids or any(
            body.division.code.startswith(prefix) for prefix in self.subtree_prefixes
        )

    def __bool__(self) -> bool:
        return bool(self.body_ids or self.subtree_prefixes)


def scope_of(user: User | AnonymousUser, act: Act, *, on: dt.date | None = None) -> Scope:
    """The bodies on which ``user`` may do ``act``; empty for strangers and inactive accounts.

    A mandate covers a subtree by place: the body's division and all places below it.
    """
    if not user.is_authenticated or not user.is_active:
        return Scope(frozenset(), ())
    roles = [role for role, acts in ALLOWED.items() if act in acts]
    mandates = Mandate.objects.valid_on(on or timezone.localdate()).filter(
        user=user, role__in=roles
    )
    rows = mandates.select_related("body__division")
    return Scope(
        frozenset(row.body_id for row in rows),
        tuple(sorted({row.body.division.subtree_prefix for row in rows if row.covers_subtree})),
    )


def may(user: User | AnonymousUser, act: Act, body: Body, *, on: dt.date | None = None) -> bool:
    """Whether ``user`` may do ``act`` for ``body``."""
    return scope_of(user, act, on=on).covers(body)


def check_may(
    user: User | AnonymousUser, act: Act, body: Body, *, on: dt.date | None = None
) -> None:
    """Return when the act is allowed; raise ``Forbidden('access.no_mandate')`` otherwise."""
    if not may(user, act, body, on=on):
        raise Forbidden("access.no_mandate", act=act.value, body=body.name)


def bodies_for(user: User | AnonymousUser, act: Act) -> QuerySet[Body]:
    """The bodies for which ``user`` may do ``act``, in their own order."""
    return Body.objects.filter(scope_of(user, act).as_query()).order_by("position", "code")


def responsible_users(body: Body, act: Act, *, on: dt.date) -> list[User]:
    """The people who must act for ``body``: those with a mandate on it, else on the tree above it.

    Shapes: ``list[User]`` without repeats, sorted by id.
    """
    roles = [role for role, acts in ALLOWED.items() if act in acts]
    valid = Mandate.objects.valid_on(on).filter(role__in=roles, user__is_active=True)
    direct = valid.filter(body=body).select_related("user")
    rows = list(direct) or [
        row
        for row in valid.filter(covers_subtree=True).select_related("user", "body__division")
        if body.division.code.startswith(row.body.division.subtree_prefix)
    ]
    return sorted({row.user for row in rows}, key=lambda user: user.pk)
