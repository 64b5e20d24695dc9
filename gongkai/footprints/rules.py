"""Which requests are views by people: a rule without Django, so that it can be read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PROGRAM = re.compile(
    r"bot\b|bot/|spider|crawl|slurp|scrapy|curl/|wget/|python-|java/|okhttp|go-http|libwww|httpclient"
    r"|headless|phantomjs|lighthouse|pingdom|uptime|monitor|preview|archiver|scanner|feed"
    r"|baiduspider|sogou web|360spider|bytespider|yisou",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"[a-z_]{1,20}:[0-9A-Za-z_-]{1,40}")


def is_view_by_person(headers: Mapping[str, str]) -> bool:
    """Whether the request looks like a person's browser that shows the page itself.

    A missing user agent, a program's user agent, a prefetch, and a request from another site do
    not count. Nothing else about the reader is looked at, and nothing is kept.
    """
    agent = headers.get("User-Agent", "")
    if not agent or _PROGRAM.search(agent):
        return False
    if "prefetch" in (headers.get("Purpose", "") + headers.get("Sec-Purpose", "")):
        return False
    return headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def is_subject(subject: str) -> bool:
    """Whether ``subject`` is written as ``kind:code``."""
    return _SUBJECT.fullmatch(subject) is not None
