"""Traditional characters to simplified ones, where a text is traditional as a whole."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from gongkai.readings.repair.frequency import is_hanzi

TRADITIONAL_SHARE: Final = 0.05
"""From this share of characters that differ on, a text counts as traditional.

Simplified texts stay far below: only names and a few characters such as 著 or 乾 differ.
"""


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified characters (phrase by phrase, not character by character)."""
    return str(_converter().convert(text))


def is_traditional(text: str, *, sample: int = 20_000) -> bool:
    """Whether the text is written in traditional characters."""
    hanzi = [char for char in text[: sample * 2] if is_hanzi(char)][:sample]
    if not hanzi:
        return False
    plain = "".join(hanzi)
    converted = simplified(plain)
    if len(converted) != len(plain):
        return False
    n_changed = sum(a != b for a, b in zip(plain, converted, strict=True))
    return n_changed >= 2 and n_changed / len(plain) >= TRADITIONAL_SHARE
