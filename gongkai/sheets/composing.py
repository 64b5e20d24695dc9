"""What of one public record stands on its sheet, in the words of the active language."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from gongkai.disclosures.models import Disclosure, PublishedRevision
from gongkai.disclosures.rendering import RecordView, rendered, shown_date, view_of
from gongkai.disclosures.schema import Surface
from gongkai.disclosures.states import DisclosureState, Validity
from gongkai.sheets.blocks import blocks_of
from gongkai.sheets.document import Fact, FileLine, Receipt, Sheet

MEBIBYTE: Final = 1024 * 1024


def sheet_of_record(disclosure: Disclosure, *, language: str) -> Sheet:
    """The sheet of the present version. A PDF leaves the web, so names are masked as there."""
    view = view_of(disclosure, Surface.WEB)
    revision = disclosure.published_revisions.select_related("log_entry").last()
    changed_at = disclosure.changed_at or disclosure.published_at
    return Sheet(
        language=language,
        title=disclosure.title,
        byline=disclosure.collaborators or disclosure.body.name,
        head_left=settings.SITE_NAME,
        head_right=view.template_label,
        foot=_foot(disclosure, view),
        page_words=_page_words(),
        dated_on=str(timezone.localtime(changed_at).date()) if changed_at else "2000-01-01",
        notes=tuple(_notes(disclosure, revision)),
        facts=tuple(_facts(disclosure)),
        blocks=tuple(blocks_of(rendered(view, partial="print"))),
        files_title=gettext("附件"),
        files=_files(disclosure),
        receipt=_receipt(disclosure, revision),
    )


def _page_words() -> tuple[str, str, str]:
    """The words before, between and after the two numbers of a page."""
    words = gettext("第 %(page)s 页，共 %(n_pages)s 页") % {"page": "\n", "n_pages": "\n"}
    before, between, after = words.split("\n")
    return before, between, after


def _facts(disclosure: Disclosure) -> list[Fact]:
    """The head of the record as catalogues print it; what is not stated is left out."""
    stated = [
        Fact(gettext("索引号"), disclosure.index_number),
        Fact(gettext("文号"), disclosure.document_number),
        Fact(gettext("发布机构"), disclosure.body.name),
        Fact(gettext("成文日期"), _day(disclosure.dated_on)),
        Fact(gettext("公开日期"), _day(disclosure.published_at)),
        Fact(gettext("更正日期"), _day(disclosure.changed_at)),
        Fact(gettext("施行日期"), _day(disclosure.valid_from)),
        Fact(gettext("失效日期"), _day(disclosure.valid_until)),
        Fact(gettext("有效性"), _validity(disclosure)),
        Fact(gettext("联合发布"), disclosure.collaborators, is_wide=True),
        Fact(gettext("公开事项"), disclosure.item.path if disclosure.item else "", is_wide=True),
        Fact(gettext("内容概述"), disclosure.summary, is_wide=True),
    ]
    return [fact for fact in stated if fact.text]


def _validity(disclosure: Disclosure) -> str:
    return gettext(Validity(disclosure.validity).label) if disclosure.validity else ""


def _day(value: object) -> str:
    """A date or time as 2026年9月18日, in the district's zone; "" for none."""
    if not value:
        return ""
    on = timezone.localtime(value).date() if hasattr(value, "tzinfo") else value  # type: ignore[arg-type]
    return shown_date(str(on))


def _notes(disclosure: Disclosure, revision: PublishedRevision | None) -> list[str]:
    """What a reader must know before the text."""
    notes = []
    if disclosure.state == DisclosureState.EXPIRED:
        notes.append(gettext("这条信息的公开期限已满，内容仅供查考，附件不再提供下载。"))
    if disclosure.validity == Validity.REPEALED:
        notes.append(gettext("这份文件已经废止，不再执行。"))
    elif disclosure.validity == Validity.LAPSED:
        notes.append(gettext("这份文件已经失效，不再执行。"))
    if disclosure.state == DisclosureState.CORRECTED and revision and revision.reason:
        notes.append(gettext("更正说明：%(reason)s") % {"reason": revision.reason})
    return notes


def _files(disclosure: Disclosure) -> tuple[FileLine, ...]:
    """The attachments in the order and under the titles that the record gives them."""
    kept = {attachment.sha256: attachment for attachment in disclosure.attachments.all()}
    listed = [entry for entry in disclosure.attachment_list if entry.get("sha256") in kept]
    lines = []
    for entry in listed:
        file = kept[entry["sha256"]]
        extension = file.name.rpartition(".")[2][:5].upper()
        detail = f"{extension}，{_size(file.size)}"
        lines.append(FileLine(entry.get("title") or file.name, detail, file.sha256))
    return tuple(lines)


def _size(n_bytes: int) -> str:
    if n_bytes < MEBIBYTE:
        return f"{max(1, round(n_bytes / 1024))} KB"
    return f"{n_bytes / MEBIBYTE:.1f} MB"


def _foot(disclosure: Disclosure, view: RecordView) -> str:
    """The record's number and version, and the telephone for whoever sees something wrong."""
    parts = [
        gettext("公开编号 %(code)s") % {"code": disclosure.code},
        gettext("第 %(n)s 版") % {"n": disclosure.version},
    ]
    complaint = view.part.get("complaint_phone")
    if complaint is not None:
        parts.append(gettext("监督投诉电话 %(phone)s") % {"phone": complaint.text})
    elif disclosure.body.phone:
        parts.append(gettext("发布机构电话 %(phone)s") % {"phone": disclosure.body.phone})
    elif settings.SITE_CONTACT:
        parts.append(settings.SITE_CONTACT)
    return "\u3000".join(parts)


def _receipt(disclosure: Disclosure, revision: PublishedRevision | None) -> Receipt:
    address = settings.BASE_URL + disclosure.get_absolute_url()
    facts = [
        Fact(gettext("公开编号"), disclosure.code),
        Fact(gettext("版次"), gettext("第 %(n)s 版") % {"n": disclosure.version}),
    ]
    if revision is not None:
        entry = revision.log_entry
        moment = timezone.localtime(entry.logged_at).strftime("%Y-%m-%d %H:%M")
        logged = gettext("第 %(number)s 条，%(moment)s") % {
            "number": entry.number,
            "moment": moment,
        }
        facts.append(Fact(gettext("公开日志"), logged))
    return Receipt(
        title=gettext("公开凭证"),
        facts=tuple(facts),
        digest_label=gettext("内容摘要（SHA-256）"),
        digest=disclosure.digest,
        address=address,
        qr=_qr(address),
        caption=gettext("扫码核对"),
        note=gettext("本页由公开平台按上列版本排印。扫码或打开网址可以核对，以网站现行版本为准。"),
    )


@lru_cache(maxsize=256)
def _qr(address: str) -> str:
    """The address as a QR code in SVG, black on white with its quiet zone."""
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        buffer, kind="svg", xmldecl=False, svgns=True, border=2, nl=False, scale=4
    )
    return buffer.getvalue().decode()
