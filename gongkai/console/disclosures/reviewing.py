"""The review page, made for a phone: what changed, what the checks say, approve or return."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.accounts.access import Act
from gongkai.base.errors import Forbidden, GongkaiError, Refused
from gongkai.console.disclosures.common import checks_of, person, sent, tell_refusal, time_left
from gongkai.disclosures import record_templates
from gongkai.disclosures.access import access_disclosure, check_may_review
from gongkai.disclosures.actions import approve, return_draft
from gongkai.disclosures.canonical import canonical_record, digest_of, draft_of
from gongkai.disclosures.messages import error_text
from gongkai.disclosures.models import Disclosure, ReviewTask
from gongkai.disclosures.queries import decisions_of, public_history, revision_difference
from gongkai.disclosures.rendering import rendered, view_of
from gongkai.disclosures.routes import as_step, steps_of
from gongkai.disclosures.schema import Surface
from gongkai.disclosures.submissions import active_state, last_submission


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, code: str) -> HttpResponse:
    """Decide on what lies at the current step. Access: a reviewer's mandate for this step."""
    disclosure = access_disclosure(request.user, code, Act.LOOK)
    if request.method == "POST":
        return _decided(request, disclosure)
    state = active_state(disclosure)
    if state is None or state.current_task_state is None:
        messages.warning(request, gettext("这条信息现在不在审核中，可能已被处理"))
        return redirect("console_disclosures:page", code=code)
    step = as_step(state.current_task_state.task)
    draft = draft_of(disclosure, state.current_task_state.revision)
    submission = last_submission(disclosure)
    before = public_history(disclosure).first() if disclosure.version else None
    due_on = disclosure.duty.due_on if disclosure.duty else None
    files = {file.sha256: file for file in disclosure.attachments.all()}
    context = {
        "record": disclosure,
        "draft": draft,
        "digest": digest_of(draft),
        "template": record_templates.get(disclosure.template),
        "step": step,
        "steps": _steps(steps_of(state.workflow), step),
        "why_not": _why_not(request, disclosure, step),
        "submission": submission,
        "decisions": decisions_of(disclosure),
        "checks": checks_of(draft, now=timezone.now()),
        "before": before,
        "differences": revision_difference(before.record, canonical_record(draft))
        if before and before.record
        else [],
        "body_html": rendered(view_of(draft, Surface.CONSOLE)),
        "files": [(entry, files.get(entry["sha256"])) for entry in draft.attachment_list],
        "papers": disclosure.papers.order_by("-pk"),
        "left": time_left(due_on, today=timezone.localdate()),
        "due_on": due_on,
    }
    return render(request, "console/disclosures/review.html", context)


def _steps(steps: list[ReviewTask], current: ReviewTask) -> list[tuple[str, str]]:
    """``(name, "done" | "now" | "later")`` for every step in order."""
    place = next((n for n, step in enumerate(steps) if step.pk == current.pk), 0)
    return [
        (step.step, "done" if n < place else "now" if n == place else "later")
        for n, step in enumerate(steps)
    ]


def _why_not(request: HttpRequest, disclosure: Disclosure, step: ReviewTask) -> str:
    try:
        check_may_review(person(request), disclosure, task=step, on=timezone.localdate())
    except (Forbidden, Refused) as error:
        return error_text(error)
    return ""


def _decided(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """Approve or return the text whose digest the page showed."""
    digest, comment = sent(request, "digest", limit=64), sent(request, "comment")
    act = sent(request, "act")
    now, by = timezone.now(), person(request)
    try:
        if act == "approve":
            approve(disclosure, by=by, digest=digest, comment=comment.strip(), now=now)
            done = gettext("已通过，并已公开") if disclosure.is_public else gettext("已通过")
        elif act == "return":
            return_draft(disclosure, by=by, digest=digest, comment=comment, now=now)
            done = gettext("已退回修改")
        else:
            return redirect("console_disclosures:review", code=disclosure.code)
    except Forbidden:
        raise
    except GongkaiError as error:
        tell_refusal(request, error)
        return redirect("console_disclosures:review", code=disclosure.code)
    messages.success(request, done)
    return redirect("console_disclosures:queue")
