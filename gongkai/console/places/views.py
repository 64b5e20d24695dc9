"""Places in the console: the tree, the bodies, their spreadsheet, and changes of divisions."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.access import Act, scope_of
from gongkai.base.errors import GongkaiError
from gongkai.places.actions.change_division import (
    NewDivision,
    abolish_division,
    merge_divisions,
    recode_division,
    rename_division,
    split_division,
)
from gongkai.places.actions.export_places import export_places
from gongkai.places.actions.import_places import check_places, import_places
from gongkai.places.messages import error_text, problem_text
from gongkai.places.models import Body, BodyKind, Division
from gongkai.places.queries import division_tree

PAGE = 50
MOST_PROBLEMS = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _check_look(request: HttpRequest) -> None:
    if not scope_of(request.user, Act.LOOK):
        raise PermissionDenied


def _check_administer(request: HttpRequest) -> None:
    if not scope_of(request.user, Act.ADMINISTER):
        raise PermissionDenied


@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """The tree of places with their bodies. Access: any mandate to look."""
    _check_look(request)
    context = {"tree": division_tree(), "may_change": bool(scope_of(request.user, Act.ADMINISTER))}
    return render(request, "console/places/tree.html", context)


@require_GET
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies, found by name or code and by kind, page by page. Access: any mandate to look."""
    _check_look(request)
    text, kind = request.GET.get("q", "").strip()[:80], request.GET.get("kind", "")
    found = Body.objects.select_related("division", "parent").order_by("position", "code")
    if text:
        found = found.filter(
            Q(name__contains=text) | Q(short_name__contains=text) | Q(code__startswith=text)
            | Q(division__name__contains=text) | Q(aliases__name__contains=text)
        ).distinct()  # fmt: skip
    if kind in BodyKind.values:
        found = found.filter(kind=kind)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "text": text,
        "kind": kind,
        "kinds": BodyKind.choices,
        "may_change": bool(scope_of(request.user, Act.ADMINISTER)),
    }
    return render(request, "console/places/bodies.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """All places as a spreadsheet. Access: any mandate to look."""
    _check_look(request)
    response = HttpResponse(export_places(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="places.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def import_(request: HttpRequest) -> HttpResponse:
    """Check a spreadsheet of places or take it in. Access: a mandate to administer."""
    _check_administer(request)
    context: dict[str, object] = {}
    status = 200
    if request.method == "POST":
        file = request.FILES.get("file")
        act = import_places if request.POST.get("act") == "import" else check_places
        try:
            content = file.read() if file is not None else b""
            context["report"] = report = act(content, now=timezone.now())
            context["remarks"] = [problem_text(remark) for remark in report.remarks[:MOST_PROBLEMS]]
            context["is_done"] = act is import_places
        except GongkaiError as error:
            problems = error.data.get("problems", [])
            context["refused"] = error_text(error)
            context["problems"] = [problem_text(problem) for problem in problems[:MOST_PROBLEMS]]
            context["n_problems"] = len(problems)
            status = 422
    return render(request, "console/places/import.html", context, status=status)


@require_GET
def division(request: HttpRequest, pk: int) -> HttpResponse:
    """A division with its history, bodies and possible changes. Access: any mandate to look."""
    _check_look(request)
    found = _access_division(pk)
    context = {
        "division": found,
        "bodies": found.bodies.all(),
        "children": found.children.filter(valid_until=None),
        "origins": found.origins.select_related("predecessor"),
        "successions": found.successions.select_related("successor"),
        "siblings": Division.objects.filter(parent=found.parent, valid_until=None).exclude(
            pk=found.pk
        )
        if found.parent
        else (),
        "may_change": _may_change(request, found) and found.valid_until is None,
        "today": timezone.localdate(),
    }
    return render(request, "console/places/division.html", context)


@require_POST
def change(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Rename, recode, merge, split or abolish. Access: a mandate to administer the place."""
    found = _access_division(pk)
    if act not in _CHANGES:
        raise Http404("no such change")
    if not _may_change(request, found):
        raise PermissionDenied
    try:
        on = dt.date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        messages.error(request, gettext("请写明生效日期，如 2026-01-31。"))
        return redirect("console_places:division", found.pk)
    try:
        successor = _CHANGES[act](request, found, on)
        messages.success(request, gettext("已办理，原区划保留在沿革中。"))
    except GongkaiError as error:
        messages.error(request, error_text(error))
        successor = found
    return redirect("console_places:division", successor.pk)


def _rename(request: HttpRequest, found: Division, on: dt.date) -> Division:
    name = request.POST.get("name", "").strip()[:80] or found.name
    return rename_division(found, name=name, on=on)


def _recode(request: HttpRequest, found: Division, on: dt.date) -> Division:
    return recode_division(found, code=request.POST.get("code", "").strip(), on=on)


def _merge(request: HttpRequest, found: Division, on: dt.date) -> Division:
    chosen = [text for text in request.POST.getlist("with") if text.isascii() and text.isdigit()]
    others = Division.objects.filter(pk__in=chosen[:500], parent=found.parent, valid_until=None)
    return merge_divisions([found, *others], into=_new(request, ""), on=on)


def _split(request: HttpRequest, found: Division, on: dt.date) -> Division:
    return split_division(found, into=[_new(request, "1"), _new(request, "2")], on=on)[0]


def _abolish(request: HttpRequest, found: Division, on: dt.date) -> Division:
    abolish_division(found, on=on)
    return found


def _new(request: HttpRequest, suffix: str) -> NewDivision:
    code = request.POST.get(f"code{suffix}", "").strip()
    return NewDivision(code, request.POST.get(f"name{suffix}", "").strip()[:80] or code)


_CHANGES = {
    "rename": _rename,
    "recode": _recode,
    "merge": _merge,
    "split": _split,
    "abolish": _abolish,
}


def _access_division(pk: int) -> Division:
    found = Division.objects.select_related("parent").filter(pk=pk).first()
    if found is None:
        raise Http404("no such division")
    return found


def _may_change(request: HttpRequest, found: Division) -> bool:
    """Whether the place lies in a subtree that the person administers."""
    prefixes = scope_of(request.user, Act.ADMINISTER).subtree_prefixes
    return any(found.code.startswith(prefix) for prefix in prefixes)
