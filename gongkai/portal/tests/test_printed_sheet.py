"""``/d/<code>.pdf``: who gets it, under what name, and what is said where there is none."""

from __future__ import annotations

import pytest

from gongkai.portal.tests.building import attached, expired, published, withdrawn
from gongkai.portal.tests.conftest import NOW
from gongkai.sheets import store, typeset
from gongkai.sheets.tests.conftest import needs_fonts, sheets_folder  # noqa: F401  a fixture
from gongkai.sheets.tests.reading_pdf import words_of

pytestmark = pytest.mark.django_db


@needs_fonts
def test_the_sheet_opens_under_the_title_with_tags_and_is_asked_for_once(visitor):
    record = published(title="停水通知", template="notice", text="<p>明日停水。</p>")
    attached(record, name="范围图.png", content=b"x" * 2048, media_type="image/png")
    answer = visitor.get(f"/d/{record.code}.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        "inline; filename*=utf-8''%E5%81%9C%E6%B0%B4%E9%80%9A%E7%9F%A5.pdf"
    )
    assert f"disclosure:{record.code}" in answer["X-Gongkai-Tags"].split()
    words = words_of(answer.content)
    for text in (
        "停水通知",
        "明日停水。",
        "范围图.png",
        "PNG，2KB",
        record.attachment_list[0]["sha256"],
    ):
        assert text in words, text
    again = visitor.get(f"/d/{record.code}.pdf", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


@needs_fonts
def test_the_traditional_sheet_is_in_traditional_characters(visitor):
    record = published(title="关于公开养老机构的说明")
    assert "關於公開養老機構的說明" in words_of(
        visitor.get(f"/zh-hant/d/{record.code}.pdf").content
    )


@needs_fonts
def test_an_expired_record_is_printed_with_its_note(visitor):
    record = expired(published())
    assert "公开期限已满" in words_of(visitor.get(f"/d/{record.code}.pdf").content)


@pytest.mark.parametrize("is_privacy", [False, True])
def test_a_withdrawn_record_is_gone_like_its_page_even_where_a_sheet_was_kept(visitor, is_privacy):
    record = published(title="名单", text="<p>张三</p>")
    store.keep(record.code, language="zh-Hans", name="n", content=b"%PDF-")
    withdrawn(record, reason="含个人信息", at=NOW, is_privacy=is_privacy)
    answer = visitor.get(f"/d/{record.code}.pdf")
    assert answer.status_code == 410
    assert answer["Content-Type"].startswith("text/html")
    assert "含个人信息" in answer.content.decode()


def test_a_draft_and_an_unknown_code_have_no_sheet(visitor):
    record = published()
    type(record).objects.filter(pk=record.pk).update(state="draft", version=0, published_at=None)
    assert visitor.get(f"/d/{record.code}.pdf").status_code == 404
    assert visitor.get("/d/nowhere.pdf").status_code == 404


def test_without_fonts_the_answer_names_the_package_and_the_page_has_no_link(
    visitor, monkeypatch, tmp_path
):
    monkeypatch.setattr(typeset, "FONT_FOLDERS", (tmp_path,))
    record = published()
    answer = visitor.get(f"/d/{record.code}.pdf")
    assert answer.status_code == 503
    assert "fonts-noto-cjk" in answer.content.decode()
    assert f"/d/{record.code}.pdf" not in visitor.get(f"/d/{record.code}/").content.decode()


@needs_fonts
def test_the_page_links_to_the_sheet(visitor):
    record = published()
    page = visitor.get(f"/d/{record.code}/").content.decode()
    assert f'href="/d/{record.code}.pdf"' in page
    assert "PDF（打印）" in page
