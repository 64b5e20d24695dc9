"""What a person has before them: this month's duties, reminders, and the calendar of a body."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.access import Act, scope_of
from gongkai.console.duties.access import (
    access_body,
    bodies_in_scope,
    duties_scope,
    person,
)
from gongkai.duties.actions.read_reminders import (
    read_all_reminders,
    read_reminders,
    unread_reminders,
)
from gongkai.duties.ical import duties_calendar
from gongkai.duties.models import Duty, Reminder
from gongkai.duties.queries import calendar_of, duties_of_month, register_rows
from gongkai.duties.states import DutyState
from gongkai.places.models import Body

MOST_ROWS = 300
REMINDERS_PAGE = 50
CALENDAR_TYPE = "text/calendar; charset=utf-8"
_signer = Signer(salt="gongkai.duties.calendar")


@dataclass(frozen=True, slots=True)
class Group:
    """Duties under one heading of the month's page."""

    title: str
    tone: str
    duties: list[Duty]


@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """What the person owes this month. Access: any mandate; who may write sees what they write."""
    today = timezone.localdate()
    act = Act.WRITE if scope_of(request.user, Act.WRITE) else Act.LOOK
    ids = list(
        duties_of_month(duties_scope(request, act), on=today).values_list("pk", flat=True)[
            : MOST_ROWS + 1
        ]
    )
    duties = register_rows(ids[:MOST_ROWS], on=today)
    week_end = today + dt.timedelta(days=6 - today.weekday())
    groups = [
        Group(gettext("已逾期"), "late", [row for row in duties if _is_late(row, today)]),
        Group(
            gettext("本周内到期"), "due", [row for row in duties if _is_due(row, today, week_end)]
        ),
        Group(
            gettext("本月余下"),
            "plain",
            [row for row in duties if _is_due(row, week_end + dt.timedelta(days=1), dt.date.max)],
        ),
        Group(gettext("本月已办结"), "done", [row for row in duties if not row.is_open]),
    ]
    context = {
        "today": today,
        "groups": groups,
        "n_open": sum(row.is_open for row in duties),
        "is_cut": len(ids) > MOST_ROWS,
        "bodies": bodies_in_scope(request, act)[:12],
        "n_unread": Reminder.objects.filter(user=person(request), read_at=None).count(),
        "may_write": act is Act.WRITE,
    }
    return render(request, "console/duties/month.html", context)


def _is_late(duty: Duty, today: dt.date) -> bool:
    return duty.state_on(today) is DutyState.OVERDUE


def _is_due(duty: Duty, first: dt.date, last: dt.date) -> bool:
    return duty.is_open and duty.due_on is not None and first <= duty.due_on <= last


@require_GET
def calendar(request: HttpRequest, body: str) -> HttpResponse:
    """A month of a body's duties. Access: a mandate to look at the body."""
    owner = access_body(request, body)
    today = timezone.localdate()
    first = _month(request.GET.get("month", ""), today)
    context = {
        "body": owner,
        "today": today,
        "first": first,
        "previous": _shifted(first, -1),
        "next": _shifted(first, 1),
        "weeks": calendar_of(owner, month=first, on=today),
        "feed": feed_address(owner),
        "bodies": bodies_in_scope(request).only("code", "name"),
    }
    return render(request, "console/duties/calendar.html", context)


def _month(text: str, today: dt.date) -> dt.date:
    """The first day of the month written as 2026-09; of this month for anything else."""
    try:
        first = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if 2000 <= first.year <= 2100 else today.replace(day=1)


def _shifted(first: dt.date, months: int) -> str:
    number = first.year * 12 + first.month - 1 + months
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def feed_address(body: Body) -> str:
    """The address of a body's calendar that a calendar program can subscribe to, signed."""
    return (
        f"{reverse('duties_calendar_feed', args=(body.code,))}?key={_signer.signature(body.code)}"
    )


@require_GET
def calendar_feed(request: HttpRequest, body: str) -> HttpResponse:
    """A body's duties as iCalendar. Access: who has the signed address (no session needed)."""
    try:
        _signer.unsign(f"{body}:{request.GET.get('key', '')}")
    except BadSignature as error:
        raise Http404("wrong key") from error
    owner = Body.objects.filter(code=body).first()
    if owner is None:
        raise Http404("no such body")
    content = duties_calendar(owner, on=timezone.localdate())
    response = HttpResponse(content, content_type=CALENDAR_TYPE)
    response["Content-Disposition"] = f'inline; filename="{owner.code}.ics"'
    response["Cache-Control"] = "private, max-age=900"
    return response


@require_GET
def reminders(request: HttpRequest) -> HttpResponse:
    """The person's reminders, newest first. Access: the person's own."""
    own = Reminder.objects.filter(user=person(request))
    only_unread = request.GET.get("only") == "unread"
    shown = own.filter(read_at=None) if only_unread else own
    page = request.GET.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    start = (max(number, 1) - 1) * REMINDERS_PAGE
    rows = list(
        shown.select_related("duty__body", "duty__item__edition__domain")[
            start : start + REMINDERS_PAGE + 1
        ]
    )
    context = {
        "reminders": rows[:REMINDERS_PAGE],
        "n_unread": own.filter(read_at=None).count(),
        "only_unread": only_unread,
        "page": max(number, 1),
        "has_next": len(rows) > REMINDERS_PAGE,
        "today": timezone.localdate(),
    }
    return render(request, "console/duties/reminders.html", context)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


@require_POST
def mark_reminders(request: HttpRequest) -> HttpResponse:
    """Mark reminders as read or unread. Access: the person's own; others' are left alone."""
    by, now = person(request), timezone.now()
    ids = [int(text) for text in request.POST.getlist("id") if _is_id(text)]
    if "all" in request.POST:
        read_all_reminders(by, now=now)
    elif "unread" in request.POST:
        unread_reminders(by, ids=ids)
    else:
        read_reminders(by, ids=ids, now=now)
    return redirect("console_duties:reminders")
