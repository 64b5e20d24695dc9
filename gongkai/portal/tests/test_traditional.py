"""Traditional pages change what is read, never what is followed."""

from __future__ import annotations

import pytest

from gongkai.portal.traditional import simplified_text, traditional_html

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("<p>政务公开</p>", "<p>政務公開</p>"),
        ('<a href="/?q=公开" title="公开">公开</a>', '<a href="/?q=公开" title="公開">公開</a>'),
        ('<input value="公开" placeholder="公开">', '<input value="公开" placeholder="公開">'),
        ('<html lang="zh-Hans">', '<html lang="zh-Hant">'),
        ('<a translate="no" lang="zh-CN">简体</a>', '<a translate="no" lang="zh-CN">简体</a>'),
        ("<code>公开</code>", "<code>公开</code>"),
        ("<textarea>公开</textarea>", "<textarea>公开</textarea>"),
        ("<!-- 公开 --><b>公开</b>", "<!-- 公开 --><b>公開</b>"),
        ("头发和发展", "頭髮和發展"),
    ],
)
def test_texts_are_converted_and_addresses_kept(simplified, traditional):
    assert traditional_html(simplified) == traditional


def test_what_was_typed_in_traditional_characters_is_searched_in_simplified():
    assert simplified_text("城鄉居民最低生活保障") == "城乡居民最低生活保障"
