"""Beginning and editing a draft: the form, its files and papers, its checks, handing it in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files import File
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.access import Act, bodies_for
from gongkai.base.errors import Forbidden, GongkaiError
from gongkai.console.disclosures.common import (
    Check,
    checks_of,
    draft_at_hand,
    person,
    sent,
    tell_refusal,
    time_left,
)
from gongkai.console.disclosures.forms import DraftForm, PaperForm, listed_attachments
from gongkai.disclosures import record_templates
from gongkai.disclosures.access import access_disclosure, may_edit
from gongkai.disclosures.actions import (
    add_attachment,
    add_paper,
    create_draft,
    facts_from_duty,
    save_draft,
    submit,
)
from gongkai.disclosures.actions.save_draft import cleaned_changes
from gongkai.disclosures.attachments import accept
from gongkai.disclosures.canonical import digest_of
from gongkai.disclosures.messages import error_text
from gongkai.disclosures.models import Disclosure, ReviewPaper
from gongkai.duties.models import Duty
from gongkai.places.models import Body


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose a template and a body; from a duty (?duty=CODE) both facts and body are known.

    Access: a writer's mandate on the body.
    """
    bodies = bodies_for(request.user, Act.WRITE)
    if not bodies.exists():
        raise Forbidden("access.no_mandate", act=Act.WRITE.value, body="")
    duty = _duty(request, bodies)
    if request.method == "POST":
        made = _begin(request, bodies=bodies, duty=duty)
        if made is not None:
            return redirect("console_disclosures:edit", code=made.code)
    context = {
        "templates": record_templates.registry().values(),
        "bodies": bodies[:400],
        "duty": duty,
        "facts": facts_from_duty(duty) if duty else {},
    }
    return render(request, "console/disclosures/new.html", context)


def _duty(request: HttpRequest, bodies: Any) -> Duty | None:
    code = sent(request, "duty") or request.GET.get("duty", "").replace("\x00", "")
    if not code:
        return None
    duty = (
        Duty.objects.filter(code=code[:40], body__in=bodies.order_by())
        .select_related("body__division", "item__edition__domain", "event")
        .first()
    )
    if duty is None:
        raise Http404
    return duty


def _begin(request: HttpRequest, *, bodies: Any, duty: Duty | None) -> Disclosure | None:
    body: Body | None = duty.body if duty else None
    if body is None:
        code = sent(request, "body")
        body = bodies.select_related("division").filter(code=code).first()
    if body is None:
        messages.error(request, gettext("请选择由哪个机构公开"))
        return None
    try:
        return create_draft(
            body,
            template=request.POST.get("template", ""),
            by=person(request),
            now=timezone.now(),
            duty=duty,
        )
    except GongkaiError as error:
        tell_refusal(request, error)
        return None


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The form of the draft with its checks. Access: a writer's mandate on the body."""
    disclosure = access_disclosure(request.user, code, Act.WRITE)
    if not may_edit(request.user, disclosure):
        messages.warning(request, gettext("现在不能修改，可能正在审核或已撤回"))
        return redirect("console_disclosures:page", code=code)
    if request.method == "POST":
        form = DraftForm(draft_at_hand(disclosure), request.POST)
        if form.is_valid():
            return _saved(request, disclosure, form)
        messages.error(request, gettext("没有保存：有日期或选项填得不对，请看标红的地方"))
    else:
        form = DraftForm(draft_at_hand(disclosure))
    return _edit_page(request, disclosure, form)


def _saved(request: HttpRequest, disclosure: Disclosure, form: DraftForm) -> HttpResponse:
    """Save files and draft; with the button 提交审核, hand it in as well."""
    now, by = timezone.now(), person(request)
    listed = listed_attachments(form.draft, request.POST)
    for upload in request.FILES.getlist("files"):
        listed += _uploaded(request, disclosure, upload)
    changes = form.changes() | {"attachment_list": _unique(listed)}
    try:
        save_draft(disclosure, by=by, changes=changes, now=now)
        if request.POST.get("act") == "submit":
            submit(disclosure, by=by, now=now, reason=sent(request, "reason"))
            messages.success(request, gettext("已提交审核"))
            return redirect("console_disclosures:page", code=disclosure.code)
    except GongkaiError as error:
        tell_refusal(request, error)
    else:
        messages.success(request, gettext("草稿已保存"))
    return redirect("console_disclosures:edit", code=disclosure.code)


