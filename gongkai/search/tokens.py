"""Text folded to one form and cut into tokens, alike for records and questions. No models.

A token is a character of Chinese, a pair of neighbouring characters, or a whole word or number of
another script. Pairs find every phrase of two or more characters wherever a segmenter would have
cut it; single characters serve questions of one character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

LONGEST_WORD = 48

_CHINESE = "々〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
_RUN = re.compile(f"([{_CHINESE}]+)|([^\\W{_CHINESE}_]+)")


class _FoldTable(dict[int, str]):
    """Code point → its folded text, filled as characters are met (``str.translate`` asks it).

    Compatibility forms are resolved, marks dropped, letters lowered, and each traditional character
    becomes the simplified one. It works character by character on purpose: OpenCC's phrase rules
    depend on the neighbours, so a question could fold otherwise than the text that holds it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()  # characters met that do not fold to exactly one

    def __missing__(self, point: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(point)).casefold()
        decomposed = unicodedata.normalize("NFKD", plain)
        kept = (sign for sign in decomposed if not unicodedata.combining(sign))
        folded = "".join(_simplified().get(sign, sign) for sign in kept)
        self[point] = folded
        if len(folded) != 1:
            self.uneven.add(chr(point))
        return folded


_FOLDS = _FoldTable()


@cache
def _simplified() -> dict[str, str]:
    """Every traditional character with its simplified one (lines keep phrase rules away).

    Block by block: all seventy thousand at once would leave the process 15 MB larger for good.
    """
    import opencc

    converter = opencc.OpenCC("t2s")
    found: dict[str, str] = {}
    for start in (*range(0x3400, 0xA000, 0x400), *range(0x20000, 0x2FC00, 0x400)):
        signs = [chr(point) for point in range(start, start + 0x400)]
        pairs = zip(signs, converter.convert("\n".join(signs)).split("\n"), strict=True)
        found |= {sign: simple for sign, simple in pairs if sign != simple and len(simple) == 1}
    return found


def fold(text: str) -> str:
    """``text`` in the one form in which it is indexed and compared."""
    if text.isascii():
        return text.lower()
    return text.translate(_FOLDS)


@dataclass(frozen=True, slots=True)
class Run:
    """An unbroken stretch of one script; ``start`` and ``end`` in the folded text."""

    text: str
    is_chinese: bool
    start: int
    end: int


def runs(folded: str) -> Iterator[Run]:
    """The stretches of a folded text, in order; signs and spaces between them are left out."""
    for match in _RUN.finditer(folded):
        chinese = match.group(1)
        yield Run(match.group(), chinese is not None, match.start(), match.end())


def indexed_tokens(folded: str) -> list[str]:
    """Every token under which a folded text can be found, as often as it occurs."""
    tokens: list[str] = []
    for run in runs(folded):
        if run.is_chinese:
            tokens += run.text
            tokens += [run.text[at : at + 2] for at in range(len(run.text) - 1)]
        else:
            tokens.append(run.text[:LONGEST_WORD])
    return tokens


def asked_tokens(folded: str) -> list[str]:
    """The fewest tokens that a text must have to hold the question; each once, in order."""
    tokens: list[str] = []
    for run in runs(folded):
        if not run.is_chinese:
            tokens.append(run.text[:LONGEST_WORD])
        elif len(run.text) == 1:
            tokens.append(run.text)
        else:
            tokens += [run.text[at : at + 2] for at in range(len(run.text) - 1)]
    return list(dict.fromkeys(tokens))


def marked_spans(text: str, *, question: str) -> list[tuple[int, int]]:
    """The parts of ``text`` that show why it was found: positions in the text itself, in order.

    A run of the question is marked where it stands whole; where no run does, its pairs are.
    """
    whole, pairs = _marked_words(question)
    folded = fold(text)
    found = [span for words in whole for span in _occurrences(folded, words)]
    if not found:
        found = [span for words in pairs for span in _occurrences(folded, words)]
    if not found:
        return []
    if _FOLDS.uneven.isdisjoint(text):
        return _joined(iter(found))
    origins = _origins(text)
    return _joined((origins[start], origins[end - 1] + 1) for start, end in found)


@lru_cache(maxsize=64)
def _marked_words(question: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The runs of a question, and its pairs; all hits of a page ask for the same."""
    folded = fold(question)
    pairs = tuple(token for token in asked_tokens(folded) if len(token) > 1)
    return tuple(run.text for run in runs(folded)), pairs


def _origins(text: str) -> list[int]:
    """For each character of the folded text, the place in ``text`` that it came from."""
    return [at for at, sign in enumerate(text) for _ in _FOLDS[ord(sign)]]


def _occurrences(folded: str, words: str) -> Iterator[tuple[int, int]]:
    at = folded.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = folded.find(words, at + len(words))


def _joined(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
