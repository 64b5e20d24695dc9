"""Record that a revision stood on a channel; the duty is met when every required channel is."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.duties.events import DutyMet, duty_met
from gongkai.duties.models import Duty, DutyChannel, Evidence
from gongkai.places.models import Division


def record_evidence(
    duty: Duty,
    *,
    channel_code: str,
    revision_digest: str,
    kind: str,
    now: dt.datetime,
    url: str = "",
    content_sha256: str = "",
    division: Division | None = None,
    replaces: str = "",
) -> Evidence:
    """The evidence is kept, its channel is met, and so is the duty when nothing required is left.

    Doing it again with the same revision changes nothing. ``replaces`` is the digest of the
    revision that this one corrects: its evidence is void from now on, but the channel stays met
    since it first was, so that a correction does not make a publication late.
    """
    with transaction.atomic():
        evidence = _kept_evidence(
            duty,
            channel_code=channel_code,
            revision_digest=revision_digest,
            facts={
                "kind": kind,
                "url": url,
                "content_sha256": content_sha256,
                "division": division,
                "captured_at": now,
            },
        )
        if replaces and replaces != revision_digest:
            Evidence.objects.filter(
                duty=duty, channel_code=channel_code, revision_digest=replaces, is_void=False
            ).update(is_void=True)
        DutyChannel.objects.filter(duty=duty, code=channel_code, met_at=None).update(met_at=now)
        _meet_if_complete(duty)
    return evidence


def _kept_evidence(
    duty: Duty, *, channel_code: str, revision_digest: str, facts: dict[str, object]
) -> Evidence:
    """The valid evidence of this revision on this channel: the one at hand, else a new one."""
    valid = Evidence.objects.filter(
        duty=duty, channel_code=channel_code, revision_digest=revision_digest, is_void=False
    )
    at_hand = valid.first()
    if at_hand is not None:
        return at_hand
    try:
        with transaction.atomic():
            return Evidence.objects.create(
                duty=duty, channel_code=channel_code, revision_digest=revision_digest, **facts
            )
    except IntegrityError:  # another worker recorded the same in between: the constraint decides
        return valid.get()


def _meet_if_complete(duty: Duty) -> None:
    times = list(
        DutyChannel.objects.filter(duty=duty, is_required=True).values_list("met_at", flat=True)
    )
    met = [met_at for met_at in times if met_at is not None]
    if not met or len(met) < len(times):
        return
    met_at = max(met)
    met_on = timezone.localdate(met_at)
    if Duty.objects.filter(pk=duty.pk, met_at=None).update(met_at=met_at, met_on=met_on) == 1:
        duty.met_at, duty.met_on = met_at, met_on
        duty_met.announce(
            DutyMet(
                duty_id=duty.pk,
                code=duty.code,
                body_id=duty.body_id,
                item_key=duty.item_key,
                met_at=met_at,
            )
        )
