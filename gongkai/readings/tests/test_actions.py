"""Readings are stored, settled, confirmed and discarded; answers are remembered."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.storage import default_storage

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.base.errors import Forbidden, NotReadable, Refused
from gongkai.catalogue.models import Edition
from gongkai.places.tests.factories import BodyFactory, DivisionFactory
from gongkai.readings.actions.confirm_reading import confirm_reading, discard_reading
from gongkai.readings.actions.ensure_domains import domain_for, ensure_domains
from gongkai.readings.actions.settle_question import (
    leave_unknown,
    settle_equal_questions,
    settle_question,
)
from gongkai.readings.actions.store_reading import store_file
from gongkai.readings.models import CatalogueReading, CatalogueSource, ReadingQuestion
from gongkai.readings.queries import reading_difference, rows_of_reading
from gongkai.readings.tests.factories import NOW, csv_file, row, stored

pytestmark = pytest.mark.django_db
DOUBT = "按领导要求择机安排"
ANSWER = {"kind": "value", "value": "自信息形成之日起7个工作日内"}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def body():
    DivisionFactory(district=True)
    return BodyFactory(name="云溪区民政局")


def settle_all(reading, answer):
    for question in reading.questions.filter(settled_at=None):
        settle_question(question, answer=answer, by=None, now=NOW)


def test_a_clear_file_is_kept_whole_without_questions(body):
    content = csv_file([row(1), row(2)])
    (reading,) = store_file("目录.csv", content, body=body, by=None, now=NOW).readings
    assert reading.domain is not None
    assert reading.domain.name == "社会救助"
    assert not reading.questions.exists()
    assert [one.level2 for one in rows_of_reading(reading)] == ["审核信息1", "审核信息2"]
    with default_storage.open(reading.source.file.name) as kept:
        assert kept.read() == content


def test_the_same_file_is_kept_once_and_its_open_reading_replaced(body):
    first = stored(body, [row(1)])
    second = stored(body, [row(1)])
    first.refresh_from_db()
    assert CatalogueSource.objects.count() == 1
    assert (first.state, second.state) == ("discarded", "open")


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", "今天天气很好。".encode()])
def test_what_is_no_catalogue_is_refused_with_what_to_send(body, content):
    with pytest.raises(NotReadable) as refusal:
        store_file("x.csv", content, body=body, by=None, now=NOW)
    assert refusal.value.data["why"]
    assert refusal.value.data["send_instead"]
    assert not CatalogueSource.objects.exists()


def test_storing_queries_as_often_for_few_as_for_many(body, django_assert_max_num_queries):
    ensure_domains()
    content = csv_file([row(n, deadline=DOUBT) for n in range(1, 120)])
    with django_assert_max_num_queries(16):
        store_file("目录.csv", content, body=body, by=None, now=NOW)
    assert ReadingQuestion.objects.count() == 119


def test_an_answer_changes_its_row_and_only_that(body):
    reading = stored(body, [row(1, deadline=DOUBT), row(2)])
    question = reading.questions.get()
    assert (question.field, question.raw) == ("deadlines", DOUBT)
    settle_question(question, answer=ANSWER, by=None, now=NOW)
    first, second = rows_of_reading(reading)
    assert [(rule.kind, rule.n) for rule in first.deadlines] == [("workdays_after", 7)]
    assert [rule.n for rule in second.deadlines] == [20]
    reading.refresh_from_db()
    assert reading.table["rows"][0]["deadlines"] == []


def test_an_answer_can_be_changed_while_the_reading_is_open(body):
    reading = stored(body, [row(1, deadline=DOUBT)])
    question = reading.questions.get()
    settle_question(question, answer=ANSWER, by=None, now=NOW)
    settle_question(question, answer={"kind": "leave_out"}, by=None, now=NOW)
    assert rows_of_reading(reading)[0].deadlines == ()


def test_one_answer_settles_all_equal_questions(body):
    rows = [row(n, deadline=DOUBT) for n in range(1, 6)] + [row(6, deadline="等通知安排吧")]
    reading = stored(body, rows)
    question = reading.questions.first()
    assert question is not None
    assert settle_equal_questions(question, answer=ANSWER, by=None, now=NOW) == 5
    assert reading.questions.filter(settled_at=None).count() == 1


def test_an_answer_is_remembered_for_the_next_import_of_that_body_only(body):
    first = stored(body, [row(1, deadline=DOUBT)])
    settle_all(first, ANSWER)
    again = stored(body, [row(1), row(2, deadline=DOUBT)])
    question = again.questions.get()
    assert question.is_remembered
    assert question.settled_at is not None
    assert rows_of_reading(again)[1].deadlines[0].n == 7
    other = stored(BodyFactory(), [row(1, deadline=DOUBT)])
    assert other.questions.get().settled_at is None


def test_not_knowing_is_not_remembered(body):
    settle_all(stored(body, [row(1, deadline=DOUBT)]), {"kind": "not_known"})
    assert stored(body, [row(1), row(2, deadline=DOUBT)]).questions.get().settled_at is None


def test_a_remembered_answer_can_be_corrected(body):
    settle_all(stored(body, [row(1, deadline=DOUBT)]), ANSWER)
    again = stored(body, [row(3, deadline=DOUBT)])
    better = {"kind": "value", "value": "长期公开"}
    settle_question(again.questions.get(), answer=better, by=None, now=NOW)
    third = stored(body, [row(4, deadline=DOUBT)])
    assert rows_of_reading(third)[0].deadlines[0].kind == "permanent"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"kind": "value", "value": "还是再说吧"}, "not_understood"),
        ({"kind": "value", "value": "  "}, "empty"),
        ({"kind": "value", "value": 7}, "form"),
        ({"kind": "value", "value": {"ticked": []}}, "form"),
        ({"kind": "guess"}, "kind"),
        ({}, "kind"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(body, answer, why):
    question = stored(body, [row(1, deadline=DOUBT)]).questions.get()
    with pytest.raises(Refused) as refusal:
        settle_question(question, answer=answer, by=None, now=NOW)
    assert refusal.value.data["why"] == why
    question.refresh_from_db()
    assert question.settled_at is None


def test_a_confirmed_reading_is_the_edition_in_force(body):
    reading = stored(body, [row(1), row(2, bodies="各乡镇")])
    edition = confirm_reading(reading, by=None, now=NOW, effective_from=dt.date(2026, 10, 1))
    assert (reading.state, reading.edition) == ("confirmed", edition)
    assert edition.effective_from == dt.date(2026, 10, 1)
    assert edition.source_sha256 == reading.source.sha256
    assert [item.level2 for item in edition.items.all()] == ["审核信息1", "审核信息2"]
    item = edition.items.get(position=1)
    assert item.deadlines.get().n == 20
    assert item.item_bodies.get().body == body
    assert item.channels.get(code="gazette").is_ticked is False
    assert item.to_society is True


def test_open_questions_stop_the_confirmation(body):
    reading = stored(body, [row(1, deadline=DOUBT)])
    with pytest.raises(Refused) as refusal:
        confirm_reading(reading, by=None, now=NOW)
    assert (refusal.value.code, refusal.value.data["n"]) == ("reading.questions_open", 1)
    assert not Edition.objects.exists()


def test_what_nobody_knows_stays_unknown_in_the_edition(body):
    reading = stored(body, [row(1, deadline=DOUBT)])
    assert leave_unknown(reading, by=None, now=NOW) == 1
    rule = confirm_reading(reading, by=None, now=NOW).items.get().deadlines.get()
    assert (rule.kind, rule.n, rule.raw) == ("unknown", None, DOUBT)


def test_a_catalogue_without_a_domain_asks_for_it(body):
    reading = stored(body, [row(1)], title="目录")
    question = reading.questions.get()
    assert (question.field, question.row_position) == ("domain", None)
    assert leave_unknown(reading, by=None, now=NOW) == 0
    settle_question(question, answer={"kind": "value", "value": "救助"}, by=None, now=NOW)
    reading.refresh_from_db()
    assert reading.domain is not None
    assert reading.domain.name == "救助"
    assert confirm_reading(reading, by=None, now=NOW).domain == reading.domain


def test_a_newer_catalogue_tells_its_difference_before_it_takes_effect(body):
    confirm_reading(stored(body, [row(1), row(2)]), by=None, now=NOW)
    newer = stored(body, [row(2, deadline="长期公开"), row(3)])
    old, found = reading_difference(newer)
    assert old is not None
    assert [item.level2 for _, item in found.added] == ["审核信息3"]
    assert [item.level2 for _, item in found.removed] == ["审核信息1"]
    assert [change.path for change in found.changed] == ["最低生活保障 / 审核信息2"]


@pytest.mark.parametrize("act", [confirm_reading, discard_reading, leave_unknown])
def test_nothing_happens_to_a_reading_twice(body, act):
    reading = stored(body, [row(1)])
    stale = CatalogueReading.objects.get(pk=reading.pk)
    discard_reading(reading, by=None)
    options = {} if act is discard_reading else {"now": NOW}
    stale.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        act(stale, by=None, **options)
    assert refusal.value.code == "reading.not_open"


@pytest.mark.parametrize(
    ("role", "is_allowed"),
    [(Role.DISTRICT_OFFICE, True), (Role.EDITOR, False), (Role.AUDITOR, False)],
)
def test_only_the_district_office_stores_settles_and_confirms(body, role, is_allowed):
    user = UserFactory.mandated(body, role)
    reading = stored(body, [row(1, deadline=DOUBT)])
    question = reading.questions.get()
    acts = (
        lambda: store_file("a.csv", csv_file([row(9)]), body=body, by=user, now=NOW),
        lambda: settle_question(question, answer=ANSWER, by=user, now=NOW),
        lambda: confirm_reading(reading, by=user, now=NOW),
    )
    for act in acts:
        if is_allowed:
            assert act()
        else:
            with pytest.raises(Forbidden):
                act()


def test_domains_and_their_other_names_stand_once():
    ensure_domains()
    ensure_domains()
    assert domain_for("卫生健康").name == "医疗卫生"
    own = domain_for("云溪特色产业领域")
    assert (own.name, own.code) == ("云溪特色产业", "yunxitesechanye")
    assert domain_for("云溪特色产业") == own
