"""The own account in the console: name, telephone, language; ways to password and factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.actions.change_own_details import change_own_details, choose_language
from gongkai.accounts.models import Mandate
from gongkai.base.errors import GongkaiError

if TYPE_CHECKING:
    from gongkai.accounts.models import User


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here and what I may do. Access: the person's own."""
    user = cast("User", request.user)
    problem = ""
    if request.method == "POST":
        sent = {name: _clean(request.POST.get(name, "")) for name in ("display_name", "phone")}
        try:
            change_own_details(user, **sent)
            messages.success(request, gettext("已保存。"))
            return redirect("console_account")
        except GongkaiError:
            problem = gettext("请填写姓名，它会出现在您签署的每个决定上。")
    today = timezone.localdate()
    context = {
        "problem": problem,
        "language": get_language(),
        "mandates": Mandate.objects.valid_on(today).filter(user=user).select_related("body"),
    }
    return render(request, "console/account.html", context, status=422 if problem else 200)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the console's language and go back to the page. Access: the person's own."""
    chosen = request.POST.get("language", "")
    try:
        choose_language(cast("User", request.user), language=chosen)
    except GongkaiError:
        messages.error(request, gettext("没有这种语言。"))
    else:
        with override(chosen):
            messages.success(request, gettext("工作台现在用中文显示。"))
    back = request.POST.get("next", "")
    is_own = back.startswith("/console/") and url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}
    )
    return redirect(back if is_own else "console_home")


def _clean(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())
