"""Corrections, withdrawals, schedules and expiry of public records, and what they leave behind."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from wagtail.models import Revision

from gongkai.accounts.tests.factories import UserFactory
from gongkai.base.errors import Forbidden, GongkaiError, Refused
from gongkai.disclosures import events
from gongkai.disclosures.actions import (
    add_attachment,
    approve,
    expire_due,
    publish_due_scheduled,
    save_draft,
    schedule,
    submit,
    withdraw,
)
from gongkai.disclosures.canonical import digest_of, draft_of
from gongkai.disclosures.jobs import erase_files
from gongkai.disclosures.models import Attachment, Disclosure, PublishedRevision
from gongkai.disclosures.queries import history, revision_difference
from gongkai.disclosures.tests.factories import NOW, TEXT, Office
from gongkai.log.models import LogEntry
from gongkai.log.queries import verify_chain

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=3)


@pytest.fixture
def office() -> Office:
    return Office.open()


def refused(code: str):
    return pytest.raises(GongkaiError, match=code.replace(".", r"\."))


@pytest.fixture
def announced(monkeypatch):
    facts: list[events.PublicChange] = []
    for event in (events.published, events.corrected, events.withdrawn):
        monkeypatch.setattr(event, "handlers", [facts.append])
    return facts


def test_a_draft_of_a_correction_changes_nothing_in_public(office):
    record = office.published()
    save_draft(record, by=office.editor, changes={"text": "<p>改后</p>"}, now=NOW)
    stored = Disclosure.objects.get()
    assert stored.text == TEXT
    assert stored.has_draft
    assert draft_of(stored, stored.latest_revision).text == "<p>改后</p>"


def test_a_correction_is_public_with_its_reason_and_the_old_text_stays_readable(office):
    record = office.corrected(office.published(), reason="人数有误", text="<p>改后</p>")
    assert (record.state, record.version) == ("corrected", 2)
    assert record.changed_at == NOW
    first, second = PublishedRevision.objects.order_by("number")
    assert first.record["text"] == TEXT
    assert second.reason == "人数有误"
    assert [entry.kind for entry in LogEntry.objects.all()] == ["published", "corrected"]
    changed = {difference.name for difference in revision_difference(first.record, second.record)}
    assert changed == {"text"}


def test_a_correction_needs_a_reason_and_a_change(office):
    record = office.published()
    save_draft(record, by=office.editor, changes={}, now=NOW)
    with refused("disclosures.nothing_changed"):
        submit(record, by=office.editor, now=NOW, reason="无")
    save_draft(record, by=office.editor, changes={"text": "<p>改</p>"}, now=NOW)
    with refused("disclosures.reason_required"):
        submit(record, by=office.editor, now=NOW)


def test_a_public_record_keeps_its_first_time_when_corrected(office):
    record = office.published()
    office.corrected(record, text="<p>改后</p>")
    assert record.published_at == NOW


@pytest.mark.parametrize("reason", ["", "   "])
def test_withdrawing_needs_a_reason(office, reason):
    record = office.published()
    with refused("disclosures.reason_required"):
        withdraw(record, by=office.first, reason=reason, now=LATER)
    assert LogEntry.objects.count() == 1


PRIVATE_REASON = "名单里有13812345678，误发"


def test_a_reason_that_names_a_person_never_gets_into_the_log(office):
    record = office.published()
    with refused("disclosures.reason_private"):
        withdraw(record, by=office.editor, reason=PRIVATE_REASON, now=LATER, is_privacy=True)
    save_draft(record, by=office.editor, changes={"text": "<p>改后</p>"}, now=NOW)
    with refused("disclosures.reason_private"):
        submit(record, by=office.editor, now=NOW, reason=PRIVATE_REASON)
    assert LogEntry.objects.count() == 1


def test_a_withdrawn_record_says_why_and_its_earlier_text_stays(office):
    record = office.published()
    kept = withdraw(record, by=office.first, reason="文件已废止", now=LATER)
    assert (record.state, record.withdrawal_reason) == ("withdrawn", "文件已废止")
    assert kept.record["withdrawn"] is True
    assert PublishedRevision.objects.get(number=1).record["text"] == TEXT
    assert verify_chain().n_entries == 2


def test_after_a_withdrawal_for_privacy_only_digests_are_left(office):
    record = office.published(title="关于张三的救助情况")
    digest = record.digest
    withdraw(record, by=office.editor, reason="含个人信息", now=LATER, is_privacy=True)
    first = PublishedRevision.objects.get(number=1)
    assert (first.record, first.digest) == ({}, digest)
    record.refresh_from_db()
    assert "张三" not in record.title + record.text
    assert all(revision.content == {} for revision in Revision.objects.for_instance(record))
    assert "张三" not in "".join(Revision.objects.values_list("object_str", flat=True))
    assert verify_chain().is_intact


def test_files_of_a_private_record_are_erased_by_its_job(office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    draft = office.draft()
    file = add_attachment(draft, content="名单".encode(), name="a.txt", by=office.editor, now=NOW)
    listed = [{"sha256": file.sha256, "title": "名单"}]
    save_draft(draft, by=office.editor, changes={"attachment_list": listed}, now=NOW)
    record = office.approved(office.submitted(draft))
    assert erase_files.func(code=record.code) == 0
    withdraw(record, by=office.editor, reason="含个人信息", now=LATER, is_privacy=True)
    assert erase_files.func(code=record.code) == 1
    assert not Attachment.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_who_may_withdraw(office):
    record = office.published()
    for nobody in (office.editor, UserFactory.create(is_superuser=True)):
        with pytest.raises(Forbidden):
            withdraw(record, by=nobody, reason="错", now=LATER)
    withdraw(record, by=office.supervisor, reason="错", now=LATER)
    with refused("disclosures.not_public"):
        withdraw(record, by=office.supervisor, reason="错", now=LATER)


def test_a_withdrawn_record_is_final(office):
    record = office.published()
    withdraw(record, by=office.first, reason="错", now=LATER)
    with refused("disclosures.withdrawn"):
        save_draft(record, by=office.editor, changes={"title": "再来"}, now=LATER)


def test_a_withdrawal_ends_a_correction_under_review(office):
    record = office.published()
    save_draft(record, by=office.editor, changes={"text": "<p>改后</p>"}, now=NOW)
    office.submitted(record, reason="错")
    withdraw(record, by=office.second, reason="整篇有误", now=LATER)
    with refused("disclosures.not_in_review"):
        approve(record, by=office.first, digest="0" * 64, now=LATER)


def test_an_approved_record_waits_for_its_time(office):
    record = office.draft()
    schedule(record, by=office.editor, go_live_at=LATER, expire_at=None, now=NOW)
    office.approved(office.submitted(record))
    assert record.state == "in_review"
    assert publish_due_scheduled(NOW) == []
    assert publish_due_scheduled(LATER) == [record.code]
    record.refresh_from_db()
    assert (record.state, record.published_at) == ("published", LATER)
    assert PublishedRevision.objects.get().made_by == office.second
    assert publish_due_scheduled(LATER) == []


def test_a_time_alone_publishes_nothing(office):
    record = office.draft()
    schedule(record, by=office.editor, go_live_at=LATER, expire_at=None, now=NOW)
    office.submitted(record)
    assert publish_due_scheduled(LATER) == []
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("go_live_at", "expire_at", "code"),
    [
        (NOW, None, "disclosures.scheduled_in_past"),
        (None, NOW, "disclosures.expiry_in_past"),
        (LATER, LATER, "disclosures.expiry_in_past"),
    ],
)
def test_times_must_lie_ahead_and_in_order(office, go_live_at, expire_at, code):
    with refused(code):
        schedule(
            office.draft(), by=office.editor, go_live_at=go_live_at, expire_at=expire_at, now=NOW
        )


def test_an_expired_record_stays_readable_and_is_not_in_the_log_twice(office, announced):
    record = office.published()
    schedule(record, by=office.editor, go_live_at=None, expire_at=LATER, now=NOW)
    assert expire_due(NOW) == 0
    assert expire_due(LATER) == 1
    record.refresh_from_db()
    assert record.state == "expired"
    assert record.is_public
    assert LogEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_every_public_act_is_announced_once_after_its_commit(office, announced):
    record = office.published()
    office.corrected(record, text="<p>改后</p>")
    withdraw(record, by=office.first, reason="错", now=LATER)
    assert [(fact.kind, fact.version, fact.is_visible) for fact in announced] == [
        ("published", 1, True),
        ("corrected", 2, True),
        ("withdrawn", 3, False),
    ]
    assert announced[0].digest != announced[1].digest


def test_an_act_on_a_row_that_changed_meanwhile_changes_nothing(office):
    record = office.published()
    seen_before = Disclosure.objects.select_related("body__division").get()
    withdraw(record, by=office.first, reason="错", now=LATER)
    with pytest.raises(Refused):
        withdraw(seen_before, by=office.second, reason="也错", now=LATER)
    assert LogEntry.objects.count() == 2


def test_history_tells_who_did_what_newest_first(office):
    record = office.published()
    happened = [(h.what, h.who) for h in history(record)]
    assert happened[0] == ("发布", str(office.second))
    assert ("提交：提交", str(office.editor)) in happened
    assert len(happened) == 4


def test_the_digest_covers_masked_names_without_giving_them_away(office):
    values: dict[str, Any] = {
        "batch": "第三季度",
        "basis": "《社会救助法》",
        "results": [{"person": "张小三", "category": "临时救助", "amount": 100000}],
        "supervision": "0731-55550000",
    }
    record = office.published(template="result_list", text="", values=values)
    public = PublishedRevision.objects.get().record
    assert public["values"]["results"][0]["person"] == "张*三"
    assert "小三" not in str(public)
    other = draft_of(record, None)
    other.values = {**values, "results": [{**values["results"][0], "person": "张大三"}]}
    assert digest_of(other) != record.digest


def test_a_refused_submission_names_every_place(office):
    record = office.draft(title="联系人13812345678", text="<p>身份证 11010519491231002X</p>")
    with pytest.raises(Refused) as refusal:
        submit(office.with_papers(record), by=office.editor, now=NOW)
    findings = refusal.value.data["findings"]
    assert {(f.code, f.place.field) for f in findings} == {
        ("gate.privacy", "title"),
        ("gate.privacy", "text"),
    }
    assert "11010519491231002X" not in str([f.facts for f in findings])


def test_an_attachment_with_an_id_number_closes_the_gate(office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    draft = office.draft()
    file = add_attachment(
        draft,
        content="张三,11010519491231002X".encode(),
        name="名单.csv",
        by=office.editor,
        now=NOW,
    )
    listed = [{"sha256": file.sha256, "title": "名单"}]
    save_draft(draft, by=office.editor, changes={"attachment_list": listed}, now=NOW)
    with pytest.raises(Refused) as refusal:
        office.submitted(draft)
    finding = refusal.value.data["findings"][0]
    assert (finding.code, finding.place.spot) == ("gate.privacy_attachment", "R1C2")


def test_the_same_file_is_kept_once(office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    draft = office.draft()
    for _ in range(2):
        add_attachment(draft, content=b"text", name="a.txt", by=office.editor, now=NOW)
    assert Attachment.objects.count() == 1
    with Attachment.objects.get().file.open() as stored:
        assert stored.read() == b"text"
