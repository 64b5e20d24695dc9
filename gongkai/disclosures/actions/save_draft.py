"""Write a draft down as a revision. What is public does not change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.models import Revision

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.disclosures import record_templates
from gongkai.disclosures.canonical import CONTENT_FIELDS, content_of, draft_of
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.prose import sanitised
from gongkai.disclosures.reading_values import plain, read_values
from gongkai.disclosures.states import DisclosureState
from gongkai.disclosures.submissions import is_under_review

_LINES = {"title": 300, "summary": 500, "document_number": 80, "index_number": 60,
          "collaborators": 300, "item_key": 32}  # fmt: skip


def save_draft(
    disclosure: Disclosure, *, by: User, changes: Mapping[str, Any], now: dt.datetime
) -> Revision:
    """A new revision holds the draft with ``changes`` (content columns); the public row stays.

    Of a record that was never public the row follows, so that lists show its title.
    Raises: ``Forbidden``; ``Refused('disclosures.not_editable')`` while it is under review;
    ``Refused('disclosures.withdrawn')``; ``Refused('disclosures.state_changed')``.
    """
    check_may(by, Act.WRITE, disclosure.body, on=now.date())
    check_editable(disclosure)
    draft = draft_of(disclosure, disclosure.latest_revision if disclosure.has_draft else None)
    for name, value in cleaned_changes(draft, changes).items():
        setattr(draft, name, value)
    with transaction.atomic():
        if disclosure.version == 0:
            moved = Disclosure.objects.filter(
                pk=disclosure.pk, state=DisclosureState.DRAFT, version=0
            ).update(**content_of(draft))
            if moved != 1:
                raise Refused("disclosures.state_changed", record=disclosure.code)
        revision: Revision = draft.save_revision(user=by, clean=False)
    if disclosure.version == 0:
        for name in CONTENT_FIELDS:
            setattr(disclosure, name, getattr(draft, name))
    disclosure.latest_revision = revision
    disclosure.has_unpublished_changes = True
    return revision


def check_editable(disclosure: Disclosure) -> None:
    """Return when a draft may be written now; what is under review is edited by nobody."""
    if disclosure.state == DisclosureState.WITHDRAWN:
        raise Refused("disclosures.withdrawn", record=disclosure.code)
    if disclosure.state == DisclosureState.IN_REVIEW or is_under_review(disclosure):
        raise Refused("disclosures.not_editable", record=disclosure.code)


def cleaned_changes(draft: Disclosure, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes as they may be stored: one-line texts plain, prose sanitised, values typed."""
    unknown = set(changes) - set(CONTENT_FIELDS)
    if unknown:
        raise ValueError(f"not content of a disclosure: {sorted(unknown)}")
    clean = dict(changes)
    for name, limit in _LINES.items():
        if name in clean:
            clean[name] = plain(str(clean[name] or ""))[:limit]
    if "text" in clean:
        clean["text"] = sanitised(str(clean["text"] or ""))
    if "values" in clean:
        fields = record_templates.get(draft.template).fields
        clean["values"] = read_values(fields, clean["values"] or {})
    if "attachment_list" in clean:
        clean["attachment_list"] = [
            {"sha256": str(entry["sha256"]), "title": plain(str(entry["title"]))[:200]}
            for entry in clean["attachment_list"]
        ]
    return clean
