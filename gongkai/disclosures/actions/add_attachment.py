"""Keep a file of a record. It becomes part of the draft when the draft lists it."""

from __future__ import annotations

import datetime as dt

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.disclosures.actions.save_draft import check_editable
from gongkai.disclosures.attachments import AcceptedFile, accept
from gongkai.disclosures.models import Attachment, Disclosure

MAX_FILES = 60


def add_attachment(
    disclosure: Disclosure, *, content: bytes, name: str, by: User, now: dt.datetime
) -> Attachment:
    """The cleaned file is stored and scanned; the same file twice is kept once.

    Reading, cleaning and writing happen before the transaction, which only inserts one row.
    Raises: ``NotReadable`` with reason and remedy; ``Forbidden``; ``Refused`` while under review.
    """
    check_may(by, Act.WRITE, disclosure.body, on=now.date())
    check_editable(disclosure)
    if disclosure.attachments.count() >= MAX_FILES:
        raise Refused("attachment.too_many", limit=MAX_FILES)
    return keep_file(disclosure, accept(content, name=name), now=now)


def keep_file(disclosure: Disclosure, accepted: AcceptedFile, *, now: dt.datetime) -> Attachment:
    """The stored attachment of ``accepted``; files of a row that lost a race go."""
    at_hand = Attachment.objects.filter(disclosure=disclosure, sha256=accepted.sha256).first()
    if at_hand is not None:
        return at_hand
    attachment = Attachment(
        disclosure=disclosure,
        sha256=accepted.sha256,
        name=accepted.name,
        media_type=accepted.media_type,
        size=len(accepted.content),
        is_image=accepted.is_image,
        findings=list(accepted.finds),
        is_read=accepted.is_read,
        added_at=now,
    )
    stem = accepted.sha256[:32]
    attachment.file.save(f"{stem}.{accepted.kind}", ContentFile(accepted.content), save=False)
    if accepted.preview:
        attachment.preview.save(f"{stem}.jpg", ContentFile(accepted.preview), save=False)
    try:
        with transaction.atomic():
            attachment.save()
    except IntegrityError:
        storage: Storage = attachment.file.storage
        for stored in (attachment.file.name, attachment.preview.name):
            if stored:
                storage.delete(stored)
        return Attachment.objects.get(disclosure=disclosure, sha256=accepted.sha256)
    return attachment
