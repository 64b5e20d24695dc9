"""The register's settings: days of reminding, first day of the register, local working days."""

from __future__ import annotations

import datetime as dt
import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.access import Act
from gongkai.base.errors import GongkaiError, Refused
from gongkai.console.duties.access import bodies_in_scope, person
from gongkai.console.duties.filters import clean, read_day
from gongkai.console.duties.wording import wording
from gongkai.duties.actions.change_register_settings import change_register_settings
from gongkai.duties.actions.override_day import follow_national_calendar, override_day
from gongkai.duties.models import CalendarOverride
from gongkai.duties.queries import settings_of_register
from gongkai.places.models import Body, BodyKind, DivisionLevel


def _government(request: HttpRequest) -> Body:
    """The district's government, for people who supervise it; others are refused."""
    found = (
        bodies_in_scope(request, Act.SUPERVISE)
        .filter(kind=BodyKind.GOVERNMENT, division__level=DivisionLevel.COUNTY)
        .select_related("division")
        .first()
    )
    if found is None:
        raise PermissionDenied("no mandate to supervise the district")
    return found


@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    """What the district chose. Access: a mandate to supervise the district's government."""
    government = _government(request)
    context = {
        "government": government,
        "settings": settings_of_register(),
        "overrides": CalendarOverride.objects.filter(division=government.division).order_by("-day"),
        "today": timezone.localdate(),
    }
    return render(request, "console/duties/settings.html", context)


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Change days of reminding and the first day. Access: as ``settings``."""
    government = _government(request)
    begins = clean(request.POST.get("begins_on", ""))
    try:
        if begins and read_day(begins) is None:
            raise Refused("duties.day_missing")
        change_register_settings(
            government,
            reminder_days=_numbers(request.POST.get("reminder_days", "")),
            begins_on=read_day(begins),
            by=person(request),
        )
        messages.success(request, gettext("设置已保存，从下一次每日计算起生效。"))
    except GongkaiError as error:
        messages.error(request, wording(error))
    return redirect("console_duties:settings")


@require_POST
def override(request: HttpRequest) -> HttpResponse:
    """Say that the district works or rests on a day, or takes it back. Access: as ``settings``."""
    government = _government(request)
    day = read_day(request.POST.get("day", ""))
    try:
        if day is None:
            raise Refused("duties.day_missing")
        n_moved = _said(request, government, day)
    except GongkaiError as error:
        messages.error(request, wording(error))
    else:
        messages.success(
            request,
            ngettext(
                "日历已调整，%(n)s 项义务的期限随之改变。",
                "日历已调整，%(n)s 项义务的期限随之改变。",
                n_moved,
            )
            % {"n": n_moved},
        )
    return redirect("console_duties:settings")


def _said(request: HttpRequest, government: Body, day: dt.date) -> int:
    by, now = person(request), timezone.now()
    if request.POST.get("act") == "drop":
        return follow_national_calendar(government, day=day, by=by, now=now)
    return override_day(
        government,
        day=day,
        is_workday=request.POST.get("is_workday") == "1",
        reason=request.POST.get("reason", ""),
        by=by,
        now=now,
    )


def _numbers(text: str) -> list[int]:
    """The whole numbers in "15、5、1"; at most twenty."""
    return [int(number) for number in re.findall(r"[0-9]{1,4}", text)[:20]]
