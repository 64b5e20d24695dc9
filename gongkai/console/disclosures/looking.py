"""Looking at a record in the console: its page, its history, comparisons, its files."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.accounts.access import Act, may
from gongkai.console.disclosures.common import TONES, draft_at_hand, person, time_left
from gongkai.disclosures import record_templates
from gongkai.disclosures.access import access_disclosure, may_edit, may_review, may_withdraw
from gongkai.disclosures.canonical import canonical_record
from gongkai.disclosures.models import Attachment, Disclosure
from gongkai.disclosures.queries import history, public_history, revision_difference
from gongkai.disclosures.rendering import rendered, view_of
from gongkai.disclosures.routes import as_step
from gongkai.disclosures.schema import Surface
from gongkai.disclosures.states import DisclosureState
from gongkai.disclosures.submissions import active_state, approved_revision


@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The record as it stands, what can be done with it and what happened to it.

    Access: a mandate to look at its body, or its reviewer.
    """
    disclosure = access_disclosure(request.user, code, Act.LOOK)
    draft = draft_at_hand(disclosure)
    state = active_state(disclosure)
    step = as_step(state.current_task_state.task) if state and state.current_task_state else None
    due_on = disclosure.duty.due_on if disclosure.duty else None
    user = person(request)
    files = {file.sha256: file for file in disclosure.attachments.all()}
    context = {
        "record": disclosure,
        "draft": draft,
        "tone": TONES[DisclosureState(disclosure.state)],
        "template": record_templates.get(disclosure.template),
        "body_html": rendered(view_of(draft, Surface.CONSOLE)),
        "files": [(entry, files.get(entry["sha256"])) for entry in draft.attachment_list],
        "step": step,
        "is_waiting": state is None
        and bool(disclosure.go_live_at)
        and approved_revision(disclosure) is not None,
        "may_edit": may_edit(user, disclosure),
        "may_review": step is not None and may_review(user, disclosure, task=step),
        "may_recall": disclosure.state == DisclosureState.IN_REVIEW
        and may(user, Act.WRITE, disclosure.body),
        "may_withdraw": disclosure.is_public and may_withdraw(user, disclosure, is_privacy=True),
        "may_schedule": may(user, Act.WRITE, disclosure.body)
        and disclosure.state != DisclosureState.WITHDRAWN,
        "happenings": history(disclosure),
        "revisions": list(public_history(disclosure)),
        "left": time_left(due_on, today=timezone.localdate()),
        "due_on": due_on,
    }
    return render(request, "console/disclosures/page.html", context)


@require_GET
def compare(request: HttpRequest, code: str, old: int, new: int) -> HttpResponse:
    """What differs between two public revisions; ``new`` 0 is the draft. Access: as ``page``."""
    disclosure = access_disclosure(request.user, code, Act.LOOK)
    revisions = {row.number: row for row in public_history(disclosure)}
    if old not in revisions or (new and new not in revisions):
        raise Http404
    newer = revisions[new].record if new else canonical_record(draft_at_hand(disclosure))
    older = revisions[old].record
    context = {
        "record": disclosure,
        "old": revisions[old],
        "new": revisions.get(new),
        "is_emptied": not older or not newer,
        "differences": revision_difference(older, newer) if older and newer else [],
    }
    return render(request, "console/disclosures/compare.html", context)


@require_GET
def attachment(request: HttpRequest, code: str, sha256: str) -> HttpResponse | FileResponse:
    """A file of the record, to be saved. Access: as ``page``."""
    file = _file(access_disclosure(request.user, code, Act.LOOK), sha256)
    if not file.file or not file.file.storage.exists(file.file.name or ""):
        raise Http404
    return FileResponse(
        file.file.open(), as_attachment=not file.is_image, filename=file.name,
        content_type=file.media_type,
    )  # fmt: skip


@require_GET
def preview(request: HttpRequest, code: str, sha256: str) -> HttpResponse | FileResponse:
    """The first page of a PDF as a picture. Access: as ``page``."""
    file = _file(access_disclosure(request.user, code, Act.LOOK), sha256)
    if not file.preview or not file.preview.storage.exists(file.preview.name or ""):
        raise Http404
    return FileResponse(file.preview.open(), content_type="image/jpeg")


@require_GET
def paper(request: HttpRequest, code: str, paper_id: int) -> HttpResponse | FileResponse:
    """The scan of a review paper. Access: as ``page``; never public."""
    disclosure = access_disclosure(request.user, code, Act.LOOK)
    found = disclosure.papers.filter(pk=paper_id).first()
    if found is None or not found.file or not found.file.storage.exists(found.file.name or ""):
        raise Http404
    return FileResponse(found.file.open(), as_attachment=True)


def _file(disclosure: Disclosure, sha256: str) -> Attachment:
    file = disclosure.attachments.filter(sha256=sha256).first()
    if file is None:
        raise Http404
    return file
