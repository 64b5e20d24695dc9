"""Review routes: an administrator gives a body its own review; others cannot."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.disclosures.models import ReviewRoute
from gongkai.disclosures.routes import ensure_workflow, steps_of
from gongkai.places.tests.factories import BodyFactory

pytestmark = pytest.mark.django_db
ROUTES = reverse("console_disclosures:routes")
SET = reverse("console_disclosures:set_route")
DEFINE = reverse("console_disclosures:define_review")
THREE = {"name": "三审三校", "step1": "初审", "step2": "复审", "step3": "终审", "of_parent3": "1"}


@pytest.fixture
def body():
    return BodyFactory.create(name="云溪区民政局")


@pytest.fixture
def administrator(body):
    client = Client()
    client.force_login(UserFactory.mandated(body, Role.ADMINISTRATOR))
    return client


def own_review() -> Workflow:
    return Workflow.objects.get(name="三审三校")


def test_a_review_is_defined_assigned_and_taken_back(administrator, body):
    usual = ensure_workflow(body)
    administrator.post(DEFINE, THREE)
    steps = [(step.step, step.of_parent) for step in steps_of(own_review())]
    assert steps == [("初审", False), ("复审", False), ("终审", True)]
    administrator.post(SET, {"body": body.code, "workflow": own_review().pk})
    assert ensure_workflow(body) == own_review()
    assert body.name in administrator.get(ROUTES).content.decode()
    administrator.post(SET, {"body": body.code, "workflow": ""})
    assert ensure_workflow(body) == usual


@pytest.mark.parametrize(
    "sent", [THREE | {"name": " "}, {"name": "空"}, {"name": "两级审核", "step1": "审"}]
)
def test_an_incomplete_review_is_refused_with_words(administrator, body, sent):
    ensure_workflow(body)
    n = Workflow.objects.count()
    answer = administrator.post(DEFINE, sent, follow=True)
    assert "gk-message--error" in answer.content.decode()
    assert Workflow.objects.count() == n


@pytest.mark.parametrize("workflow", ["999999", "x", "²"])
def test_an_unknown_review_is_not_found(administrator, body, workflow):
    answer = administrator.post(SET, {"body": body.code, "workflow": workflow})
    assert answer.status_code == 404
    assert not ReviewRoute.objects.exists()


def test_a_review_without_our_steps_is_refused(administrator, body):
    foreign = Workflow.objects.create(name="别的")
    administrator.post(SET, {"body": body.code, "workflow": foreign.pk})
    assert not ReviewRoute.objects.exists()


def test_others_see_and_change_nothing(body):
    other = BodyFactory.create()
    workflow = ensure_workflow(body)
    people = [
        UserFactory.mandated(body, Role.EDITOR),
        UserFactory.mandated(body, Role.DISTRICT_OFFICE),
        UserFactory.create(),
    ]
    for user in people:
        client = Client()
        client.force_login(user)
        assert client.get(ROUTES).status_code in {302, 403}
        client.post(DEFINE, THREE)
        client.post(SET, {"body": body.code, "workflow": workflow.pk})
    colleague = Client()
    colleague.force_login(UserFactory.mandated(other, Role.ADMINISTRATOR))
    answer = colleague.post(SET, {"body": body.code, "workflow": workflow.pk})
    assert answer.status_code == 404
    assert not ReviewRoute.objects.exists()
    assert not Workflow.objects.filter(name="三审三校").exists()
