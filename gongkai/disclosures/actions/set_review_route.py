"""Which review a body's records go through from their next submission on."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Workflow, WorkflowTask

from gongkai.accounts.access import Act, check_may, scope_of
from gongkai.accounts.models import User
from gongkai.base.errors import Forbidden, Refused
from gongkai.disclosures.models import ReviewRoute, ReviewTask
from gongkai.disclosures.routes import steps_of
from gongkai.places.models import Body

MOST_STEPS = 5


def set_review_route(body: Body, *, workflow: Workflow | None, by: User) -> None:
    """Records of ``body`` go through ``workflow``; None: through the usual review of its kind.

    What is under review goes on as it began. Raises ``Forbidden`` without a mandate to administer
    the body; ``disclosures.foreign_step`` for a workflow with a step that is not ours.
    """
    check_may(by, Act.ADMINISTER, body)
    if workflow is None:
        ReviewRoute.objects.filter(body=body).delete()
        return
    if not workflow.active or not steps_of(workflow):
        raise Refused("disclosures.no_steps", name=workflow.name)
    ReviewRoute.objects.update_or_create(body=body, defaults={"workflow": workflow})


@transaction.atomic
def define_review(name: str, *, steps: list[tuple[str, bool]], by: User) -> Workflow:
    """There is a review ``name`` with these steps in order: (its name, decided by the body above).

    Raises ``Forbidden`` without any mandate to administer; ``disclosures.review_name``,
    ``disclosures.review_name_taken`` and ``disclosures.review_steps``.
    """
    if not scope_of(by, Act.ADMINISTER):
        raise Forbidden("access.no_mandate", act=Act.ADMINISTER.value, body="")
    title = name.strip()[:80]
    wanted = [(step.strip()[:40], of_parent) for step, of_parent in steps if step.strip()]
    if not title:
        raise Refused("disclosures.review_name")
    if Workflow.objects.filter(name=title, active=True).exists():
        raise Refused("disclosures.review_name_taken", name=title)
    if not 0 < len(wanted) <= MOST_STEPS:
        raise Refused("disclosures.review_steps", most=MOST_STEPS)
    workflow = Workflow.objects.create(name=title)
    for position, (step, of_parent) in enumerate(wanted):
        task = ReviewTask.objects.create(name=f"{title}·{step}", step=step, of_parent=of_parent)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=position)
    return workflow
