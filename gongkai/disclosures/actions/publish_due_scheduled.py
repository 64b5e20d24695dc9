"""Publish what was approved and whose time has come."""

from __future__ import annotations

import datetime as dt
import logging

from gongkai.base.errors import GongkaiError
from gongkai.disclosures.actions.correct import correct
from gongkai.disclosures.actions.publish import publish
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import DisclosureState
from gongkai.disclosures.submissions import approved_revision, is_under_review

logger = logging.getLogger("gongkai.disclosures")


def publish_due_scheduled(now: dt.datetime) -> list[str]:
    """Every approved record due by ``now`` is public; their codes.

    In the name of who approved last. What is still under review is left alone; what is refused
    (a gate that closed meanwhile) is reported in the log of the program and tried again.
    """
    due = Disclosure.objects.filter(go_live_at__lte=now).exclude(
        state__in=(DisclosureState.DRAFT, DisclosureState.WITHDRAWN)
    )
    done = []
    for disclosure in due.select_related("body__division", "domain", "duty").order_by("go_live_at"):
        if is_under_review(disclosure):
            continue
        approved = approved_revision(disclosure)
        if approved is None:
            continue
        act = correct if disclosure.version else publish
        try:
            act(disclosure, by=approved[1].approvals[-1].decided_by, now=now)
        except GongkaiError as error:
            logger.warning("scheduled publication of %s refused: %s", disclosure.code, error.code)
            continue
        done.append(disclosure.code)
    return done
