"""One disclosure: its page, printed sheet, data, versions, receipt and files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from gongkai.disclosures.models import Attachment, Disclosure, PublishedRevision
from gongkai.disclosures.record_templates import registry
from gongkai.disclosures.rendering import rendered, view_of, view_of_record
from gongkai.disclosures.states import DisclosureState
from gongkai.duties.states import state_on
from gongkai.footprints.actions import count_view
from gongkai.footprints.queries import views_of
from gongkai.footprints.rules import is_view_by_person
from gongkai.log.rules import canonical_json
from gongkai.portal import cachetags, presentation
from gongkai.portal.context import shown_in
from gongkai.portal.listing import Selection, newest
from gongkai.portal.places import trail_of
from gongkai.portal.records import files_of, qr_svg, versions_of
from gongkai.portal.traditional import traditional_text
from gongkai.sheets.queries import can_print, printed_sheet

N_RELATED = 5
LONGEST_FILE_NAME = 80
FILE_POLICY = "default-src 'none'; object-src 'self'; frame-ancestors 'self'"
ASK_AGAIN = "no-cache"
"""No cache serves a file without asking: it may be gone with its record."""

ORIGINAL_TYPES = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}


def _public_record(code: str) -> Disclosure:
    """The record that is or was public. Raises ``Http404`` for drafts and unknown codes."""
    found: Disclosure = get_object_or_404(
        Disclosure.objects.select_related(
            "body__division", "domain", "item__edition__domain", "duty__item"
        ),
        code=code,
        version__gt=0,
    )
    return found


def _tag(response: HttpResponse, disclosure: Disclosure) -> HttpResponse:
    cachetags.tag(response, f"disclosure:{disclosure.code}", f"body:{disclosure.body.code}")
    return response


def _address(disclosure: Disclosure) -> str:
    return settings.BASE_URL + disclosure.get_absolute_url()


@require_safe
def disclosure_page(request: HttpRequest, code: str) -> HttpResponse:
    """``/d/<code>/``; 410 with the reason for one that was withdrawn."""
    disclosure = _public_record(code)
    if disclosure.state == DisclosureState.WITHDRAWN:
        return _tombstone(request, disclosure)
    template = registry().get(disclosure.template)
    subject = f"disclosure:{code}"
    related = _related(disclosure)
    context = {
        "section": {"policy_document": "policies", "service_guide": "services"}.get(
            disclosure.template, "catalogue"
        ),
        "disclosure": disclosure,
        "template": template,
        "content": rendered(view_of(disclosure)),
        "files": files_of(disclosure),
        "are_files_closed": disclosure.state == DisclosureState.EXPIRED,
        "revision": disclosure.published_revisions.select_related("log_entry").last(),
        "n_views": views_of([subject])[subject],
        "qr": qr_svg(_address(disclosure)),
        "duty_state": _duty_state(disclosure),
        "related": related,
        "trail": trail_of(disclosure.body.division),
        "address": _address(disclosure),
        "can_print": can_print(),
    }
    response = _tag(render(request, "portal/disclosure.html", context), disclosure)
    cachetags.tag(response, *(f"disclosure:{row.code}" for row in related))
    return response


def _duty_state(disclosure: Disclosure) -> str:
    """The state of the duty that the record meets, or ""."""
    duty = disclosure.duty
    if duty is None:
        return ""
    return state_on(
        timezone.localdate(), due_on=duty.due_on, met_on=duty.met_on, closed_by=duty.closed_by
    ).value


def _related(disclosure: Disclosure) -> list[Disclosure]:
    """Other public records on the same item."""
    if not disclosure.item_key:
        return []
    rows = newest(Selection(item_key=disclosure.item_key), n=N_RELATED + 1).rows
    return [row for row in rows if row.pk != disclosure.pk][:N_RELATED]


def _tombstone(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    context = {"disclosure": disclosure, "address": _address(disclosure)}
    response = render(request, "portal/disclosure_withdrawn.html", context, status=410)
    return _tag(response, disclosure)


@require_safe
def disclosure_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """``/d/<code>.pdf``: the printed sheet; 410 like the page for one that was withdrawn."""
    disclosure = _public_record(code)
    if disclosure.state == DisclosureState.WITHDRAWN:
        return _tombstone(request, disclosure)
    shown = shown_in(request)
    sheet = printed_sheet(
        disclosure,
        language=shown.html_language,
        convert=traditional_text if shown.language == presentation.TRADITIONAL else None,
    )
    response = HttpResponse(sheet.content, content_type="application/pdf")
    name = content_disposition_header(False, f"{disclosure.title[:LONGEST_FILE_NAME]}.pdf")
    response.headers["Content-Disposition"] = name or "inline"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["ETag"] = f'"{sheet.fingerprint}"'
    tagged = _tag(response, disclosure)
    answer = get_conditional_response(request, etag=tagged.headers["ETag"], response=tagged)
    return answer if isinstance(answer, HttpResponse) else tagged


@require_safe
def disclosure_json(request: HttpRequest, code: str) -> HttpResponse:
    """``/d/<code>.json``: the canonical record, its digest and its place in the log."""
    disclosure = _public_record(code)
    revision = disclosure.published_revisions.select_related("log_entry").last()
    is_withdrawn = disclosure.state == DisclosureState.WITHDRAWN
    body: dict[str, Any] = {
        "url": _address(disclosure),
        "state": disclosure.state,
        "published_at": disclosure.published_at,
        "changed_at": disclosure.changed_at,
        "withdrawn_at": disclosure.withdrawn_at,
        "withdrawal_reason": disclosure.withdrawal_reason,
        **_receipt(disclosure, revision),
        "record": revision.record if revision else {},
        "attachments": []
        if is_withdrawn or disclosure.state == DisclosureState.EXPIRED
        else [
            {
                "title": listed.title,
                "media_type": listed.attachment.media_type,
                "size": listed.attachment.size,
                "sha256": listed.attachment.sha256,
                "url": f"{_address(disclosure)}files/{listed.attachment.sha256}/",
            }
            for listed in files_of(disclosure)
        ],
    }
    response = JsonResponse(
        body, status=410 if is_withdrawn else 200, json_dumps_params={"ensure_ascii": False}
    )
    return _tag(response, disclosure)


def _receipt(disclosure: Disclosure, revision: PublishedRevision | None) -> dict[str, Any]:
    """What proves the present version."""
    if revision is None:
        return {"version": disclosure.version, "digest": disclosure.digest, "log": None}
    entry = revision.log_entry
    return {
        "version": revision.number,
        "digest": revision.digest,
        "log": {
            "number": entry.number,
            "kind": entry.kind,
            "subject": entry.subject,
            "record_digest": entry.record_digest,
            "reason": entry.reason,
            "body": entry.body_code,
            "time": entry.logged_at,
            "previous_hash": entry.previous_hash,
            "entry_hash": entry.entry_hash,
        },
    }


@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """``/d/<code>/history/``: every public version and what each changed."""
    disclosure = _public_record(code)
    context = {"disclosure": disclosure, "versions": versions_of(disclosure)}
    return _tag(render(request, "portal/history.html", context), disclosure)


def _readable_version(disclosure: Disclosure, number: int) -> PublishedRevision:
    """A version whose text may still be read; one hidden for privacy may not."""
    revision = (
        disclosure.published_revisions.select_related("log_entry").filter(number=number).first()
    )
    if revision is None or not revision.record:
        raise Http404
    return revision


@require_safe
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """``/d/<code>/history/<n>/``: the text as it stood in one version."""
    disclosure = _public_record(code)
    revision = _readable_version(disclosure, number)
    if revision.record.get("withdrawn"):
        raise Http404
    context = {
        "disclosure": disclosure,
        "revision": revision,
        "record": revision.record,
        "content": rendered(view_of_record(revision.record)),
        "is_present": revision.number == disclosure.version and disclosure.is_public,
    }
    return _tag(render(request, "portal/version.html", context), disclosure)


@require_safe
def version_json(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """``/d/<code>/history/<n>.json``: the very bytes whose SHA-256 is the digest of the version."""
    disclosure = _public_record(code)
    revision = _readable_version(disclosure, number)
    content = canonical_json(revision.record).encode("utf-8", "surrogatepass")
    return _tag(HttpResponse(content, content_type="application/json"), disclosure)


@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """``/d/<code>/receipt/``: digest, log entry, and how to check both without trusting us."""
    disclosure = _public_record(code)
    context = {
        "disclosure": disclosure,
        "revision": disclosure.published_revisions.select_related("log_entry").last(),
        "address": _address(disclosure),
        "qr": qr_svg(_address(disclosure) + "receipt/"),
    }
    return _tag(render(request, "portal/receipt.html", context), disclosure)


def _open_attachment(code: str, sha256: str) -> tuple[Disclosure, Attachment]:
    """A file that may be read now: listed by the present version of a record in force."""
    disclosure = get_object_or_404(
        Disclosure.objects.select_related("body").filter(
            Q(state=DisclosureState.PUBLISHED) | Q(state=DisclosureState.CORRECTED)
        ),
        code=code,
    )
    if sha256 not in {entry.get("sha256") for entry in disclosure.attachment_list}:
        raise Http404
    return disclosure, get_object_or_404(Attachment, disclosure=disclosure, sha256=sha256)


@require_safe
def attachment(request: HttpRequest, code: str, sha256: str) -> HttpResponseBase:
    """``/d/<code>/files/<sha256>/``: an attachment; pictures and PDF open, others are saved."""
    disclosure, found = _open_attachment(code, sha256)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    is_shown = found.media_type in ORIGINAL_TYPES
    response = FileResponse(
        content,
        as_attachment=not is_shown,
        filename=found.name,
        content_type=found.media_type if is_shown else "application/octet-stream",
    )
    response.headers["ETag"] = f'"{sha256}"'
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Cache-Control"] = ASK_AGAIN
    cachetags.tag(response, f"disclosure:{disclosure.code}")
    return response


@require_safe
def preview(request: HttpRequest, code: str, sha256: str) -> HttpResponseBase:
    """``/d/<code>/previews/<sha256>/``: the picture of a document's first page."""
    disclosure, found = _open_attachment(code, sha256)
    if not found.preview:
        raise Http404
    try:
        content = found.preview.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    kind = (
        "image/jpeg" if str(found.preview.name).lower().endswith((".jpg", ".jpeg")) else "image/png"
    )
    response = FileResponse(content, content_type=kind)
    response.headers["ETag"] = f'"preview-{sha256}"'
    response.headers["Cache-Control"] = ASK_AGAIN
    cachetags.tag(response, f"disclosure:{disclosure.code}")
    return response


@csrf_exempt
@require_POST
def count(request: HttpRequest, code: str) -> HttpResponse:
    """``POST /v/<code>/``: one view by a person's browser; tells the number as it is now.

    It changes nothing but a counter and knows nothing of the reader, so it needs no token.
    """
    if not Disclosure.objects.public().filter(code=code).exists():
        raise Http404
    subject = f"disclosure:{code}"
    if is_view_by_person(request.headers):
        count_view(subject, now=timezone.now())
    response = JsonResponse({"n_views": views_of([subject])[subject]})
    response.headers["Cache-Control"] = "no-store"
    return response
