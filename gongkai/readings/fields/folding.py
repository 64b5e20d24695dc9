"""One spelling for matching: spaces gone, widths folded, every place still known in the source.

Source cells are full of spaces inside words, broken lines, full-width and radical look-alikes.
Parsers match on ``Folded.text`` and give back ``Folded.source(…)``, so that what they report is
always the source's own characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e")
_FOLDED_RANGES = (
    (0x2E80, 0x2FDF),  # radicals that PDF text layers give for characters
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFE30, 0xFE6F),  # vertical and small forms
    (0xFF01, 0xFFEE),  # full-width forms
)
_PUNCTUATION = {"﹑": "、", "､": "、", "｡": "。", "“": '"', "”": '"', "‘": "'", "’": "'"}


def is_blank(character: str) -> bool:
    """Whether a character is white space or invisible."""
    return character.isspace() or character in _INVISIBLE


@lru_cache(maxsize=65536)
def _fold(character: str) -> str:
    if character in _PUNCTUATION:
        return _PUNCTUATION[character]
    code = ord(character)
    if any(low <= code <= high for low, high in _FOLDED_RANGES):
        normal = unicodedata.normalize("NFKC", character)
        if len(normal) == 1 and not normal.isspace():
            return normal
    return character


@dataclass(frozen=True, slots=True)
class Folded:
    """A source text and its folded form; ``places[i]`` is where ``text[i]`` stands in ``raw``."""

    raw: str
    text: str
    places: tuple[int, ...]

    def source(self, start: int, end: int) -> str:
        """The source's own characters of ``text[start:end]``, without blanks at the ends."""
        if start >= end:
            return ""
        return self.raw[self.places[start] : self.places[end - 1] + 1]

    def gap_before(self, index: int) -> str:
        """The blanks that stand in the source between ``text[index - 1]`` and ``text[index]``."""
        if index <= 0 or index >= len(self.places):
            return ""
        return self.raw[self.places[index - 1] + 1 : self.places[index]]

    def breaks_before(self, index: int) -> bool:
        """Whether a line of the source ends between ``text[index - 1]`` and ``text[index]``."""
        return "\n" in self.gap_before(index)


def fold(raw: str) -> Folded:
    """The folded form of any text."""
    kept = [(place, mark) for place, mark in enumerate(raw) if not is_blank(mark)]
    return Folded(
        raw=raw,
        text="".join(_fold(mark) for _, mark in kept),
        places=tuple(place for place, _ in kept),
    )


def folded(raw: str) -> str:
    """Only the folded text."""
    return fold(raw).text


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


_ISSUER_ENDS = re.compile(r"[\u4e00-\u9fff](?:部|委|办|办公厅|总局|局|厅|署|法院|检察院|银行)$")
_ISSUER = re.compile(
    r"[\u4e00-\u9fff]{1,8}?(?:部|委|办|办公厅|局|厅|署|法院|检察院|银行|会)"
    r"(?:关于|印发|办公厅|联合|[ \u3000])"
)


def _parts(kept: Sequence[str], raw: str, place: int) -> bool:
    """Whether the gap before the character at ``place`` parts two words that stay apart."""
    if _is_word(raw[place]):
        return _is_word(kept[-1])
    return bool(_ISSUER_ENDS.search("".join(kept[-6:])) and _ISSUER.match(raw, place))


def clean(raw: str) -> str:
    """The text on one line: blanks gone, but one space kept between Latin words and issuers.

    Joint documents name their issuers parted by a space: 民政部 财政部关于….
    """
    kept: list[str] = []
    gap = False
    for place, character in enumerate(raw):
        if is_blank(character):
            gap = True
            continue
        if gap and kept and _parts(kept, raw, place):
            kept.append(" ")
        gap = False
        kept.append(character)
    return "".join(kept)


def significant(raw: str) -> str:
    """The characters that must survive reading: everything but blanks (for conservation checks)."""
    return "".join(character for character in raw if not is_blank(character))
