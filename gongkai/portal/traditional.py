"""Traditional Chinese from simplified HTML: texts and read-out attributes, never addresses."""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol, cast

_PIECE = re.compile(
    r"(?P<asis><!--.*?-->|<(?P<raw>script|style|textarea|code|pre)\b.*?</(?P=raw)\s*>"
    r"|<(?P<kept>[a-z0-9]+)\b[^>]*\btranslate=\"no\"[^>]*>.*?</(?P=kept)\s*>)"
    r"|(?P<tag><[^>]*>)|(?P<text>[^<]+)",
    re.DOTALL | re.IGNORECASE,
)
_READ_OUT = re.compile(r"(\s(?:alt|title|aria-label|placeholder|data-label|content)=\")([^\"]*)")
_LANGUAGE = re.compile(r"(\slang=\")zh-Hans(?=\")")
_KEPT_META = re.compile(r"\bname=\"(?:gongkai-|SiteIDCode|SiteDomain)|http-equiv|itemprop=\"url")


class _Converter(Protocol):
    def convert(self, text: str) -> str:
        """The text in the other script."""


@cache
def _converter(configuration: str) -> _Converter:
    import opencc

    return cast(_Converter, opencc.OpenCC(configuration))


def traditional_text(text: str) -> str:
    """The text in traditional characters."""
    return _converter("s2t").convert(text)


def simplified_text(text: str) -> str:
    """The text in simplified characters; for what people type."""
    return _converter("t2s").convert(text)


def traditional_html(html: str) -> str:
    """The page in traditional characters; addresses, scripts and ``translate="no"`` untouched.

    An element marked ``translate="no"`` must not contain an element of its own name.
    """
    return _PIECE.sub(_convert_piece, html)


def _convert_piece(piece: re.Match[str]) -> str:
    if piece["text"]:
        return traditional_text(piece["text"])
    if piece["tag"] is None:
        return piece[0]
    tag = _LANGUAGE.sub(r"\1zh-Hant", piece["tag"])
    if _KEPT_META.search(tag):
        return tag
    return _READ_OUT.sub(lambda found: found[1] + traditional_text(found[2]), tag)
