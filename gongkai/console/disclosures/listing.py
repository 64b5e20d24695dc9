"""The list of records with filters, and the queue of what waits for a decision."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.accounts.access import Act, bodies_for, scope_of
from gongkai.console.disclosures.common import TONES, person, sent, time_left
from gongkai.disclosures import record_templates
from gongkai.disclosures.messages import text_of
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.queries import review_queue
from gongkai.disclosures.states import DisclosureState

PAGE_SIZE = 30


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The records of the person's bodies, newest first. Access: a mandate to look at a body."""
    bodies = bodies_for(request.user, Act.LOOK)
    asked = {name: sent(request, name, limit=80) for name in ("state", "body", "template", "q")}
    rows = (
        Disclosure.objects.filter(body__in=bodies.order_by().values("pk"))
        .filter(_conditions(asked))
        .select_related("body", "duty", "domain")
        .order_by("-created_at", "-pk")
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    labels = dict(record_templates.choices())
    shown = [
        {
            "record": row,
            "tone": TONES[DisclosureState(row.state)],
            "template": labels.get(row.template, row.template),
            "left": time_left(row.duty.due_on, today=today)
            if row.duty and row.version == 0
            else None,
        }
        for row in page
    ]
    context = {
        "page": page,
        "rows": shown,
        "asked": asked,
        "states": DisclosureState.choices,
        "templates": record_templates.choices(),
        "bodies": bodies[:400],
        "may_write": bool(scope_of(request.user, Act.WRITE)),
        "query": _query_without_page(request),
    }
    return render(request, "console/disclosures/index.html", context)


def _conditions(asked: dict[str, str]) -> Q:
    conditions = Q()
    if asked["state"] in DisclosureState.values:
        conditions &= Q(state=asked["state"])
    if asked["state"] == "correcting":
        conditions &= Q(version__gt=0, has_unpublished_changes=True)
    if asked["body"]:
        conditions &= Q(body__code=asked["body"])
    if asked["template"]:
        conditions &= Q(template=asked["template"])
    words = asked["q"].strip()
    if words:
        conditions &= (
            Q(title__icontains=words) | Q(document_number__icontains=words) | Q(code=words)
        )
    return conditions


def _query_without_page(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the person's decision, least statutory time first. Access: a reviewer."""
    today = timezone.localdate()
    entries: list[dict[str, Any]] = []
    for entry in review_queue(person(request), today=today):
        words, tone = time_left(entry.due_on, today=today)
        why_not = text_of(entry.why_not, {}) if entry.why_not else ""
        entries.append({"entry": entry, "left": words, "tone": tone, "why_not": why_not})
    context = {"entries": entries, "n_mine": sum(1 for e in entries if not e["why_not"])}
    return render(request, "console/disclosures/queue.html", context)
