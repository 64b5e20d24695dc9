"""What is wrong with a text and how bad: flagged in place, or the whole file refused."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from gongkai.readings.repair.frequency import marks
from gongkai.readings.repair.script import is_traditional, simplified
from gongkai.readings.repair.signs import FINDERS, Sign

REFUSE: Final = "refuse"
FLAG: Final = "flag"
EXCERPT = 24
MAX_PER_CODE: Final = 50
"""Places reported per kind of damage; a file with more is damaged as a whole anyway."""


@dataclass(frozen=True, slots=True)
class Damage:
    """One damaged place. ``severity`` ``refuse`` means the whole text cannot be trusted."""

    code: str
    severity: str
    where: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class _Weight:
    """From when on a kind of damage condemns the whole text.

    ``places`` and ``share`` (damaged characters of all Chinese characters) must both be reached.
    """

    places: int
    share: float


_WEIGHTS: Final[dict[str, _Weight]] = {
    "byte_shifted_gbk": _Weight(2, 0.03),
    "rare_characters": _Weight(3, 0.15),
    "spam_words": _Weight(2, 0.0),
    "character_deleted": _Weight(3, 0.0),
    "text_lost": _Weight(5, 0.05),
    "undecodable": _Weight(10, 0.02),
    "injected_noise": _Weight(10, 0.05),
    "masked": _Weight(20, 0.03),
}
"""Kinds that can condemn a text; all others are only ever flagged."""


def detect_damage(text: str) -> list[Damage]:
    """The damage of one text, in reading order; ``where`` is ``line 12``."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    names = [f"line {number}" for number in range(1, len(starts))]
    return _damage(text, starts[:-1], names)


UNTRUSTED: Final = frozenset(
    {"spam_words", "byte_shifted_gbk", "undecodable", "utf8_read_as_gbk", "template_unrendered",
     "injected_noise", "masked", "character_deleted"}
)  # fmt: skip
"""Damage after which a cell no longer says what its writer wrote."""


@lru_cache(maxsize=16384)
def untrusted_because(text: str) -> str:
    """The code of the damage that makes a cell's words no facts; empty for a sound cell."""
    plain = "".join(text.split())
    found = (sign.code for sign in detect_damage(text) if sign.code in UNTRUSTED)
    return next((c for c in found if c != "character_deleted" or _still_deleted(plain)), "")


def _still_deleted(plain: str) -> bool:
    """Whether a character is missing even when no space tears the word."""
    return any(sign.code == "character_deleted" for sign in detect_damage(plain))


def damage_of_cells(cells: Iterable[tuple[str, str]]) -> list[Damage]:
    """The damage of many cells given as (where, text), weighed over all of them together.

    A text that stands in many cells counts once, at its first place.
    """
    names: list[str] = []
    starts: list[int] = []
    texts: list[str] = []
    position = 0
    seen: set[str] = set()
    for where, text in cells:
        if text in seen:
            continue
        seen.add(text)
        names.append(where)
        starts.append(position)
        texts.append(text)
        position += len(text) + 1
    return _damage("\n".join(texts), starts, names)


def _damage(text: str, starts: Sequence[int], names: Sequence[str]) -> list[Damage]:
    signs = _signs(text)
    found_marks = marks(text)
    n_hanzi = found_marks.count("u") + found_marks.count("r")
    severities = _severities(signs, n_hanzi=n_hanzi)
    kept: Counter[str] = Counter()
    found: list[Damage] = []
    for start, end, code in sorted(signs):
        kept[code] += 1
        if kept[code] <= MAX_PER_CODE:
            where = names[bisect_right(starts, start) - 1] if names else ""
            excerpt = text[max(0, start - 4) : min(end, start + EXCERPT)].replace("\n", " ")
            found.append(Damage(code, severities[code], where, excerpt.strip()))
    return found


def _signs(text: str) -> list[Sign]:
    """All signs. Rare characters count in simplified form, and not where a cause is known."""
    plain = simplified(text) if is_traditional(text) else text
    if len(plain) != len(text):
        plain = text
    signs: list[Sign] = []
    causes: list[tuple[int, int]] = []
    for find in FINDERS:
        causes.sort()
        for start, end, code in find(plain):
            if code in _CAUSES:
                causes.append((start, end))
            if code not in _SYMPTOMS or not _overlaps(causes, start, end):
                signs.append((start, end, code))
    return signs


_CAUSES: Final = frozenset({"byte_shifted_gbk", "utf8_read_as_gbk", "misread_as_latin"})
_SYMPTOMS: Final = frozenset({"rare_characters", "control_characters", "symbol_unknown"})


def _overlaps(places: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the places (sorted, apart) meets the stretch."""
    at = bisect_right(places, (start, end))
    return any(first < end and start < last for first, last in places[max(at - 1, 0) : at + 1])


def _severities(signs: Sequence[Sign], *, n_hanzi: int) -> dict[str, str]:
    places = Counter(code for _, _, code in signs)
    lengths: Counter[str] = Counter()
    for start, end, code in signs:
        lengths[code] += end - start
    severities: dict[str, str] = {}
    for code, n_places in places.items():
        weight = _WEIGHTS.get(code)
        is_whole = (
            weight is not None
            and n_places >= weight.places
            and lengths[code] >= weight.share * max(n_hanzi, 1)
        )
        severities[code] = REFUSE if is_whole else FLAG
    return severities
