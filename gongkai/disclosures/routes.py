"""Which review a body's records go through, and which body decides at each of its steps."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from wagtail.models import Task, Workflow, WorkflowTask

from gongkai.base.errors import Refused
from gongkai.disclosures.models import ReviewRoute, ReviewTask
from gongkai.places.models import Body, BodyKind

USUAL: Final = ("两级审核", (("科室负责人审核", False), ("分管领导审核", False)))
"""Name of the review and its steps: (what the step is called, decided by the body above)."""

VILLAGE: Final = ("村（居）务审核", (("村（居）务监督审核", False), ("乡镇（街道）审核", True)))

_VILLAGE_KINDS: Final = frozenset(
    {BodyKind.VILLAGE_COMMITTEE, BodyKind.RESIDENTS_COMMITTEE, BodyKind.COLLECTIVE}
)


def ensure_workflow(body: Body) -> Workflow:
    """The review of ``body``: its own route, else that of its kind, made when it is missing.

    The steps of an existing review are what an administrator made of them; they are not reset.
    """
    route = ReviewRoute.objects.filter(body=body).select_related("workflow").first()
    if route is not None and route.workflow.active:
        return route.workflow
    name, steps = VILLAGE if body.kind in _VILLAGE_KINDS else USUAL
    workflow = Workflow.objects.filter(name=name, active=True).order_by("pk").first()
    return workflow or _made(name, steps)


@transaction.atomic
def _made(name: str, steps: tuple[tuple[str, bool], ...]) -> Workflow:
    workflow = Workflow.objects.create(name=name)
    for position, (step, of_parent) in enumerate(steps):
        task = ReviewTask.objects.create(name=f"{name}·{step}", step=step, of_parent=of_parent)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=position)
    return workflow


def steps_of(workflow: Workflow) -> list[ReviewTask]:
    """The active steps of a review in order; a step of another kind is refused. One query."""
    tasks = (
        Task.objects.filter(workflow_tasks__workflow=workflow, active=True)
        .select_related("reviewtask")
        .order_by("workflow_tasks__sort_order")
    )
    return [as_step(task) for task in tasks]


def as_step(task: Task) -> ReviewTask:
    """The step behind Wagtail's task. Raises ``Refused('disclosures.foreign_step')``."""
    step = task if isinstance(task, ReviewTask) else getattr(task, "reviewtask", None)
    if step is None:
        raise Refused("disclosures.foreign_step", step=str(task))
    return step


def reviewing_body(body: Body, step: ReviewTask) -> Body:
    """The body on which a reviewer's mandate is asked for at ``step``.

    Raises ``Refused('disclosures.no_parent_body')`` when the step is that of a body above and
    there is none.
    """
    if not step.of_parent:
        return body
    if body.parent is not None:
        return body.parent
    above = body.division.parent
    found = (
        Body.objects.filter(division=above, kind=BodyKind.TOWNSHIP_GOVERNMENT).first()
        if above
        else None
    )
    if found is None:
        raise Refused("disclosures.no_parent_body", body=body.name)
    return found
