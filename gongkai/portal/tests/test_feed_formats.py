"""Feeds are well-formed whatever a title holds."""

from __future__ import annotations

import datetime as dt
import json

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.portal.feed_formats import Entry, Feed, as_atom, as_json_feed

pytestmark = pytest.mark.pure
AT = dt.datetime(2026, 9, 18, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def feed(title):
    entry = Entry(
        address="https://example.test/d/abc/", title=title, summary=title, author="区民政局",
        category="社会救助", published_at=AT, updated_at=AT, digest="0" * 64,
    )  # fmt: skip
    return Feed(
        title="最新公开", page_address="https://example.test/", author="云溪区",
        feed_address="https://example.test/feeds/?q=a&b", entries=[entry],
    )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.text())
def test_any_title_gives_well_formed_atom(title):
    read = feedparser.parse(as_atom(feed(title)).encode("utf-8", "replace"))
    assert not read.bozo
    assert len(read.entries) == 1


def test_atom_says_when_who_and_where():
    read = feedparser.parse(as_atom(feed("低保 <公示> & 结果")))
    entry = read.entries[0]
    assert "公示" in entry.title
    assert "<公示>" not in as_atom(feed("低保 <公示> & 结果"))
    assert entry.link == "https://example.test/d/abc/"
    assert entry.published == "2026-09-18T09:30:00+08:00"
    assert entry.author == "区民政局"


@given(st.text())
def test_any_title_survives_json_feed(title):
    assert json.loads(as_json_feed(feed(title)))["items"][0]["title"] == title
