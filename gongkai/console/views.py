"""The first page of the console: what the person who signed in has to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.accounts.access import Act, scope_of
from gongkai.console.summary import next_steps, summary_for

if TYPE_CHECKING:
    from gongkai.accounts.models import User


def home(request: HttpRequest) -> HttpResponse:
    """Counts of what waits for this person and what to do first. Access: any mandate."""
    today = timezone.localdate()
    user = cast("User", request.user)
    context = {
        "today": today,
        "summary": summary_for(user, today=today),
        "next": next_steps(user, today=today),
        "may_write": bool(scope_of(user, Act.WRITE)),
        "may_review": bool(scope_of(user, Act.REVIEW)),
        "may_supervise": bool(scope_of(user, Act.SUPERVISE)),
        "may_administer": bool(scope_of(user, Act.ADMINISTER)),
    }
    return render(request, "console/home.html", context)
