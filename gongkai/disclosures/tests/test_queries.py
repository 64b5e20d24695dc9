"""Questions to the disclosures: the queue, what is public, routes of review, constant queries."""

from __future__ import annotations

import pytest
from wagtail.models import Workflow, WorkflowTask

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.base.errors import Refused
from gongkai.disclosures import gates
from gongkai.disclosures.actions import approve, submit, withdraw
from gongkai.disclosures.canonical import canonical_record, digest_of, draft_of
from gongkai.disclosures.findings import Finding, Place
from gongkai.disclosures.models import PublishedRevision, ReviewRoute, ReviewTask
from gongkai.disclosures.queries import public_disclosures, review_queue
from gongkai.disclosures.rendering import view_of_record
from gongkai.disclosures.routes import ensure_workflow, steps_of
from gongkai.disclosures.tests.factories import NOW, Office
from gongkai.places.tests.factories import BodyFactory, DivisionFactory

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def office() -> Office:
    return Office.open()


def test_the_queue_holds_what_waits_for_this_person_at_this_step(office):
    record = office.submitted()
    assert [entry.step for entry in review_queue(office.first, today=TODAY)] == ["科室负责人审核"]
    approve(
        record, by=office.first, digest=digest_of(draft_of(record, record.latest_revision)), now=NOW
    )
    (entry,) = review_queue(office.first, today=TODAY)
    assert entry.why_not == "disclosures.second_step"
    (entry,) = review_queue(office.second, today=TODAY)
    assert (entry.step, entry.why_not) == ("分管领导审核", "")
    assert review_queue(office.editor, today=TODAY) == []
    assert review_queue(UserFactory.mandated(role=Role.REVIEWER), today=TODAY) == []


def test_the_township_finds_its_villages_in_its_queue():
    township = BodyFactory.create(township_government=True)
    village = DivisionFactory.create(village=True, parent=township.division)
    office = Office.open(body=BodyFactory.create(committee=True, division=village))
    above = UserFactory.mandated(township, Role.REVIEWER)
    record = office.submitted()
    assert review_queue(above, today=TODAY) == []
    approve(
        record, by=office.first, digest=digest_of(draft_of(record, record.latest_revision)), now=NOW
    )
    assert [entry.step for entry in review_queue(above, today=TODAY)] == ["乡镇（街道）审核"]


def test_what_was_withdrawn_is_not_public(office):
    kept, gone = office.published(), office.published()
    withdraw(gone, by=office.first, reason="错", now=NOW)
    office.draft()
    assert list(public_disclosures(body=office.body)) == [kept]
    assert list(public_disclosures(division=office.body.division)) == [kept]
    assert not public_disclosures(body=BodyFactory.create()).exists()


def test_public_lists_need_one_query(office, django_assert_num_queries):
    for _ in range(3):
        office.published()
    with django_assert_num_queries(1):
        names = [(row.title, row.body.name, row.body.division.name) for row in public_disclosures()]
    assert len(names) == 3


def test_a_body_can_have_a_review_of_its_own(office):
    workflow = Workflow.objects.create(name="一级审核")
    task = ReviewTask.objects.create(name="一级审核·主要负责人", step="主要负责人审核")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    ReviewRoute.objects.create(body=office.body, workflow=workflow)
    record = office.submitted()
    approve(
        record, by=office.first, digest=digest_of(draft_of(record, record.latest_revision)), now=NOW
    )
    assert record.state == "published"


def test_the_usual_review_is_made_once_and_kept_as_it_was_changed(office):
    workflow = ensure_workflow(office.body)
    steps_of(workflow)[1].delete()
    assert ensure_workflow(BodyFactory.create()) == workflow
    assert len(steps_of(workflow)) == 1


def test_a_review_whose_body_above_is_unknown_is_refused_at_once():
    village = DivisionFactory.create(village=True)
    office = Office.open(body=BodyFactory.create(committee=True, division=village))
    with pytest.raises(Refused, match=r"no_parent_body"):
        office.submitted()


def test_another_app_s_gate_closes_the_way(office, monkeypatch):
    monkeypatch.setattr(gates, "_gates", dict(gates._gates))

    def no_fridays(candidate: gates.Candidate):
        yield Finding("gate.text_missing", Place("text"))

    gates.register(no_fridays)
    record = office.with_papers(office.draft())
    with pytest.raises(Refused) as refusal:
        submit(record, by=office.editor, now=NOW)
    assert [finding.code for finding in refusal.value.data["findings"]] == ["gate.text_missing"]


def test_an_earlier_revision_can_be_shown_as_it_stood(office):
    record = office.published()
    office.corrected(record, text="<p>改后</p>")
    view = view_of_record(PublishedRevision.objects.get(number=1).record)
    assert "临时救助" in view.text
    assert view.title == record.title


def test_the_canonical_record_of_row_and_revision_are_the_same(office):
    record = office.published()
    assert canonical_record(record) == PublishedRevision.objects.get().record
    assert digest_of(draft_of(record, record.latest_revision)) == record.digest
