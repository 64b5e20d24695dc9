"""The sheet of a record: what stands on it, for whom it is kept and when it is erased."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from django.utils import translation

from gongkai.base.errors import Refused
from gongkai.disclosures.events import change_of
from gongkai.disclosures.models import Disclosure, PublishedRevision
from gongkai.disclosures.states import DisclosureState
from gongkai.log.actions import append
from gongkai.log.models import LogEntry
from gongkai.places.tests.factories import BodyFactory
from gongkai.sheets import following, queries, store
from gongkai.sheets.composing import sheet_of_record
from gongkai.sheets.queries import printed_sheet
from gongkai.sheets.tests.conftest import needs_fonts
from gongkai.sheets.tests.reading_pdf import words_of

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 9, 18, 4, 0, tzinfo=dt.UTC)
RESULTS = {
    "batch": "2026年9月",
    "basis": "《临时救助办法》",
    "results": [
        {"person": "李小明", "category": "临时救助", "amount": 120000},
        {"person": "王芳", "category": "临时救助", "amount": 80050},
        {"category": "合计", "amount": 200050},
    ],
    "supervision": "拨打 0000-1234",
}


@pytest.fixture
def record():
    """A public list of results with its entry in the log."""
    body = BodyFactory(phone="0000-8712345")
    made = Disclosure.objects.bulk_create(
        [
            Disclosure(
                code="s1", template="result_list", title="临时救助结果公示", body=body,
                values=RESULTS, state=DisclosureState.PUBLISHED, version=1, digest="ab" * 32,
                index_number="43990100/2026-00001", published_at=NOON, created_at=NOON,
            )
        ]
    )[0]  # fmt: skip
    entry = append(
        LogEntry.Kind.PUBLISHED, subject="disclosure:s1", record_digest=made.digest,
        body_code=body.code, now=NOON,
    )  # fmt: skip
    PublishedRevision.objects.create(
        disclosure=made, number=1, kind="published", record={"a": 1}, digest=made.digest,
        log_entry=entry, made_at=NOON,
    )  # fmt: skip
    return made


@pytest.fixture
def set_sheets(monkeypatch):
    """Sheets as they were asked of a typesetter that does nothing."""
    asked: list[str] = []

    def typeset(sheet: str) -> bytes:
        asked.append(sheet)
        return b"%PDF-" + str(len(asked)).encode()

    monkeypatch.setattr(queries, "typeset", typeset)
    return asked


@needs_fonts
def test_title_rows_sums_number_and_receipt_stand_on_the_paper(record):
    words = words_of(printed_sheet(record, language="zh-Hans").content)
    for text in (
        "临时救助结果公示", "43990100/2026-00001", "2026年9月18日", "1,200.00", "800.50", "合计",
        "2,000.50", "公开编号s1", "第1版", "发布机构电话0000-8712345", "第1条，2026-09-1812:00",
        "ab" * 16, "/d/s1/", "《临时救助办法》",
    ):  # fmt: skip
        assert text in words, text


@needs_fonts
def test_names_are_masked_as_on_the_web(record):
    words = words_of(printed_sheet(record, language="zh-Hans").content)
    assert "李*明" in words
    assert "李小明" not in words
    assert "王芳" not in words
    assert "姓名已作隐去处理" in words


def test_the_words_of_the_sheet_follow_the_language_and_the_script(record, set_sheets):
    with translation.override("en"):
        printed_sheet(record, language="en")
    printed_sheet(record, language="zh-Hant", convert=lambda text: text.replace("结", "結"))
    assert "Public log" in set_sheets[0]
    assert "临时救助結果公示" in set_sheets[1]
    assert '"language": "zh-Hant"' in set_sheets[1]


def test_a_repealed_or_expired_record_says_so_before_its_text(record):
    record.state, record.validity = DisclosureState.EXPIRED, "repealed"
    notes = sheet_of_record(record, language="zh-Hans").notes
    assert [note[:5] for note in notes] == ["这条信息的", "这份文件已"]


def test_a_sheet_is_set_once_and_anew_after_any_change_of_its_words(record, set_sheets):
    first = printed_sheet(record, language="zh-Hans")
    assert printed_sheet(record, language="zh-Hans") == first
    assert len(set_sheets) == 1
    record.body.phone = "0000-1"
    second = printed_sheet(record, language="zh-Hans")
    assert second.fingerprint != first.fingerprint
    assert len(list((store.root() / "s1").iterdir())) == 1
    printed_sheet(record, language="zh-Hant")
    assert len(list((store.root() / "s1").iterdir())) == 2


def test_what_is_not_public_has_no_sheet(record, set_sheets):
    record.state = DisclosureState.WITHDRAWN
    with pytest.raises(Refused):
        printed_sheet(record, language="zh-Hans")
    assert set_sheets == []


def test_a_withdrawal_erases_the_sheets_at_once(record, set_sheets):
    printed_sheet(record, language="zh-Hans")
    assert store.codes() == ["s1"]
    following.erase_withdrawn(change_of(record, kind="withdrawn", now=NOON))
    assert store.codes() == []


def test_a_withdrawal_on_another_machine_erases_them_with_the_next_tidying(record, set_sheets):
    printed_sheet(record, language="zh-Hans")
    assert following.tidy() == 0
    Disclosure.objects.filter(pk=record.pk).update(state=DisclosureState.WITHDRAWN)
    assert following.tidy() == 1
    assert store.codes() == []


def test_a_record_withdrawn_while_it_was_set_leaves_nothing(record, monkeypatch):
    def typeset(sheet: str) -> bytes:
        Disclosure.objects.filter(pk=record.pk).update(state=DisclosureState.WITHDRAWN)
        return b"%PDF-"

    monkeypatch.setattr(queries, "typeset", typeset)
    printed_sheet(record, language="zh-Hans")
    assert store.codes() == []


def test_the_longest_unused_sheets_are_dropped_first(sheets_folder):
    for number, code in enumerate(("a", "b", "c")):
        store.keep(code, language="en", name="n", content=b"x" * 100)
        path = sheets_folder / code / "en.n.pdf"
        os.utime(path, (number, number))
    assert store.kept("a", language="en", name="n")
    assert store.drop_longest_unused(n_bytes=250) == 1
    assert store.kept("b", language="en", name="n") is None
    assert store.kept("c", language="en", name="n") is not None
