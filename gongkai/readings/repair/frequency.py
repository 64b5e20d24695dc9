"""How usual a Chinese character is, by its place in the national character set GB 2312."""

from __future__ import annotations

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


class _Marks(dict[int, str]):
    """Code point → ``u`` usual hanzi, ``r`` rare hanzi, ``.`` anything else; filled as met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        mark = "." if not is_hanzi(char) else "u" if is_usual(char) else "r"
        self[code] = mark
        return mark


_MARKS = _Marks()


def marks(text: str) -> str:
    """One mark per character: ``u`` usual, ``r`` rare Chinese character, ``.`` anything else."""
    return text.translate(_MARKS)


def rare_share(text: str) -> float:
    """The share of Chinese characters outside of the frequent ones; 0.0 without any.

    Plain administrative Chinese has 1 to 4 %; text whose bytes were shifted has 30 % and more.
    """
    found = marks(text)
    n_rare = found.count("r")
    return n_rare / (n_rare + found.count("u")) if n_rare else 0.0
