"""People and mandates in the console: who may act for whom, by administrators only."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.access import Act, Scope, bodies_for, scope_of
from gongkai.accounts.actions.change_mandates import (
    close_account,
    end_mandate,
    grant_mandate,
    register_person,
    reset_password,
)
from gongkai.accounts.models import Mandate, Role, User
from gongkai.base.errors import Forbidden, GongkaiError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PAGE = 50
TEXTS: dict[str, _StrPromise] = {
    "people.username_form": _("账号用3到60个字母、数字或 . _ @ - 组成。"),
    "people.username_taken": _("这个账号已经有人用了，请换一个。"),
    "people.name_missing": _("请填写姓名。"),
    "people.own_mandate": _("不能给自己授权，也不能终止自己的管理员授权。请由另一位管理员办理。"),
    "people.own_account": _("不能停用自己的账号或重置自己的密码。请由另一位管理员办理。"),
    "people.role_unknown": _("请选择角色。"),
    "people.dates_reversed": _("止日早于起日，请改正。"),
    "people.mandate_exists": _("此人在该机构已有同样的授权。"),
    "people.mandate_ended": _("该授权已经终止。"),
}


def _administrator(request: HttpRequest) -> tuple[User, Scope]:
    scope = scope_of(request.user, Act.ADMINISTER)
    if not scope:
        raise PermissionDenied
    return cast("User", request.user), scope


def _people(scope: Scope) -> QuerySet[User]:
    """People with a mandate in the scope, and people without any mandate yet."""
    any_mandate = Mandate.objects.filter(user=OuterRef("pk"))
    inside = any_mandate.filter(scope.as_query("body"))
    return User.objects.filter(Exists(inside) | ~Exists(any_mandate)).order_by("username")


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody whom the person administers, with today's mandates. Access: administer."""
    by, scope = _administrator(request)
    text = request.GET.get("q", "").strip()[:60]
    found = _people(scope)
    if text:
        found = found.filter(
            Q(username__icontains=text) | Q(display_name__contains=text)
            | Q(mandates__body__name__contains=text)
        ).distinct()  # fmt: skip
    valid = Mandate.objects.exclude(valid_until__lt=timezone.localdate()).select_related("body")
    page = Paginator(
        found.prefetch_related(Prefetch("mandates", queryset=valid, to_attr="held")), PAGE
    ).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"page": page, "query": query.urlencode(), "text": text, "person": by}
    return render(request, "console/people/people.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register a person; the first password is shown once. Access: administer."""
    by, _scope = _administrator(request)
    context: dict[str, object] = {}
    if request.method == "POST":
        username = request.POST.get("username", "").strip()
        name = request.POST.get("display_name", "").strip()
        context = {"username": username, "display_name": name}
        try:
            user, password = register_person(username=username, display_name=name, by=by)
            context |= {"created": user, "password": password}
        except GongkaiError as error:
            context["problem"] = _text(error)
    status = 400 if "problem" in context else 200
    return render(request, "console/people/new.html", context, status=status)


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's mandates, past ones too, and a form for a new one. Access: administer."""
    by, scope = _administrator(request)
    user = _access_person(scope, pk)
    mandates = user.mandates.select_related("body__division", "granted_by").order_by("-valid_from")
    today = timezone.localdate()
    context = {
        "user_shown": user,
        "mandates": [
            (one, one.valid_until is None or one.valid_until >= today, scope.covers(one.body))
            for one in mandates
        ],
        "bodies": bodies_for(by, Act.ADMINISTER).filter(valid_until=None),
        "roles": Role.choices,
        "today": today,
        "is_self": user.pk == by.pk,
    }
    return render(request, "console/people/person.html", context)


@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant a mandate. Access: administer the body."""
    by, scope = _administrator(request)
    user = _access_person(scope, pk)
    body = bodies_for(by, Act.ADMINISTER).filter(code=request.POST.get("body", "")).first()
    if body is None:
        messages.error(request, gettext("请选择机构。"))
        return redirect("console_people:person", user.pk)
    try:
        grant_mandate(
            user,
            body=body,
            role=request.POST.get("role", ""),
            covers_subtree=bool(request.POST.get("covers_subtree")),
            valid_from=_day(request.POST.get("valid_from", "")) or timezone.localdate(),
            valid_until=_day(request.POST.get("valid_until", "")),
            by=by,
        )
        messages.success(request, gettext("已授权。"))
    except GongkaiError as error:
        messages.error(request, _text(error))
    return redirect("console_people:person", user.pk)


@require_POST
def end(request: HttpRequest, pk: int, mandate_pk: int) -> HttpResponse:
    """End a mandate today. Access: administer its body."""
    by, scope = _administrator(request)
    user = _access_person(scope, pk)
    mandate = user.mandates.select_related("body__division").filter(pk=mandate_pk).first()
    if mandate is None:
        raise Http404("no such mandate")
    try:
        end_mandate(mandate, by=by, on=timezone.localdate())
        messages.success(request, gettext("授权已终止，记录保留。"))
    except GongkaiError as error:
        messages.error(request, _text(error))
    return redirect("console_people:person", user.pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account. Access: administer every body of the person."""
    by, scope = _administrator(request)
    user = _access_person(scope, pk)
    try:
        close_account(user, by=by)
        messages.success(request, gettext("账号已停用。"))
    except GongkaiError as error:
        messages.error(request, _text(error))
    return redirect("console_people:person", user.pk)


@require_POST
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new first password, shown once. Access: administer every body of the person."""
    by, scope = _administrator(request)
    user = _access_person(scope, pk)
    try:
        secret = reset_password(user, by=by)
    except GongkaiError as error:
        messages.error(request, _text(error))
        return redirect("console_people:person", user.pk)
    context = {"created": user, "password": secret, "is_reset": True}
    return render(request, "console/people/new.html", context)


def _access_person(scope: Scope, pk: int) -> User:
    user = _people(scope).filter(pk=pk).first()
    if user is None:
        raise Http404("no such person here")
    return user


def _text(error: GongkaiError) -> str:
    if isinstance(error, Forbidden):
        return gettext("您没有管理此人全部机构的授权，请由上级管理员办理。")
    return str(TEXTS.get(error.code, error.code))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
