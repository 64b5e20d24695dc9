"""How usual a Chinese character is, by its place in the national character set GB 2312."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache


def is_hanzi(char: str) -> bool:
    """Whether the character is a Chinese character (basic block and extension A)."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


@lru_cache(maxsize=32768)
def is_usual(char: str) -> bool:
    """Whether it is one of the 3,755 frequent characters (level 1) of GB 2312."""
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def rare_share(text: Iterable[str]) -> float:
    """The share of Chinese characters outside of the frequent ones; 0.0 without any.

    Plain administrative Chinese has 1 to 4 %; text whose bytes were shifted has 30 % and more.
    """
    n_hanzi = n_rare = 0
    for char in text:
        if is_hanzi(char):
            n_hanzi += 1
            n_rare += not is_usual(char)
    return n_rare / n_hanzi if n_hanzi else 0.0
