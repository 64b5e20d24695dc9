"""What one act asks of the database: an upper bound that does not grow with the record."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.disclosures.actions import approve, create_draft, submit
from gongkai.disclosures.canonical import digest_of, draft_of
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.passing import advance
from gongkai.disclosures.routes import ensure_workflow
from gongkai.disclosures.submissions import active_state
from gongkai.disclosures.tests.factories import NOW, TEXT, Office
from gongkai.disclosures.tests.test_review import refused
from gongkai.duties.tests.factories import DutyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    office = Office.open()
    ensure_workflow(office.body)
    return office


def read_again(record: Disclosure) -> Disclosure:
    """The record as a page of the console reads it."""
    return Disclosure.objects.select_related(
        "body__division", "body__parent__division", "domain", "item", "duty", "latest_revision"
    ).get(pk=record.pk)


def n_queries(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len([q for q in queries if "SAVEPOINT" not in q["sql"]])


def test_writing_a_draft_takes_a_bounded_number_of_questions(office):
    duty = DutyFactory.create(body=office.body)
    create = lambda: create_draft(  # noqa: E731
        office.body,
        template="article",
        by=office.editor,
        now=NOW,
        duty=duty,
        changes={"title": "公告", "text": TEXT},
    )
    assert n_queries(create) <= 7


def test_submitting_takes_a_bounded_number_of_questions(office):
    record = office.with_papers(office.draft(duty=DutyFactory.create(body=office.body)))
    record = read_again(record)
    assert n_queries(lambda: submit(record, by=office.editor, now=NOW)) <= 14


def test_deciding_takes_a_bounded_number_of_questions(office):
    record = office.submitted(office.draft(duty=DutyFactory.create(body=office.body)))
    digest = digest_of(draft_of(record, record.latest_revision))
    first, last = read_again(record), read_again(record)
    assert n_queries(lambda: approve(first, by=office.first, digest=digest, now=NOW)) <= 12
    assert n_queries(lambda: approve(last, by=office.second, digest=digest, now=NOW)) <= 28
    assert last.state == "published"


def test_a_second_review_of_the_same_record_is_refused(office):
    record = office.submitted(office.draft())
    Disclosure.objects.filter(pk=record.pk).update(state="draft")
    record = read_again(record)
    with refused("disclosures.not_editable"):
        submit(record, by=office.editor, now=NOW)


def test_a_review_that_another_hand_moved_does_not_move_twice(office):
    record = office.submitted(office.draft())
    seen = active_state(record)
    digest = digest_of(draft_of(record, record.latest_revision))
    approve(record, by=office.first, digest=digest, now=NOW)
    with refused("disclosures.not_in_review"):
        advance(seen, revision=record.latest_revision)
