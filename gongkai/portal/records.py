"""What the page of one disclosure shows: its versions, receipt, files and differences."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop

from gongkai.disclosures.models import Attachment, Disclosure, PublishedRevision
from gongkai.disclosures.record_templates import registry
from gongkai.disclosures.schema import Field
from gongkai.portal.differences import Change, differences

FIELD_LABELS = {
    "title": gettext_noop("标题"),
    "summary": gettext_noop("内容概述"),
    "body": gettext_noop("发布机构"),
    "collaborators": gettext_noop("联合发布机构"),
    "domain": gettext_noop("领域"),
    "item": gettext_noop("公开事项"),
    "duty": gettext_noop("公开义务"),
    "index_number": gettext_noop("索引号"),
    "document_number": gettext_noop("文号"),
    "dated_on": gettext_noop("成文日期"),
    "valid_from": gettext_noop("施行日期"),
    "valid_until": gettext_noop("失效日期"),
    "validity": gettext_noop("有效性"),
    "text": gettext_noop("正文"),
    "attachments": gettext_noop("附件"),
}
_NOT_COMPARED = {
    "format",
    "code",
    "template",
    "sealed",
    "body",
    "withdrawn",
    "is_privacy",
    "digest",
}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change between two versions with the field's name in words."""

    label: str
    change: Change


@dataclass(frozen=True, slots=True)
class Version:
    """One public act on a record and what it changed."""

    revision: PublishedRevision
    changes: tuple[ShownChange, ...]
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
    revisions = list(disclosure.published_revisions.select_related("log_entry").order_by("number"))
    versions, before = [], {}
    for revision in revisions:
        record = revision.record or {}
        is_text = bool(record) and not record.get("withdrawn")
        changes = _changes(disclosure, before, record) if before and is_text else ()
        versions.append(Version(revision, changes, is_text))
        before = record if is_text else before
    return versions[::-1]


def _changes(
    disclosure: Disclosure, old: Mapping[str, Any], new: Mapping[str, Any]
) -> tuple[ShownChange, ...]:
    found = differences(
        {name: value for name, value in old.items() if name not in _NOT_COMPARED},
        {name: value for name, value in new.items() if name not in _NOT_COMPARED},
    )
    return tuple(ShownChange(_label(disclosure, change.path), change) for change in found)


def _label(disclosure: Disclosure, path: Sequence[str]) -> str:
    """The name of a value in words: 正文; 收入表 · 第 3 行 · 金额（元）."""
    if path[0] in FIELD_LABELS:
        return gettext(FIELD_LABELS[path[0]])
    template = registry().get(disclosure.template)
    fields: tuple[Field, ...] = template.fields if template else ()
    words = []
    for name in path[1:]:
        field = next((field for field in fields if field.name == name), None)
        if field is not None:
            words.append(field.label)
            fields = field.columns
        elif name.isdigit():
            words.append(gettext("第 %(n)s 行") % {"n": name})
        else:
            words.append(name)
    return " · ".join(words) or path[0]


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


def qr_svg(address: str) -> SafeString:
    """The address as a QR code: SVG without style, sized by its box."""
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        buffer, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, nl=False
    )
    return mark_safe(buffer.getvalue().decode())
