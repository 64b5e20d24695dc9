"""Which review each body's records go through, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Workflow

from gongkai.accounts.access import Act, bodies_for
from gongkai.base.errors import GongkaiError
from gongkai.console.disclosures.common import person, sent, tell_refusal
from gongkai.disclosures.actions import define_review, set_review_route
from gongkai.disclosures.actions.set_review_route import MOST_STEPS
from gongkai.disclosures.models import ReviewRoute, ReviewTask
from gongkai.disclosures.routes import USUAL, VILLAGE
from gongkai.places.models import Body


def _bodies(request: HttpRequest) -> QuerySet[Body]:
    bodies = bodies_for(request.user, Act.ADMINISTER)
    if not bodies.exists():
        raise PermissionDenied("no mandate to administer any body")
    return bodies


def _reviews() -> list[tuple[Workflow, list[ReviewTask]]]:
    """Every active review with its steps in order. Three queries."""
    tasks = {task.pk: task for task in ReviewTask.objects.filter(active=True)}
    workflows = Workflow.objects.filter(active=True).order_by("name")
    found = []
    for workflow in workflows.prefetch_related("workflow_tasks"):
        ordered = sorted(workflow.workflow_tasks.all(), key=lambda row: row.sort_order or 0)
        steps = [tasks[row.task_id] for row in ordered if row.task_id in tasks]
        if steps and len(steps) == len(ordered):
            found.append((workflow, steps))
    return found


@require_GET
def routes(request: HttpRequest) -> HttpResponse:
    """Reviews with their steps, and the bodies that have one of their own. Access: administer."""
    bodies = _bodies(request)
    own = ReviewRoute.objects.filter(body__in=bodies.order_by()).select_related("body", "workflow")
    context = {
        "reviews": _reviews(),
        "routes": own.order_by("body__position", "body__code"),
        "bodies": bodies.filter(valid_until=None),
        "usual": [(name, [step for step, _ in steps]) for name, steps in (USUAL, VILLAGE)],
        "blanks": range(1, MOST_STEPS + 1),
    }
    return render(request, "console/disclosures/routes.html", context)


@require_POST
def set_route(request: HttpRequest) -> HttpResponse:
    """Give a body a review, or the usual one again. Access: administer the body."""
    body = _bodies(request).filter(code=sent(request, "body", limit=80)).first()
    if body is None:
        raise Http404("no such body for this person")
    number = sent(request, "workflow", limit=12)
    workflow = None
    if number:
        is_id = number.isascii() and number.isdigit()
        workflow = Workflow.objects.filter(pk=int(number), active=True).first() if is_id else None
        if workflow is None:
            raise Http404("no such review")
    try:
        set_review_route(body, workflow=workflow, by=person(request))
        messages.success(request, gettext("已改，从下一次提交起按新的流程审核。"))
    except GongkaiError as error:
        tell_refusal(request, error)
    return redirect("console_disclosures:routes")


@require_POST
def define(request: HttpRequest) -> HttpResponse:
    """A new review with its steps. Access: administer any body."""
    _bodies(request)
    steps = [
        (sent(request, f"step{n}", limit=40), sent(request, f"of_parent{n}", limit=1) == "1")
        for n in range(1, MOST_STEPS + 1)
    ]
    try:
        define_review(sent(request, "name", limit=80), steps=steps, by=person(request))
        messages.success(request, gettext("已新建审核流程，可以指定给机构了。"))
    except GongkaiError as error:
        tell_refusal(request, error)
    return redirect("console_disclosures:routes")