def _uploaded(
    request: HttpRequest, disclosure: Disclosure, upload: File[bytes]
) -> list[dict[str, str]]:
    """The entry of an uploaded file, or none and a message that says why."""
    name = upload.name or ""
    try:
        kept = add_attachment(
            disclosure, content=upload.read(), name=name, by=person(request), now=timezone.now()
        )
    except GongkaiError as error:
        messages.error(request, error_text(error))
        return []
    return [{"sha256": kept.sha256, "title": kept.name}]


def _unique(listed: list[dict[str, str]]) -> list[dict[str, str]]:
    return list({entry["sha256"]: entry for entry in listed}.values())


def _edit_page(request: HttpRequest, disclosure: Disclosure, form: DraftForm) -> HttpResponse:
    draft = form.draft
    now = timezone.now()
    files = {file.sha256: file for file in disclosure.attachments.all()}
    due_on = disclosure.duty.due_on if disclosure.duty else None
    context = {
        "record": disclosure,
        "draft": draft,
        "form": form,
        "template": form.template,
        "checks": checks_of(draft, now=now),
        "files": [
            {"entry": entry, "file": files.get(entry["sha256"]), "order": number}
            for number, entry in enumerate(draft.attachment_list, start=1)
        ],
        "paper_form": PaperForm(initial={"signed_on": timezone.localdate()}),
        "papers": _papers(disclosure, draft, form),
        "left": time_left(due_on, today=timezone.localdate()),
        "due_on": due_on,
        "is_correction": disclosure.version > 0,
    }
    return render(request, "console/disclosures/edit.html", context)


def _papers(disclosure: Disclosure, draft: Disclosure, form: DraftForm) -> dict[str, Any]:
    """The papers that the template demands, each with what is there and whether it still holds."""
    digest = digest_of(draft)
    labels = dict(ReviewPaper.Kind.choices)
    at_hand = list(disclosure.papers.order_by("-added_at", "-pk"))
    return {
        "demanded": [
            {
                "label": labels[kind.value],
                "is_met": any(p.kind == kind.value and p.digest == digest for p in at_hand),
            }
            for kind in form.template.papers
        ],
        "at_hand": [{"paper": paper, "is_current": paper.digest == digest} for paper in at_hand],
    }


@require_POST
def checks(request: HttpRequest, code: str) -> HttpResponse:
    """The checks of what stands in the form now, without saving it (htmx). Access: as ``edit``."""
    disclosure = access_disclosure(request.user, code, Act.WRITE)
    draft = draft_at_hand(disclosure)
    form = DraftForm(draft, request.POST)
    found: list[Check] = []
    if form.is_valid():
        for name, value in cleaned_changes(draft, form.changes()).items():
            setattr(draft, name, value)
        draft.attachment_list = listed_attachments(draft, request.POST)
        found = checks_of(draft, now=timezone.now())
    else:
        found = [
            Check(f"{form[name].label}：{errors[0]}", form[name].id_for_label, True)
            for name, errors in form.errors.items()
        ]
    return render(request, "console/disclosures/_checks.html", {"checks": found})


@require_POST
def add_review_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Add a paper of the review to the draft as saved. Access: a writer's mandate."""
    disclosure = access_disclosure(request.user, code, Act.WRITE)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, gettext("审查材料没有保存：请写明材料、结论、签字人和日期"))
        return redirect("console_disclosures:edit", code=code)
    clean = form.cleaned_data
    upload = clean.pop("file")
    try:
        scan = accept(upload.read(), name=upload.name or "") if upload else None
        add_paper(disclosure, by=person(request), now=timezone.now(), scan=scan, **clean)
        messages.success(request, gettext("审查材料已保存，对应现在这一版内容"))
    except GongkaiError as error:
        tell_refusal(request, error)
    return redirect("console_disclosures:edit", code=code)
