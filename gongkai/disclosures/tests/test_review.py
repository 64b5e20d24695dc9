"""From draft to public: the review, what it binds, and the two holes that stay closed."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import TaskState, WorkflowState

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import MandateFactory, UserFactory
from gongkai.base.errors import Forbidden, GongkaiError, Refused
from gongkai.disclosures.actions import approve, publish, recall, return_draft, save_draft, submit
from gongkai.disclosures.canonical import digest_of, draft_of
from gongkai.disclosures.models import Disclosure, PublishedRevision, ReviewDecision
from gongkai.disclosures.tests.factories import NOW, TEXT, Office
from gongkai.log.models import LogEntry
from gongkai.log.queries import verify_chain
from gongkai.places.tests.factories import BodyFactory, DivisionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office.open()


def the_digest(record: Disclosure) -> str:
    return digest_of(draft_of(record, record.latest_revision))


def refused(code: str):
    return pytest.raises(GongkaiError, match=code.replace(".", r"\."))


def test_a_reviewed_draft_becomes_public_with_one_log_entry(office):
    record = office.published()
    assert (record.state, record.version) == ("published", 1)
    assert record.published_at == NOW
    assert record.digest == digest_of(record)
    entry = LogEntry.objects.get()
    assert entry.record_digest == record.digest
    assert entry.subject == f"disclosure:{record.code}"
    assert PublishedRevision.objects.get().record["title"] == record.title
    assert verify_chain().is_intact


def test_responsible_people_are_named_with_the_public_record(office):
    record = office.published()
    assert record.responsibility["submitted_by"] == str(office.editor)
    assert [step["name"] for step in record.responsibility["steps"]] == [
        str(office.first),
        str(office.second),
    ]


def test_one_approval_of_two_does_not_publish(office):
    record = office.submitted()
    approve(record, by=office.first, digest=the_digest(record), now=NOW)
    assert record.state == "in_review"
    with refused("disclosures.not_approved"):
        publish(record, by=office.second, now=NOW)
    assert not LogEntry.objects.exists()


def test_nobody_decides_two_steps(office):
    record = office.submitted()
    approve(record, by=office.first, digest=the_digest(record), now=NOW)
    with refused("disclosures.second_step"):
        approve(record, by=office.first, digest=the_digest(record), now=NOW)


def test_nobody_reviews_what_they_wrote(office):
    MandateFactory.create(user=office.editor, body=office.body, role=Role.REVIEWER)
    record = office.submitted()
    with refused("disclosures.own_work"):
        approve(record, by=office.editor, digest=the_digest(record), now=NOW)


def test_a_reviewer_of_another_body_decides_nothing(office):
    record = office.submitted()
    elsewhere = UserFactory.mandated(BodyFactory.create(), Role.REVIEWER)
    with pytest.raises(Forbidden):
        approve(record, by=elsewhere, digest=the_digest(record), now=NOW)


def test_a_superuser_without_mandate_decides_nothing(office):
    record = office.submitted()
    root = UserFactory.create(is_superuser=True, is_staff=True)
    with pytest.raises(Forbidden):
        approve(record, by=root, digest=the_digest(record), now=NOW)
    with pytest.raises(GongkaiError):
        publish(record, by=root, now=NOW)


def test_a_returned_draft_is_editable_and_starts_from_the_first_step_again(office):
    record = office.submitted()
    approve(record, by=office.first, digest=the_digest(record), now=NOW)
    return_draft(record, by=office.second, digest=the_digest(record), comment="请补依据", now=NOW)
    assert record.state == "draft"
    save_draft(record, by=office.editor, changes={"text": TEXT + "<p>依据如下。</p>"}, now=NOW)
    office.submitted(record)
    approve(record, by=office.first, digest=the_digest(record), now=NOW)
    assert record.state == "in_review"
    approve(record, by=office.second, digest=the_digest(record), now=NOW)
    assert record.state == "published"
    assert "依据" in record.text


def test_returning_needs_a_comment(office):
    record = office.submitted()
    with refused("disclosures.comment_required"):
        return_draft(record, by=office.first, digest=the_digest(record), comment=" ", now=NOW)


def test_a_recalled_submission_can_be_edited_and_its_approvals_are_gone(office):
    record = office.submitted()
    approve(record, by=office.first, digest=the_digest(record), now=NOW)
    recall(record, by=office.editor, now=NOW)
    assert record.state == "draft"
    with refused("disclosures.not_in_review"):
        approve(record, by=office.second, digest=the_digest(record), now=NOW)
    save_draft(record, by=office.editor, changes={"title": "新标题"}, now=NOW)


def test_what_is_under_review_is_edited_by_nobody(office):
    record = office.submitted()
    with refused("disclosures.not_editable"):
        save_draft(record, by=office.editor, changes={"title": "改"}, now=NOW)


def test_an_approval_is_of_the_text_that_the_reviewer_read(office):
    record = office.submitted()
    with refused("disclosures.changed_since_submitted"):
        approve(record, by=office.first, digest="0" * 64, now=NOW)


class TestFirstHole:
    """Whoever holds the publish permission publishes a draft that was never submitted."""

    @pytest.fixture
    def powerful(self, office):
        user = UserFactory.mandated(office.body, Role.EDITOR, is_superuser=True)
        user.user_permissions.add(*Permission.objects.filter(codename__startswith="publish"))
        return user

    def test_wagtail_s_publishing_of_a_revision_is_refused(self, office, powerful):
        record = office.draft()
        with refused("disclosures.only_through_review"):
            record.latest_revision.publish(user=powerful)
        with refused("disclosures.only_through_review"):
            record.publish(record.latest_revision, user=powerful, skip_permission_checks=True)
        record.refresh_from_db()
        assert record.state == "draft"

    def test_the_action_behind_it_cannot_store_either(self, office, powerful):
        record = office.published()
        old_text = record.text
        save_draft(record, by=office.editor, changes={"text": "<p>没审过</p>"}, now=NOW)
        action = PublishRevisionAction(record.latest_revision, user=powerful)
        with refused("disclosures.only_through_review"):
            action.execute(skip_permission_checks=True)
        record.refresh_from_db()
        assert record.text == old_text

    def test_our_own_act_refuses_what_was_never_submitted(self, office, powerful):
        record = office.draft()
        with refused("disclosures.not_approved"):
            publish(record, by=powerful, now=NOW)
        assert not LogEntry.objects.exists()

    def test_finishing_the_workflow_without_decisions_is_rolled_back(self, office, powerful):
        record = office.submitted()
        state = WorkflowState.objects.get()
        state.current_task_state.specific.approve(user=powerful)
        state.refresh_from_db()
        with refused("disclosures.not_approved"):
            state.current_task_state.specific.approve(user=powerful)
        record.refresh_from_db()
        state.refresh_from_db()
        assert record.state == "in_review"
        assert state.status == WorkflowState.STATUS_IN_PROGRESS
        assert not LogEntry.objects.exists()

    def test_the_row_of_a_record_cannot_be_saved_past_the_acts(self, office):
        record = office.published()
        record.text = "<p>悄悄改</p>"
        with refused("disclosures.only_through_review"):
            record.save()
        with refused("disclosures.only_through_review"):
            record.save(update_fields=["text"])
        with refused("disclosures.only_through_review"):
            record.unpublish()


class TestSecondHole:
    """A reviewer of a later step edits and approves text that the earlier step never saw."""

    def test_the_edit_is_refused_while_it_lies_for_review(self, office):
        MandateFactory.create(user=office.second, body=office.body, role=Role.EDITOR)
        record = office.submitted()
        approve(record, by=office.first, digest=the_digest(record), now=NOW)
        with refused("disclosures.not_editable"):
            save_draft(record, by=office.second, changes={"text": "<p>夹带</p>"}, now=NOW)

    def test_a_revision_made_behind_the_acts_is_not_approved(self, office):
        record = office.submitted()
        approve(record, by=office.first, digest=the_digest(record), now=NOW)
        smuggled = draft_of(record, record.latest_revision)
        smuggled.text = "<p>夹带</p>"
        smuggled.save_revision(user=office.second, clean=False)
        record.refresh_from_db()
        with refused("disclosures.own_work|disclosures.changed_since_submitted"):
            approve(record, by=office.second, digest=the_digest(record), now=NOW)
        third = UserFactory.mandated(office.body, Role.REVIEWER)
        with refused("disclosures.changed_since_submitted"):
            approve(record, by=third, digest=the_digest(record), now=NOW)
        assert not LogEntry.objects.exists()

    def test_a_revision_rewritten_in_place_is_not_published(self, office):
        record = office.submitted()
        digest = the_digest(record)
        approve(record, by=office.first, digest=digest, now=NOW)
        revision = record.latest_revision
        revision.content["text"] = "<p>夹带</p>"
        revision.save()
        record.refresh_from_db()
        for shown in (digest, the_digest(record)):
            with refused("disclosures.changed_since_submitted"):
                approve(record, by=office.second, digest=shown, now=NOW)

    def test_decisions_on_different_texts_do_not_add_up(self, office):
        record = office.submitted()
        approve(record, by=office.first, digest=the_digest(record), now=NOW)
        ReviewDecision.objects.filter(decision="approved").update(digest="a" * 64)
        with refused("disclosures.not_approved"):
            approve(record, by=office.second, digest=the_digest(record), now=NOW)
        assert TaskState.objects.filter(status="in_progress").count() == 1


def test_papers_are_bound_to_the_content_they_reviewed(office):
    record = office.with_papers(office.draft())
    save_draft(record, by=office.editor, changes={"text": TEXT + "<p>补充。</p>"}, now=NOW)
    with pytest.raises(Refused) as refusal:
        submit(record, by=office.editor, now=NOW)
    assert [f.code for f in refusal.value.data["findings"]] == ["gate.paper_stale"]


def test_a_village_record_is_decided_by_the_township_at_its_step():
    township = BodyFactory.create(township_government=True)
    village = DivisionFactory.create(village=True, parent=township.division)
    office = Office.open(body=BodyFactory.create(committee=True, division=village))
    above = UserFactory.mandated(township, Role.REVIEWER)
    record = office.submitted()
    approve(record, by=office.first, digest=the_digest(record), now=NOW)
    with pytest.raises(Forbidden):
        approve(record, by=office.second, digest=the_digest(record), now=NOW)
    approve(record, by=above, digest=the_digest(record), now=NOW)
    assert record.state == "published"


def test_a_mandate_that_ended_decides_nothing(office):
    record = office.submitted()
    office.first.mandates.update(valid_until=NOW.date().replace(day=1))
    with pytest.raises(Forbidden):
        approve(record, by=office.first, digest=the_digest(record), now=NOW)
