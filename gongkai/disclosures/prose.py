"""Prose as HTML: what may stand in it, and its plain text. Pure."""

from __future__ import annotations

import html
import re
from typing import Final

import nh3

TAGS: Final = frozenset(
    (
        "p",
        "br",
        "h2",
        "h3",
        "h4",
        "strong",
        "b",
        "em",
        "i",
        "u",
        "s",
        "sub",
        "sup",
        "ul",
        "ol",
        "li",
        "blockquote",
        "hr",
        "a",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    )
)
ATTRIBUTES: Final[dict[str, set[str]]] = {
    "a": {"href", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
}
_BREAKS = re.compile(r"<(?:br|/p|/h[2-4]|/li|/tr|/blockquote|hr)\b[^>]*>", re.IGNORECASE)
_BLOCKS = re.compile(
    r"<(?:p|h[1-6]|ul|ol|li|table|div|br|blockquote|section|article|span|strong|b|em|a|hr)\b",
    re.IGNORECASE,
)
_CELLS = re.compile(r"</t[dh]>", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>")


def sanitised(text: str) -> str:
    """The HTML with only structure and web links in it; text without tags becomes paragraphs.

    Idempotent, so the digest of a record does not depend on how often it was saved.
    """
    text = text.replace("\x00", "").strip()
    if not text:
        return ""
    if not _BLOCKS.search(text):
        text = paragraphs(text)
    text = re.sub(r"<(/?)h1\b", r"<\1h2", text, flags=re.IGNORECASE)
    text = re.sub(r"<(/?)(?:h5|h6)\b", r"<\1h4", text, flags=re.IGNORECASE)
    text = re.sub(r"<(/?)div\b", r"<\1p", text, flags=re.IGNORECASE)
    clean = nh3.clean(
        text,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
        strip_comments=True,
    )
    clean = re.sub(r"<p>(?:\s|&nbsp;|<br>)*</p>", "", clean)
    clean = clean.strip()
    return clean if not clean or _BLOCKS.search(clean) else f"<p>{clean}</p>"


def paragraphs(text: str) -> str:
    """Plain text as HTML: a line is a paragraph, empty lines do not count."""
    lines = (line.strip() for line in text.replace("\r\n", "\n").split("\n"))
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)


def plain_text(text: str) -> str:
    """The words of the HTML, one block a line, cells apart by a tab."""
    text = _CELLS.sub("\t", _BREAKS.sub("\n", text))
    lines = (line.strip() for line in html.unescape(_TAGS.sub("", text)).split("\n"))
    return "\n".join(line for line in lines if line)
