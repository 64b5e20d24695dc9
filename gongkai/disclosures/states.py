"""The states of a disclosure and the only transitions between them."""

from __future__ import annotations

from django.db import models


class DisclosureState(models.TextChoices):
    """Where a record stands, seen from the public."""

    DRAFT = "draft", "草稿"
    IN_REVIEW = "in_review", "审核中"
    PUBLISHED = "published", "已发布"
    CORRECTED = "corrected", "已更正"
    WITHDRAWN = "withdrawn", "已撤回"
    EXPIRED = "expired", "已到期"


class Validity(models.TextChoices):
    """The legal force of a document, as stated by its body."""

    NONE = "", "不适用"
    IN_FORCE = "in_force", "现行有效"
    REPEALED = "repealed", "已废止"
    LAPSED = "lapsed", "已失效"


PUBLIC_STATES = (DisclosureState.PUBLISHED, DisclosureState.CORRECTED, DisclosureState.EXPIRED)
"""States in which the text can be read (expired ones are marked as such)."""

TRANSITIONS: dict[DisclosureState, frozenset[DisclosureState]] = {
    DisclosureState.DRAFT: frozenset({DisclosureState.IN_REVIEW}),
    DisclosureState.IN_REVIEW: frozenset({DisclosureState.DRAFT, DisclosureState.PUBLISHED}),
    DisclosureState.PUBLISHED: frozenset(
        {DisclosureState.CORRECTED, DisclosureState.WITHDRAWN, DisclosureState.EXPIRED}
    ),
    DisclosureState.CORRECTED: frozenset(
        {DisclosureState.CORRECTED, DisclosureState.WITHDRAWN, DisclosureState.EXPIRED}
    ),
    DisclosureState.EXPIRED: frozenset({DisclosureState.CORRECTED, DisclosureState.WITHDRAWN}),
    DisclosureState.WITHDRAWN: frozenset(),
}
"""Withdrawn is final: what returns to the public is a new record with its own review."""


def is_allowed(old: DisclosureState, new: DisclosureState) -> bool:
    """Whether a record may go from ``old`` to ``new``."""
    return new in TRANSITIONS[old]
