"""Text that was decoded with the wrong encoding: reversed where exact, recognised where not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gongkai.readings.repair.frequency import is_hanzi, is_usual, marks, rare_share

_RUN = re.compile(r"[^\x00-\x7f]{3,}")
_SHIFTED_RUN = re.compile(r"[^\x00-\x7f]{4,}")
_LATIN_RUN = re.compile(
    "(?:[\u00a0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122\u0080-\u009f]){4,}"
)
_KUN = re.compile("(?:锟斤拷|锟斤|斤拷|烫烫烫|屯屯屯)")
MIN_RESTORED: Final = 2
WINDOW: Final = 8
"""Characters looked at together: the shift ends at the next ASCII or half byte."""


def restored(text: str) -> str:
    """The text with wrongly decoded runs reversed, only where the round trip is exact.

    Reversed are UTF-8 read as GBK (``鍏紑`` → ``公开``), UTF-8 read as Latin (``å…¬``) and GBK read
    as Latin (``¹«¿ª``). Whatever gives no usual Chinese stays as it is.
    """
    if text.isascii():
        return text
    text = _LATIN_RUN.sub(lambda match: _from_latin(match[0]) or match[0], text)
    if "r" not in marks(text):
        return text
    return _RUN.sub(lambda match: _utf8_as_gbk(match[0]) or match[0], text)


def misread_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, code) of the runs that ``restored`` reverses, and of those lost for good."""
    for match in _LATIN_RUN.finditer(text):
        if _from_latin(match[0]):
            yield match.start(), match.end(), "misread_as_latin"
    for match in _RUN.finditer(text):
        if "r" in marks(match[0]) and (_utf8_as_gbk(match[0]) or _nearly_utf8(match[0])):
            yield match.start(), match.end(), "utf8_read_as_gbk"
    for match in _KUN.finditer(text):
        yield match.start(), match.end(), "text_lost"


def _exact(run: str, written_as: str, meant: str) -> str:
    """The run re-read, empty unless every byte fits both ways."""
    try:
        content = run.encode(written_as)
        text = content.decode(meant)
        return text if text.encode(meant).decode(written_as) == run else ""
    except UnicodeError:
        return ""


def _is_plain_chinese(text: str, *, minimum: int = MIN_RESTORED) -> bool:
    hanzi = [char for char in text if is_hanzi(char)]
    known = sum(
        is_hanzi(c) or c in "，。、；：（）《》〔〕“”！？■□√●…—" or c.isascii() for c in text
    )
    return len(hanzi) >= minimum and known == len(text) and rare_share("".join(hanzi)) <= 0.2


def _utf8_as_gbk(run: str) -> str:
    text = _exact(run, "gb18030", "utf-8")
    return text if text and text != run and _is_plain_chinese(text) else ""


def _nearly_utf8(run: str) -> bool:
    """Whether the bytes are UTF-8 but for a few that a converter dropped: ``鍏紑``, ``淇℃伅``."""
    if rare_share(run) < 0.3:
        return False
    text = run.encode("gb18030", errors="ignore").decode("utf-8", errors="replace")
    usual = sum(is_usual(char) for char in text)
    return usual >= 3 and usual >= 0.6 * len(text)


def _from_latin(run: str) -> str:
    for written_as in ("cp1252", "latin-1"):
        for meant in ("utf-8", "gb18030"):
            text = _exact(run, written_as, meant)
            if text and _is_plain_chinese(text):
                return text
    return ""


def shifted_runs(text: str) -> Iterator[tuple[int, int]]:
    """The runs whose GBK bytes lost one byte, so that every later pair is torn apart.

    Sure is a run that is rare Chinese as it stands and usual Chinese when its bytes are paired
    the other way. Nothing is restored from it: what stood around the lost byte is unknown.
    Example: ``爸腔鄞笃痢币殉蔀楫`` holds the bytes of ``智慧大屏”已成``.
    """
    found = marks(text)
    for match in _SHIFTED_RUN.finditer(text):
        if found.count("r", match.start(), match.end()) >= 2:
            yield from _shifted_stretches(text, found, match.start(), match.end())


def _shifted_stretches(text: str, found: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    start = end = -1
    for at in range(first, max(last - WINDOW // 2, first + 1), 2):
        until = min(at + WINDOW, last)
        if not _is_shifted(text[at:until], found[at:until]):
            continue
        if start >= 0 and at > end:
            yield start, end
            start = -1
        start = at if start < 0 else start
        end = until
    if start >= 0:
        yield start, end


def _is_shifted(run: str, found: str) -> bool:
    n_rare = found.count("r")
    n_hanzi = n_rare + found.count("u")
    return n_rare >= 2 and n_rare >= 0.2 * n_hanzi and _pairs_otherwise(run)


def _pairs_otherwise(run: str) -> bool:
    try:
        content = run.encode("gbk")
    except UnicodeEncodeError:
        content = run.encode("gbk", errors="ignore")
    for shifted in (content[1:], content[1:-1]):
        text = shifted.decode("gbk", errors="replace")
        usual = sum(is_usual(char) for char in text)
        if usual >= 4 and usual >= 0.7 * len(text) and rare_share(text) <= 0.1:
            return True
    return False
