"""Importing an existing site: every form of source, twice the same, problems with their place."""

from __future__ import annotations

import datetime as dt
import io
import json

import openpyxl
import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.base.errors import Forbidden, NotReadable
from gongkai.catalogue.tests.factories import DomainFactory, ItemFactory
from gongkai.disclosures.actions import import_disclosures
from gongkai.disclosures.importing import read_source
from gongkai.disclosures.messages import TEXTS, text_of
from gongkai.disclosures.models import Disclosure, PublishedRevision
from gongkai.disclosures.tests.factories import NOW, Office
from gongkai.log.models import LogEntry
from gongkai.log.queries import verify_chain

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>云溪区</title><link>https://old.example</link>
<item><title>关于发放耕地地力保护补贴的公告</title><link>https://old.example/1.html</link>
<pubDate>Mon, 07 Sep 2026 18:30:00 GMT</pubDate>
<description>&lt;p&gt;已发放。&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>云溪区</title><id>x</id>
<updated>2026-09-01T00:00:00Z</updated>
<entry><title>第三季度救助名单</title><id>tag:1</id><link href="https://old.example/2.html"/>
<updated>2026-09-01T00:00:00Z</updated>
<content type="html">&lt;p&gt;见附件。&lt;/p&gt;</content></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "云溪区",
        "items": [{"id": "7", "url": "https://old.example/7", "title": "公告",
                   "content_html": "<p>正文</p>", "date_published": "2026-09-01T09:00:00+08:00"}],
    }
)  # fmt: skip


def sheet(*rows: list[object], above: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    made = book.active
    assert made is not None
    made.title = "历史信息"
    for line in above:
        made.append([line])
    for row in rows:
        made.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEAD: list[object] = ["标题", "正文", "发布日期", "文号", "发布机构", "领域", "网址"]


@pytest.mark.pure
class TestReading:
    """Sources of every form become rows of one shape."""

    def test_a_sheet_with_a_title_above_its_header(self):
        content = sheet(HEAD, ["甲", "文", dt.date(2026, 9, 1), "云政〔2026〕1号", "", "", "https://a/1"],
                        above=("历史信息汇总表",))  # fmt: skip
        (row,) = read_source(content, name="a.xlsx")
        assert (row.sheet, row.row) == ("历史信息", 3)
        assert row.facts["title"] == "甲"
        assert row.columns["published_on"] == "发布日期"
        assert row.origin_key == "https://a/1"

    @pytest.mark.parametrize(
        ("content", "name", "title", "day"),
        [
            (RSS, "a.xml", "关于发放耕地地力保护补贴的公告", dt.date(2026, 9, 8)),
            (ATOM, "a.atom", "第三季度救助名单", dt.date(2026, 9, 1)),
            (JSON_FEED, "a.json", "公告", dt.date(2026, 9, 1)),
        ],
    )
    def test_feeds(self, content, name, title, day):
        (row,) = read_source(content.encode(), name=name)
        assert row.facts["title"] == title
        assert row.facts["published_on"] == day

    def test_gbk_csv(self):
        (row,) = read_source("标题,正文\n甲,乙\n".encode("gbk"), name="a.csv")
        assert row.facts == {"title": "甲", "text": "乙"}

    @pytest.mark.parametrize(
        ("content", "name", "code"),
        [
            (b"<html></html>", "a.xml", "import.unreadable"),
            (b"{}", "a.json", "import.unreadable"),
            (b'{"items": [1]}', "a.json", "import.unreadable"),
            ("甲,乙\n1,2".encode(), "a.csv", "import.no_title_column"),
            (b"PK\x03\x04", "a.xlsx", "attachment.damaged"),
        ],
    )
    def test_what_cannot_be_read_says_so(self, content, name, code):
        with pytest.raises(NotReadable) as refusal:
            read_source(content, name=name)
        assert refusal.value.code == code
        assert code in TEXTS

    @settings(max_examples=60, deadline=None)
    @given(
        st.binary(max_size=200), st.sampled_from(["a.csv", "a.xlsx", "a.xml", "a.json", "a.xls"])
    )
    def test_any_bytes_are_rows_or_a_reasoned_refusal(self, content, name):
        try:
            rows = read_source(content, name=name)
        except NotReadable as error:
            assert error.code in TEXTS  # noqa: PT017  both ends are fine
        else:
            assert all(row.row > 0 for row in rows)


@pytest.fixture
def office(db) -> Office:
    return Office.open(code="yunxi-office")


def imported(office: Office, content: bytes, **options: bool):
    return import_disclosures(
        content, name="a.xlsx", body=office.body, by=office.supervisor, now=NOW, **options
    )


def test_rows_are_public_with_their_origin_and_one_log_entry_each(office):
    domain = DomainFactory.create()
    content = sheet(
        HEAD,
        ["乙", "正文", "2026-09-02", "", office.body.name, "社会救助领域", "https://a/2"],
        ["甲", "正文", "2026-09-01", "云政〔2026〕1号", "", "", "https://a/1"],
    )
    report = imported(office, content)
    assert (report.n_created, report.n_refused, report.problems) == (2, 0, [])
    older, newer = Disclosure.objects.order_by("pk")
    assert (older.title, older.origin_published_on) == ("甲", dt.date(2026, 9, 1))
    assert (newer.state, newer.published_at, newer.domain) == ("published", NOW, domain)
    assert [revision.made_by for revision in PublishedRevision.objects.all()] == [
        office.supervisor
    ] * 2
    assert verify_chain().n_entries == 2
    assert verify_chain().is_intact


def test_a_row_answers_to_the_item_that_it_names(office):
    item = ItemFactory.create()
    head: list[object] = ["标题", "正文", "领域", "公开事项"]
    domain = item.edition.domain.name
    rows: list[list[object]] = [
        ["甲", "文", domain, item.title],
        ["乙", "文", domain, "没有的事项"],
    ]
    report = imported(office, sheet(head, *rows))
    assert report.n_created == 2
    assert [problem.code for problem in report.problems] == ["import.unknown_item"]
    assert Disclosure.objects.get(title="甲").item == item
    assert Disclosure.objects.get(title="乙").item is None


def test_the_same_file_again_changes_nothing(office):
    content = sheet(HEAD, ["甲", "正文", "2026-09-01", "", "", "", "https://a/1"])
    first = imported(office, content)
    again = imported(office, content)
    assert (again.n_created, again.n_unchanged) == (0, 1)
    assert Disclosure.objects.get().code == first.codes[0]
    assert LogEntry.objects.count() == 1


def test_a_row_changed_at_its_source_is_reported_not_overwritten(office):
    imported(office, sheet(HEAD, ["甲", "正文", "2026-09-01", "", "", "", "https://a/1"]))
    report = imported(office, sheet(HEAD, ["甲", "改过", "2026-09-01", "", "", "", "https://a/1"]))
    assert (report.n_changed, report.problems[0].code) == (1, "import.changed")
    assert "正文" in Disclosure.objects.get().text


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (["", "正文", "2026-09-01"], "import.title_missing", "标题"),
        (["甲", "正文", "九月一日"], "import.bad_date", "发布日期"),
        (["甲", "正文", "2027-09-01"], "import.date_in_future", "发布日期"),
        (["甲", "手机13812345678", "2026-09-01"], "gate.privacy", "正文"),
        (["甲", "", "2026-09-01"], "gate.text_missing", "正文"),
        (["甲", "文", "2026-09-01", "", "天外局"], "import.unknown_body", "发布机构"),
        (["@SUM(A1)", "文", "2026-09-01"], "gate.formula", "标题"),
    ],
)
def test_a_bad_row_is_refused_with_sheet_row_and_column_and_others_pass(office, row, code, column):
    good: list[object] = ["好的", "正文", "2026-09-01"]
    report = imported(office, sheet(HEAD, row, good))
    assert (report.n_created, report.n_refused) == (1, 1)
    problem = next(p for p in report.problems if p.is_refusal)
    assert (problem.sheet, problem.row, problem.column, problem.code) == (
        "历史信息",
        2,
        column,
        code,
    )
    assert "%(" not in text_of(problem.code, problem.facts)


