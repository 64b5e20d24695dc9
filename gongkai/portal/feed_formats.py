"""Atom (RFC 4287) and JSON Feed 1.1 from a list of entries. Pure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One disclosure in a feed. Times carry their zone."""

    address: str
    title: str
    summary: str
    author: str
    category: str
    published_at: dt.datetime
    updated_at: dt.datetime
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A list as a feed: the page that it mirrors and its own address."""

    title: str
    page_address: str
    feed_address: str
    author: str
    entries: Sequence[Entry]

    @property
    def updated_at(self) -> dt.datetime:
        """The newest change among the entries; for an empty feed, the beginning of time."""
        return max(
            (entry.updated_at for entry in self.entries),
            default=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
        )


def as_atom(feed: Feed) -> str:
    """The feed as Atom."""
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">\n',
        f"<title>{_xml(feed.title)}</title>\n<id>{_xml(feed.feed_address)}</id>\n",
        f'<link rel="self" type="application/atom+xml" href={_attribute(feed.feed_address)}/>\n',
        f'<link rel="alternate" type="text/html" href={_attribute(feed.page_address)}/>\n',
        f"<updated>{_time(feed.updated_at)}</updated>\n",
        f"<author><name>{_xml(feed.author)}</name></author>\n",
    ]
    parts += [_atom_entry(entry) for entry in feed.entries]
    return "".join((*parts, "</feed>\n"))


def _atom_entry(entry: Entry) -> str:
    category = f"<category term={_attribute(entry.category)}/>\n" if entry.category else ""
    return (
        f"<entry>\n<title>{_xml(entry.title)}</title>\n<id>{_xml(entry.address)}</id>\n"
        f'<link rel="alternate" type="text/html" href={_attribute(entry.address)}/>\n'
        f"<published>{_time(entry.published_at)}</published>\n"
        f"<updated>{_time(entry.updated_at)}</updated>\n"
        f"<author><name>{_xml(entry.author)}</name></author>\n{category}"
        f"<summary>{_xml(entry.summary)}</summary>\n</entry>\n"
    )


def as_json_feed(feed: Feed) -> str:
    """The feed as JSON Feed 1.1; ``_gongkai.digest`` is the digest of the public version."""
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.page_address,
            "feed_url": feed.feed_address,
            "language": "zh-Hans",
            "authors": [{"name": feed.author}],
            "items": [
                {
                    "id": entry.address,
                    "url": entry.address,
                    "title": entry.title,
                    "content_text": entry.summary or entry.title,
                    "date_published": _time(entry.published_at),
                    "date_modified": _time(entry.updated_at),
                    "authors": [{"name": entry.author}],
                    "tags": [entry.category] if entry.category else [],
                    "_gongkai": {"digest": entry.digest},
                }
                for entry in feed.entries
            ],
        },
        ensure_ascii=False,
    )


def _time(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _xml(text: str) -> str:
    return escape("".join(c for c in text if c.isprintable() or c in "\n\t"))


def _attribute(text: str) -> str:
    return quoteattr("".join(c for c in text if c.isprintable()))
