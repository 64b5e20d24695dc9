"""The page of one duty, the decisions on it, and the registration of events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.access import Act
from gongkai.base.errors import Forbidden, GongkaiError, Refused
from gongkai.catalogue.models import Item, ItemBody
from gongkai.console.duties.access import (
    access_body,
    access_duty,
    allowed_acts,
    bodies_in_scope,
    person,
)
from gongkai.console.duties.filters import clean, read_day
from gongkai.console.duties.wording import wording
from gongkai.duties.actions.extend_deadline import extend_deadline
from gongkai.duties.actions.register_event import register_event
from gongkai.duties.actions.reopen import reopen
from gongkai.duties.actions.state_nothing_occurred import state_nothing_occurred
from gongkai.duties.actions.waive import waive
from gongkai.duties.models import Duty
from gongkai.duties.planning import event_rules
from gongkai.duties.queries import explanation
from gongkai.places.models import Body

MOST_ITEMS = 200


@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one duty. Access: a mandate to look at its body."""
    duty = access_duty(request, code)
    today = timezone.localdate()
    evidence: dict[str, list[object]] = {}
    for proof in duty.evidence.select_related("division"):
        evidence.setdefault(proof.channel_code, []).append(proof)
    allowed = allowed_acts(request, duty.body)
    context = {
        "duty": duty,
        "today": today,
        "steps": explanation(duty, get_language() or "zh-hans"),
        "channels": [(row, evidence.get(row.code, [])) for row in duty.channels.order_by("pk")],
        "bases": duty.item.bases.all(),
        "decisions": duty.decisions.all(),
        "disclosures": duty.disclosures.order_by("-pk"),
        "siblings": Duty.objects.filter(body=duty.body, item_key=duty.item_key)
        .exclude(pk=duty.pk)
        .order_by("-due_on", "-pk")[:8],
        "may_write": allowed["write"],
        "may_supervise": allowed["supervise"],
        "may_state_nothing": duty.occasion == Duty.Occasion.PERIOD
        and duty.period_ends_on is not None
        and duty.period_ends_on <= today,
        "has_event_rule": bool(event_rules(list(duty.item.deadlines.all()))),
        "may_reopen": duty.closed_by in {Duty.Closing.WAIVED, Duty.Closing.NOTHING},
    }
    return render(request, "console/duties/duty.html", context)


def _waive(request: HttpRequest, duty: Duty, reason: str) -> str:
    waive(duty, reason=reason, by=person(request), now=timezone.now())
    return gettext("已免除这项义务，理由已留存。")


def _extend(request: HttpRequest, duty: Duty, reason: str) -> str:
    due_on = read_day(request.POST.get("due_on", ""))
    if due_on is None:
        raise Refused("duties.day_missing")
    extend_deadline(duty, due_on=due_on, reason=reason, by=person(request), now=timezone.now())
    return gettext("期限已延至 %(day)s，理由已留存。") % {"day": due_on}


def _nothing(request: HttpRequest, duty: Duty, reason: str) -> str:
    state_nothing_occurred(
        duty,
        reason=reason,
        by=person(request),
        now=timezone.now(),
        today=timezone.localdate(),
    )
    return gettext("已由%(name)s签署说明：本期无此项。") % {"name": person(request)}


def _reopen(request: HttpRequest, duty: Duty, reason: str) -> str:
    reopen(duty, reason=reason, by=person(request), now=timezone.now())
    return gettext("已恢复这项义务。")


DECISIONS: dict[str, Callable[[HttpRequest, Duty, str], str]] = {
    "waive": _waive,
    "extend": _extend,
    "nothing": _nothing,
    "reopen": _reopen,
}


@require_POST
def decide(request: HttpRequest, code: str, decision: str) -> HttpResponse:
    """Waive, extend, state that nothing occurred, or reopen. Access: as each action says."""
    duty = access_duty(request, code)
    if decision not in DECISIONS:
        raise Http404(decision)
    try:
        done = DECISIONS[decision](request, duty, request.POST.get("reason", ""))
    except Forbidden as error:
        raise PermissionDenied(wording(error)) from error
    except GongkaiError as error:
        messages.error(request, wording(error))
    else:
        messages.success(request, done)
    return redirect("console_duties:duty", code=duty.code)


@require_http_methods(["GET", "POST"])
def event(request: HttpRequest) -> HttpResponse:
    """Register an event: choose body, then item, then say what happened and when.

    Access: a mandate to write for the chosen body.
    """
    given = request.POST if request.method == "POST" else request.GET
    bodies = bodies_in_scope(request, Act.WRITE)
    body_code = clean(given.get("body", ""))
    body = access_body(request, body_code, Act.WRITE) if body_code else bodies.first()
    if body is None:
        raise PermissionDenied("no mandate to write for any body")
    item = _chosen_item(body, given.get("item", ""))
    error = ""
    if request.method == "POST" and item is not None:
        try:
            duties = _register(request, body, item)
        except Forbidden as refusal:
            raise PermissionDenied(wording(refusal)) from refusal
        except GongkaiError as refusal:
            error = wording(refusal)
        else:
            done = ngettext(
                "已登记，产生 %(n)s 项公开义务。", "已登记，产生 %(n)s 项公开义务。", len(duties)
            )
            messages.success(request, done % {"n": len(duties)})
            return redirect("console_duties:duty", code=duties[0].code)
    elif request.method == "POST":
        error = gettext("请先选择公开事项。")
    search = clean(given.get("q", ""))
    context = {
        "bodies": bodies.only("code", "name"),
        "body": body,
        "item": item,
        "items": _owed_items(body, search)[:MOST_ITEMS],
        "subjects": [s for s in event_rules(list(item.deadlines.all())) if s] if item else [],
        "today": timezone.localdate(),
        "given": given,
        "search": search,
        "error": error,
    }
    return render(request, "console/duties/event.html", context, status=422 if error else 200)


def _register(request: HttpRequest, body: Body, item: Item) -> list[Duty]:
    occurred_on: dt.date | None = read_day(request.POST.get("occurred_on", ""))
    if occurred_on is None:
        raise Refused("duties.day_missing")
    if occurred_on > timezone.localdate():
        raise Refused("duties.day_to_come")
    return register_event(
        body,
        item,
        title=request.POST.get("title", ""),
        occurred_on=occurred_on,
        by=person(request),
        now=timezone.now(),
        subject=request.POST.get("subject") or None,
    )


def _owed_items(body: Body, search: str) -> list[Item]:
    owes = ItemBody.objects.filter(item=OuterRef("pk"), body=body)
    items = (
        Item.objects.filter(Exists(owes), edition__state="in_force")
        .exclude(is_proactive=False)
        .select_related("edition__domain")
        .order_by("edition__domain__position", "edition", "position")
    )
    for word in search.split()[:5]:
        items = items.filter(
            Q(level1__icontains=word) | Q(level2__icontains=word) | Q(level3__icontains=word)
        )
    return list(items[:MOST_ITEMS])


def _chosen_item(body: Body, text: str) -> Item | None:
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        return None
    return (
        Item.objects.filter(pk=int(text), item_bodies__body=body)
        .select_related("edition__domain")
        .first()
    )