def test_a_dry_run_stores_nothing(office):
    report = imported(office, sheet(HEAD, ["甲", "正文", "2026-09-01"]), dry_run=True)
    assert report.n_created == 1
    assert not Disclosure.objects.exists()


def test_importing_needs_a_supervisor_s_mandate(office):
    for person in (office.editor, office.first, UserFactory.create(is_superuser=True)):
        with pytest.raises(Forbidden):
            import_disclosures(
                JSON_FEED.encode(), name="a.json", body=office.body, by=person, now=NOW
            )


class TestCommand:
    """The exit codes of the contract."""

    def run(self, *arguments: str) -> tuple[int, str]:
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_disclosures", *arguments, stdout=out, stderr=err)
        except SystemExit as end:
            return int(end.code or 0), out.getvalue() + err.getvalue()
        return 0, out.getvalue()

    def test_done(self, office, tmp_path):
        path = tmp_path / "feed.json"
        path.write_text(JSON_FEED)
        code, text = self.run(str(path), "--body", "yunxi-office", "--json")
        assert code == 0
        assert json.loads(text)["n_created"] == 1

    def test_done_with_rows_left_out(self, office, tmp_path):
        path = tmp_path / "a.xlsx"
        path.write_bytes(sheet(HEAD, ["甲", "正文"], ["", "正文"]))
        code, text = self.run(str(path), "--body", "yunxi-office")
        assert code == 3
        assert "第 3 行" in text

    @pytest.mark.parametrize("name", ["missing.xlsx", "broken.xlsx"])
    def test_refused(self, office, tmp_path, name):
        (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
        code, text = self.run(str(tmp_path / name), "--body", "yunxi-office")
        assert code == 1
        assert text
        assert not Disclosure.objects.exists()

    def test_refused_without_a_supervisor(self, office, tmp_path):
        office.supervisor.mandates.update(role=Role.EDITOR)
        path = tmp_path / "feed.json"
        path.write_text(JSON_FEED)
        assert self.run(str(path), "--body", "yunxi-office")[0] == 1


@pytest.mark.django_db
def test_columns_headed_by_labels_of_the_template_fill_its_values():
    office = Office.open()
    supervisor = UserFactory.mandated(office.body, Role.DISTRICT_OFFICE)
    guide = [
        "民政服务办事指南", "办事指南", "居民", "《社会救助法》\n《条例》", "户籍在本区",
        "申请表|原件|1\n身份证明|复印件", "申请\n受理", "10个工作日", "不收费", "一楼3号窗口",
        "工作日", "0000-55501234",
    ]  # fmt: skip
    headings = [
        "标题", "信息类型", "服务对象", "设定依据", "受理条件", "申请材料", "办理流程", "办理时限",
        "收费标准", "办理地点", "办理时间", "咨询电话",
    ]  # fmt: skip
    report = import_disclosures(
        sheet(headings, guide), name="旧站.xlsx", body=office.body, by=supervisor, now=NOW
    )
    assert (report.n_created, report.problems) == (1, [])
    record = Disclosure.objects.get(title="民政服务办事指南")
    assert record.template == "service_guide"
    assert record.values["legal_basis"] == ["《社会救助法》", "《条例》"]
    assert [row["material"] for row in record.values["materials"]] == ["申请表", "身份证明"]
    assert record.values["fee"] == "不收费"
