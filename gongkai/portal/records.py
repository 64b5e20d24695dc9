"""What the page of one disclosure shows: its versions, receipt, files and differences."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe

from gongkai.disclosures.differences import FieldDifference
from gongkai.disclosures.models import Attachment, Disclosure, PublishedRevision
from gongkai.disclosures.queries import public_history, revision_difference


@dataclass(frozen=True, slots=True)
class Version:
    """One public act on a record and what it changed."""

    revision: PublishedRevision
    changes: tuple[FieldDifference, ...]
    is_readable: bool


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One attachment in the order and under the title that the record gives it."""

    attachment: Attachment
    title: str

    @property
    def extension(self) -> str:
        """The kind of file in letters: pdf, docx …"""
        return self.attachment.name.rpartition(".")[2][:5].lower()


def versions_of(disclosure: Disclosure) -> list[Version]:
    """Every public act on the record, the newest first, each with what it changed. One query."""
    revisions = list(public_history(disclosure))[::-1]
    versions: list[Version] = []
    before: dict[str, Any] = {}
    for revision in revisions:
        record = revision.record or {}
        is_text = bool(record) and not record.get("withdrawn")
        changes = revision_difference(before, record) if before and is_text else []
        versions.append(Version(revision, tuple(changes), is_text))
        before = record if is_text else before
    return versions[::-1]


def files_of(disclosure: Disclosure) -> list[ListedFile]:
    """The attachments that the record lists, in its order. One query."""
    by_digest = {attachment.sha256: attachment for attachment in disclosure.attachments.all()}
    return [
        ListedFile(
            by_digest[entry["sha256"]], entry.get("title") or by_digest[entry["sha256"]].name
        )
        for entry in disclosure.attachment_list
        if entry.get("sha256") in by_digest
    ]


QR_MASK = 3
"""Every mask is readable; this one suits addresses best. Weighing all eight takes as long as the
page around the code."""


@lru_cache(maxsize=1024)
def qr_svg(address: str) -> SafeString:
    """The address as a QR code: SVG without style, sized by its box."""
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False, mask=QR_MASK).save(
        buffer, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, nl=False
    )
    return mark_safe(buffer.getvalue().decode())
