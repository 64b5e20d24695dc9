"""The end of a review: what Wagtail calls when the last step is approved. No models at import."""

from __future__ import annotations

from typing import Any


def publish_finished_review(workflow_state: Any, user: Any = None) -> None:
    """Publish the very revision that passed every step, through the one act of publication.

    Set as ``WAGTAIL_FINISH_WORKFLOW_ACTION``. Nobody holds Wagtail's publish permission, so this
    is the only way from review into the public. The moment is that of the last decision, written
    a step earlier in the same transaction.
    """
    from django.utils import timezone

    from gongkai.disclosures.actions.publish import publish_reviewed
    from gongkai.disclosures.models import ReviewDecision

    decided = ReviewDecision.objects.filter(disclosure=workflow_state.object_id).last()
    now = decided.decided_at if decided else timezone.now()
    publish_reviewed(workflow_state, by=user, now=now)
