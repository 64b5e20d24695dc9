"""One record in public: corrected, expired, withdrawn, and proven."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from gongkai.disclosures.models import Disclosure
from gongkai.log.rules import Entry, entry_hash
from gongkai.portal.tests.building import attached, expired, published, withdrawn
from gongkai.portal.tests.conftest import NOW

pytestmark = pytest.mark.django_db


def test_a_draft_is_nowhere(visitor):
    record = published()
    Disclosure.objects.filter(pk=record.pk).update(state="draft", version=0, published_at=None)
    for path in ("", "history/", "receipt/", "history/1/"):
        assert visitor.get(f"/d/{record.code}/{path}").status_code == 404
    assert visitor.get(f"/d/{record.code}.json").status_code == 404
    assert visitor.post(f"/v/{record.code}/").status_code == 404


def test_a_correction_shows_its_reason_and_what_changed(district, visitor):
    page = visitor.get(f"/d/{district.policy.code}/").content.decode()
    assert "标准有误" in page
    assert "640 元" in page
    history = visitor.get(f"/d/{district.policy.code}/history/").content.decode()
    assert "<del>620</del>" in history
    assert "<ins>640</ins>" in history


def test_a_withdrawn_record_is_gone_with_its_reason_and_its_text_stays_in_the_history(visitor):
    record = withdrawn(published(text="<p>停水通知</p>"), reason="施工取消", at=NOW)
    page = visitor.get(f"/d/{record.code}/")
    assert page.status_code == 410
    assert "施工取消" in page.content.decode()
    assert "停水通知" not in page.content.decode()
    assert "停水通知" in visitor.get(f"/d/{record.code}/history/1/").content.decode()
    assert visitor.get(f"/d/{record.code}/history/2/").status_code == 404
    answer = visitor.get(f"/d/{record.code}.json")
    assert answer.status_code == 410
    assert answer.json()["withdrawal_reason"] == "施工取消"


def test_what_was_withdrawn_for_privacy_is_readable_nowhere(visitor):
    record = published(title="张三等人名单", text="<p>张三</p>")
    attached(record, name="名单.pdf", content=b"%PDF", media_type="application/pdf")
    withdrawn(record, reason="含个人信息", at=NOW, is_privacy=True)
    sha256 = record.attachment_list[0]["sha256"]
    paths = ("/", ".json", "/history/", "/history/1/", "/history/1.json", "/receipt/",
             f"/files/{sha256}/", f"/previews/{sha256}/")  # fmt: skip
    for path in paths:
        assert "张三" not in visitor.get(f"/d/{record.code}{path}").content.decode(), path
    assert visitor.get(f"/d/{record.code}/files/{sha256}/").status_code == 404
    assert visitor.get(f"/d/{record.code}/history/1/").status_code == 404
    assert visitor.get(f"/d/{record.code}/history/").status_code == 200


def test_the_raw_bytes_of_a_version_have_its_digest_and_the_log_entry_its_hash(district, visitor):
    code = district.policy.code
    receipt = visitor.get(f"/d/{code}.json").json()
    content = visitor.get(f"/d/{code}/history/{receipt['version']}.json").content
    assert hashlib.sha256(content).hexdigest() == receipt["digest"] == district.policy.digest
    log = receipt["log"]
    entry = Entry(
        number=log["number"], kind=log["kind"], subject=log["subject"], body_code=log["body"],
        record_digest=log["record_digest"], reason=log["reason"],
        logged_at=dt.datetime.fromisoformat(log["time"]),
    )  # fmt: skip
    assert entry_hash(entry, previous_hash=log["previous_hash"]) == log["entry_hash"]


def test_attachments_open_while_the_record_is_in_force_only(district, visitor):
    sha256 = district.policy.attachment_list[0]["sha256"]
    address = f"/d/{district.policy.code}/files/{sha256}/"
    response = visitor.get(address)
    assert b"".join(response.streaming_content) == b"%PDF-1.4 x"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert visitor.get(f"/d/{district.policy.code}/files/{'0' * 64}/").status_code == 404
    assert visitor.get(f"/d/{district.notice.code}/files/{sha256}/").status_code == 404
    expired(district.policy)
    assert visitor.get(address).status_code == 404
    page = visitor.get(f"/d/{district.policy.code}/").content.decode()
    assert "附件不再提供下载" in page
    assert "流程图.pdf" in page


def test_files_that_browsers_could_run_are_saved_instead(visitor):
    record = published()
    found = attached(record, name="x.html", content=b"<script>", media_type="text/html")
    response = visitor.get(f"/d/{record.code}/files/{found.sha256}/")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content) == b"<script>"


def test_views_are_counted_by_the_page_and_shown(district, visitor):
    address = f"/v/{district.policy.code}/"
    person = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130"}
    assert visitor.post(address, headers=person).json() == {"n_views": 1}
    assert visitor.post(address, headers=person).json() == {"n_views": 2}
    assert visitor.post(address, headers={"User-Agent": "Googlebot/2.1"}).json() == {"n_views": 2}
    assert visitor.get(address).status_code == 405
    page = visitor.get(f"/d/{district.policy.code}/").content.decode()
    assert "<span data-count-number>2</span>" in page


def test_a_page_is_dropped_with_the_records_that_it_names(visitor):
    other, record = published(item_key="k1", title="另一机构的公告"), published(item_key="k1")
    page = visitor.get(f"/d/{record.code}/")
    assert "另一机构的公告" in page.content.decode()
    assert f"disclosure:{other.code}" in page["X-Gongkai-Tags"].split()


def test_no_cache_keeps_a_file_without_asking(visitor):
    record = published()
    found = attached(record, name="图.png", content=b"x", media_type="image/png")
    answer = visitor.get(f"/d/{record.code}/files/{found.sha256}/")
    assert b"".join(answer.streaming_content) == b"x"
    assert answer["Cache-Control"] == "no-cache"
