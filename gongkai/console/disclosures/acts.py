"""Acts on a record from its page: take back a submission, set times, publish now, withdraw."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.access import Act
from gongkai.base.errors import Forbidden, GongkaiError
from gongkai.console.disclosures.common import person, sent, tell_refusal
from gongkai.console.disclosures.forms import ScheduleForm
from gongkai.disclosures.access import access_disclosure, may_withdraw
from gongkai.disclosures.actions import correct, publish, recall, schedule, withdraw


@require_POST
def recall_submission(request: HttpRequest, code: str) -> HttpResponse:
    """Take the submission back. Access: a writer's mandate on the body."""
    disclosure = access_disclosure(request.user, code, Act.WRITE)
    try:
        recall(disclosure, by=person(request), now=timezone.now())
        messages.success(request, gettext("已撤回提交，可以继续修改"))
    except GongkaiError as error:
        tell_refusal(request, error)
    return redirect("console_disclosures:page", code=code)


@require_POST
def publish_now(request: HttpRequest, code: str) -> HttpResponse:
    """Publish what was approved and waits for its time. Access: a writer's mandate."""
    disclosure = access_disclosure(request.user, code, Act.WRITE)
    act = correct if disclosure.version else publish
    try:
        act(disclosure, by=person(request), now=timezone.now())
        messages.success(request, gettext("已公开"))
    except GongkaiError as error:
        tell_refusal(request, error)
    return redirect("console_disclosures:page", code=code)


@require_http_methods(["GET", "POST"])
def set_schedule(request: HttpRequest, code: str) -> HttpResponse:
    """Set when it goes public and when it expires. Access: a writer's mandate."""
    disclosure = access_disclosure(request.user, code, Act.WRITE)
    initial = {"go_live_at": disclosure.go_live_at, "expire_at": disclosure.expire_at}
    form = ScheduleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            schedule(disclosure, by=person(request), now=timezone.now(), **form.cleaned_data)
            messages.success(request, gettext("时间已保存"))
            return redirect("console_disclosures:page", code=code)
        except GongkaiError as error:
            tell_refusal(request, error)
    context = {"record": disclosure, "form": form}
    return render(request, "console/disclosures/schedule.html", context)


@require_http_methods(["GET", "POST"])
def withdraw_record(request: HttpRequest, code: str) -> HttpResponse:
    """Withdraw with a public reason. Access: reviewer, district office; for privacy any writer."""
    disclosure = access_disclosure(request.user, code, Act.LOOK)
    user = person(request)
    if not may_withdraw(user, disclosure, is_privacy=True):
        raise Forbidden("access.no_mandate", act="withdraw", body=disclosure.body.name)
    if request.method == "POST":
        try:
            withdraw(
                disclosure,
                by=user,
                reason=sent(request, "reason"),
                is_privacy=bool(request.POST.get("is_privacy")),
                now=timezone.now(),
            )
            messages.success(request, gettext("已撤回，理由已向社会公开"))
            return redirect("console_disclosures:page", code=code)
        except GongkaiError as error:
            tell_refusal(request, error)
    context = {
        "record": disclosure,
        "only_privacy": not may_withdraw(user, disclosure, is_privacy=False),
        "reason": sent(request, "reason"),
    }
    return render(request, "console/disclosures/withdraw.html", context)
