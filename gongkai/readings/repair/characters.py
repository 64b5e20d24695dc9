"""Single characters that a converter spoilt, put right where their meaning is certain."""

from __future__ import annotations

import html
import re
from typing import Final

from gongkai.readings.repair.frequency import is_hanzi
from gongkai.readings.repair.symbols import without_private_use

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufe0e\ufe0f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_TAG = re.compile(
    r"</?(p|br|div|span|td|tr|th|table|tbody|o:p|strong|b|em|font|a|li|ul|u)(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?<![<A-Za-z0-9_/:.])/(p|br|div|span|td|tr|o:p|strong|font)>", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|lsquo|rsquo|mdash|middot|hellip|ensp|emsp|#\d{2,6}"
    r"|#x[0-9a-fA-F]{2,5});"
)
_BREAKING: Final = frozenset({"p", "br", "div", "tr", "table", "li"})
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LEADING_MARKS = re.compile(r"(?m)^[ \t]*\?{1,8}[ \t]*(?=[\u4e00-\u9fff\d一(（])")


def without_invisible(text: str) -> str:
    """Zero-width and direction characters taken out."""
    return _INVISIBLE.sub("", text)


def with_plain_spaces(text: str) -> str:
    """No-break and ideographic spaces as plain ones, odd line ends as ``\\n``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    for end in ("\x0c", "\x85", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    return re.sub("[\u00a0\u2002-\u200a\u202f\u205f\u3000]", " ", text)


def without_controls(text: str) -> str:
    """Control characters taken out (``detect_damage`` reports them)."""
    return _CONTROL.sub("", text)


def without_markup(text: str) -> str:
    """Tags, tails of tags (``/p>``) and entities that were left in the text taken out."""
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    if ">" not in text:
        return text
    return _TAIL.sub(_markup_space, _TAG.sub(_markup_space, text))


def _markup_space(match: re.Match[str]) -> str:
    return "\n" if match[1].lower() in _BREAKING else ""


def with_gbk_punctuation(text: str) -> str:
    """GBK codes that were taken for Unicode put right: U+A3AC is ``，``.

    The range belongs to the Yi script, so a text that is written in Yi is left alone.
    """
    n_codes = sum("\ua000" <= char <= "\ua4cf" for char in text)
    if not n_codes or n_codes * 2 > sum(map(is_hanzi, text)) + 2:
        return text
    return "".join(_gbk_character(char) for char in text)


def _gbk_character(char: str) -> str:
    if not "\ua1a1" <= char <= "\ua3fe" or ord(char) & 0xFF < 0xA1 or ord(char) & 0xFF == 0xFF:
        return char
    try:
        decoded = ord(char).to_bytes(2, "big").decode("gbk")
    except UnicodeDecodeError:
        return char
    return decoded if decoded < "\ue000" or decoded > "\uf8ff" else char


def with_line_breaks(text: str) -> str:
    """The Cyrillic letter Р as the line break that it stands for.

    Only where it is the one Cyrillic letter of the text and stands in Chinese.
    """
    if set(_CYRILLIC.findall(text)) != {"\u0420"} or not any(map(is_hanzi, text)):
        return text
    return re.sub("\\s*\u0420\\s*", "\n", text).strip("\n")


def without_leading_marks(text: str) -> str:
    """Question marks at the start of a line taken out: there they stand for lost NBSPs."""
    return _LEADING_MARKS.sub("", text)


def cleaned(text: str) -> str:
    """All repairs of this module in their order, repeated until nothing changes.

    Markup may be escaped twice (``&amp;nbsp;``); more than four layers are left as they are.
    """
    if not _SUSPECT.search(text):
        return text
    for _ in range(4):
        before = text
        for repair in _IN_ORDER:
            text = repair(text)
        if text == before:
            break
    return text


_SUSPECT = re.compile(
    "[&>\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u0420\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000"
    "\ua000-\ua4cf\ue000-\uf8ff\ufe0e\ufe0f\ufeff]"
)
"""Whether any repair of this module can have work: most cells are clean."""

_IN_ORDER: Final = (
    without_invisible,
    without_markup,
    with_plain_spaces,
    with_line_breaks,
    without_controls,
    with_gbk_punctuation,
    without_private_use,
)
