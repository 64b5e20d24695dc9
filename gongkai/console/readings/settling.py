"""The reading beside its source: questions answered there, the difference, and its confirmation."""

from __future__ import annotations

from collections import Counter, defaultdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from gongkai.base.errors import Forbidden, GongkaiError
from gongkai.catalogue.models import Domain
from gongkai.console.readings.access import access_reading, may_change, person
from gongkai.console.readings.forms import answer_from, day_from, page_number
from gongkai.console.readings.presentation import FIELD_LABELS, Asked, asked, understood
from gongkai.console.readings.sources import source_line
from gongkai.duties.models import Duty
from gongkai.readings.actions.confirm_reading import confirm_reading, discard_reading
from gongkai.readings.actions.settle_question import (
    leave_unknown,
    settle_equal_questions,
    settle_question,
)
from gongkai.readings.models import CatalogueReading, ReadingQuestion
from gongkai.readings.queries import reading_difference, rows_of_reading
from gongkai.readings.texts import error_text

PAGE = 20
SHOWN = ("open", "asked", "all")
MOST_CHANGES = 300


@require_GET
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Rows beside their source with their questions. Access: a mandate to look at the body."""
    found = access_reading(request, pk)
    questions = list(found.questions.select_related("settled_by").order_by("pk"))
    n_open = sum(question.settled_at is None for question in questions)
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else "open" if n_open else "all"
    rows = rows_of_reading(found)
    by_row: dict[int | None, list[ReadingQuestion]] = defaultdict(list)
    for question in questions:
        by_row[question.row_position].append(question)
    positions = [n for n in range(len(rows)) if _is_shown(shown, by_row.get(n, []))]
    page = Paginator(positions, PAGE).get_page(page_number(request.GET.get("page")))
    equal = Counter((q.field, q.why, q.raw) for q in questions if q.settled_at is None)

    def on_page(question: ReadingQuestion, position: int | None) -> Asked:
        n_equal = equal[question.field, question.why, question.raw]
        return asked(question, None if position is None else rows[position], n_equal)

    entries = [
        {
            "row": rows[n],
            "number": n + 1,
            "line": source_line(
                found.source, rows[n].where, [question.where for question in by_row.get(n, [])]
            ),
            "fields": understood(
                rows[n], {q.field for q in by_row.get(n, []) if q.settled_at is None}
            ),
            "asked": [on_page(question, n) for question in by_row.get(n, [])],
        }
        for n in page.object_list
    ]
    context = {
        "reading": found,
        "entries": entries,
        "page": page,
        "shown": shown,
        "n_rows": len(rows),
        "n_questions": len(questions),
        "n_open": n_open,
        "n_settled": len(questions) - n_open,
        "table_questions": [on_page(question, None) for question in by_row[None]],
        "domains": Domain.objects.all() if by_row[None] else (),
        "may_change": may_change(request, found.body) and found.state == "open",
        "first_open": next((q.pk for q in questions if q.settled_at is None), None),
    }
    return render(request, "console/readings/reading.html", context)


def _is_shown(shown: str, questions: list[ReadingQuestion]) -> bool:
    if shown == "all":
        return True
    return any(shown == "asked" or question.settled_at is None for question in questions)


@require_POST
def answer(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Answer one question, or all equal ones. Access: a mandate to supervise the body."""
    found = _access_to_change(request, pk)
    question = get_object_or_404(
        ReadingQuestion.objects.select_related("reading__body__division"),
        pk=question_pk,
        reading=found,
    )
    act = settle_equal_questions if request.POST.get("equal") else settle_question
    try:
        act(
            question,
            answer=answer_from(question, request.POST),
            by=person(request),
            now=timezone.now(),
        )
    except GongkaiError as error:
        messages.error(request, f"{question.where} {error_text(error)}")
    show, page = request.POST.get("show", ""), page_number(request.POST.get("page"))
    address = redirect("console_readings:reading", found.pk)
    address["Location"] += f"?show={show if show in SHOWN else ''}&page={page}"
    return address


@require_POST
def unknown(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept every open question as not known. Access: a mandate to supervise the body."""
    found = _access_to_change(request, pk)
    try:
        n = leave_unknown(found, by=person(request), now=timezone.now())
        messages.success(request, gettext("%(n)d 个疑问已记为“不详”，原文保留。") % {"n": n})
    except GongkaiError as error:
        messages.error(request, error_text(error))
    return redirect("console_readings:reading", found.pk)


@require_GET
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """What confirming would change. Access: a mandate to look at the body."""
    found = access_reading(request, pk)
    old, changes = reading_difference(found)
    touched = Duty.objects.filter(
        item_key__in=list(changes.touched_keys)[:5000],
        item__edition__body=found.body,
        item__edition__domain=found.domain,
        closed_by="",
        met_at=None,
    )
    context = {
        "reading": found,
        "old": old,
        "added": changes.added[:MOST_CHANGES],
        "removed": changes.removed[:MOST_CHANGES],
        "changed": changes.changed[:MOST_CHANGES],
        "changes": changes,
        "labels": FIELD_LABELS,
        "n_duties": touched.count() if found.domain else 0,
        "n_open": found.questions.filter(settled_at=None).count(),
        "today": timezone.localdate(),
        "may_change": may_change(request, found.body) and found.state == "open",
    }
    return render(request, "console/readings/difference.html", context)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the reading into force. Access: a mandate to supervise the body."""
    found = _access_to_change(request, pk)
    text = request.POST.get("effective_from", "")
    day = day_from(text)
    if text and day is None:
        messages.error(request, gettext("施行日期写法不对，应为 2026-01-31。"))
        return redirect("console_readings:difference", found.pk)
    try:
        edition = confirm_reading(found, by=person(request), now=timezone.now(), effective_from=day)
    except GongkaiError as error:
        messages.error(request, error_text(error))
        return redirect("console_readings:difference", found.pk)
    messages.success(request, gettext("目录已生效，公开义务随之更新。"))
    return redirect("console_readings:edition", edition.pk)


@require_POST
def confirm_clear(request: HttpRequest) -> HttpResponse:
    """Put all chosen readings without open questions into force, one by one. Access: each body."""
    n_done = 0
    for text in request.POST.getlist("reading"):
        found = _access_to_change(request, page_number(text))
        try:
            confirm_reading(found, by=person(request), now=timezone.now())
            n_done += 1
        except GongkaiError as error:
            messages.error(request, f"{found}：{error_text(error)}")
    if n_done:
        messages.success(request, gettext("%(n)d 份目录已生效。") % {"n": n_done})
    return redirect("console_readings:overview")


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the reading aside. Access: a mandate to supervise the body."""
    found = _access_to_change(request, pk)
    try:
        discard_reading(found, by=person(request))
        messages.success(request, gettext("已放弃这次读入，来源文件仍然保留。"))
    except GongkaiError as error:
        messages.error(request, error_text(error))
    return redirect("console_readings:overview")


def _access_to_change(request: HttpRequest, pk: int) -> CatalogueReading:
    found = access_reading(request, pk)
    if not may_change(request, found.body):
        raise PermissionDenied(Forbidden("access.no_mandate"))
    return found
