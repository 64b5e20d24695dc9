"""The first page of the console: what the person who signed in has to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.accounts.access import Act, bodies_for, scope_of
from gongkai.console.summary import summary_for


def home(request: HttpRequest) -> HttpResponse:
    """Counts of what waits for this person, each linking to its list. Access: any mandate."""
    today = timezone.localdate()
    context = {
        "today": today,
        "summary": summary_for(request.user, today=today),
        "bodies": bodies_for(request.user, Act.LOOK)[:8],
        "may_write": bool(scope_of(request.user, Act.WRITE)),
        "may_review": bool(scope_of(request.user, Act.REVIEW)),
        "may_supervise": bool(scope_of(request.user, Act.SUPERVISE)),
        "may_administer": bool(scope_of(request.user, Act.ADMINISTER)),
    }
    return render(request, "console/home.html", context)
