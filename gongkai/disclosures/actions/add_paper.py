"""Add a paper of the review (保密审查表 …), bound to the draft as it stands."""

from __future__ import annotations

import datetime as dt

from django.core.files.base import ContentFile

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.disclosures.actions.save_draft import check_editable
from gongkai.disclosures.attachments import AcceptedFile
from gongkai.disclosures.canonical import digest_of, draft_of
from gongkai.disclosures.models import Disclosure, ReviewPaper


def add_paper(
    disclosure: Disclosure,
    *,
    kind: str,
    conclusion: str,
    signed_name: str,
    signed_on: dt.date,
    by: User,
    now: dt.datetime,
    scan: AcceptedFile | None = None,
) -> ReviewPaper:
    """The paper is kept and speaks for this very content: a later edit makes it stale.

    Raises: ``Forbidden``; ``Refused`` while under review or withdrawn.
    """
    check_may(by, Act.WRITE, disclosure.body, on=now.date())
    check_editable(disclosure)
    draft = draft_of(disclosure, disclosure.latest_revision if disclosure.has_draft else None)
    paper = ReviewPaper(
        disclosure=disclosure,
        kind=ReviewPaper.Kind(kind),
        digest=digest_of(draft),
        conclusion=conclusion[:300],
        signed_name=signed_name[:40],
        signed_on=signed_on,
        added_at=now,
        added_by=by,
    )
    if scan is not None:
        paper.file.save(f"{scan.sha256[:32]}.{scan.kind}", ContentFile(scan.content), save=False)
    paper.save()
    return paper
