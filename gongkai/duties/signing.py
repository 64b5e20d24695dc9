"""What a person signs when deciding on a duty: the digest of its facts and of the decision."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING

from gongkai.accounts.models import User
from gongkai.base.errors import Refused

if TYPE_CHECKING:
    from gongkai.duties.models import Duty, DutyDecision

REGISTER_NAME = "义务台账"
"""Who signs what no person decided: the register itself."""

LONGEST_REASON = 2000


def duty_facts(duty: Duty) -> dict[str, str | None]:
    """The facts of a duty that a decision is about, as canonical JSON values."""
    return {
        "code": duty.code,
        "body": duty.body.code,
        "item_key": duty.item_key,
        "period": duty.period,
        "subject": duty.subject,
        "occasion": duty.occasion,
        "due_on": duty.due_on.isoformat() if duty.due_on else None,
    }


def signature(facts: dict[str, str | None]) -> str:
    """SHA-256 in hex over the canonical JSON of ``facts`` (sorted keys, no spaces, UTF-8)."""
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def without_control_signs(text: str) -> str:
    """``text`` without signs that no person types and that not every database can hold."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")


def checked_reason(reason: str) -> str:
    """``reason`` without surrounding space; refuses an empty or an endless one."""
    text = without_control_signs(reason).strip()
    if not text:
        raise Refused("duties.reason_missing")
    if len(text) > LONGEST_REASON:
        raise Refused("duties.reason_too_long", limit=LONGEST_REASON)
    return text


def signed_decision(
    duty: Duty,
    *,
    kind: str,
    reason: str,
    by: User | None,
    now: dt.datetime,
    due_on: dt.date | None = None,
) -> DutyDecision:
    """An unsaved decision on ``duty`` as it stands, signed by ``by`` or by the register."""
    from gongkai.duties.models import DutyDecision

    name = str(by) if by else REGISTER_NAME
    facts = duty_facts(duty) | {
        "kind": kind,
        "reason": reason,
        "new_due_on": due_on.isoformat() if due_on else None,
        "signed_name": name,
        "decided_at": now.isoformat(),
    }
    return DutyDecision(
        duty=duty,
        kind=kind,
        reason=reason,
        previous_due_on=duty.due_on,
        due_on=due_on,
        signed_name=name[:40],
        signature=signature(facts),
        decided_at=now,
        decided_by=by,
    )
