"""Begin a record: a draft in a template, for a body, perhaps for a duty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.disclosures import record_templates
from gongkai.disclosures.actions.save_draft import cleaned_changes
from gongkai.disclosures.codes import new_code
from gongkai.disclosures.models import Disclosure
from gongkai.duties.models import Duty
from gongkai.places.models import Body


def create_draft(
    body: Body,
    *,
    template: str,
    by: User,
    now: dt.datetime,
    duty: Duty | None = None,
    changes: Mapping[str, Any] | None = None,
    code: str = "",
) -> Disclosure:
    """A draft of ``body`` exists, with its first revision by ``by``; nothing is public.

    ``changes`` are content columns (``canonical.CONTENT_FIELDS``); those that follow from ``duty``
    need not be given. ``code`` only where an address must be foreseeable (demo).
    Raises: ``Forbidden`` without a writer's mandate; ``Refused('disclosures.duty_elsewhere')``.
    """
    check_may(by, Act.WRITE, body, on=now.date())
    record_templates.get(template)
    if duty is not None and duty.body_id != body.pk:
        raise Refused("disclosures.duty_elsewhere", duty=duty.code)
    code = code or new_code()
    disclosure = Disclosure(
        code=code,
        template=template,
        body=body,
        index_number=f"{body.code}/{now.year}-{code}",
        created_at=now,
        created_by=by,
        live=False,
    )
    facts = (facts_from_duty(duty) if duty else {}) | dict(changes or {})
    for name, value in cleaned_changes(disclosure, facts).items():
        setattr(disclosure, name, value)
    with transaction.atomic():
        disclosure.save()
        disclosure.save_revision(user=by, clean=False)
    return disclosure


def facts_from_duty(duty: Duty) -> dict[str, Any]:
    """What a duty tells about its record: title, domain, item and key."""
    item = duty.item
    period = f"（{duty.period}）" if duty.period else ""
    title = duty.event.title if duty.event else f"{item.title}{period}"
    return {
        "title": title[:300],
        "duty_id": duty.pk,
        "domain_id": item.edition.domain_id,
        "item_id": item.pk,
        "item_key": duty.item_key,
    }
