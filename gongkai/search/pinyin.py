"""Titles by sound: syllables and initials in the index, and questions typed in Latin letters.

The dictionary of readings is loaded where titles are read; a question is cut into the syllables
that the index holds.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Any

from gongkai.search.phrases import reader
from gongkai.search.tokens import fold, runs

LONGEST_QUESTION = 40
_LONGEST_SYLLABLE = 6
_MOST_CUTS = 4
_BREAK = "·"


def syllables(title: str) -> list[str]:
    """The reading of each Chinese character, without tones; a break wherever Chinese stops.

    Example: ``低保2026年`` → ``["di", "bao", "·", "nian"]``.
    """
    breaks: Any = lambda unread: [_BREAK] * len(unread)  # noqa: E731  its stub knows only text
    lazy_pinyin = reader()
    read: list[str] = []
    for run in runs(fold(title)):
        if run.is_chinese:
            read += lazy_pinyin(run.text, errors=breaks)
        elif read and read[-1] != _BREAK:
            read.append(_BREAK)
    return [sound.replace("ü", "v") for sound in read]


def initial_pairs(sounds: list[str]) -> list[str]:
    """Neighbouring initials as tokens (``zheng wu gong`` → ``zw wg``); breaks stay breaks."""
    letters = [sound[0] for sound in sounds]
    return [
        first + second if _BREAK not in (first, second) else _BREAK
        for first, second in pairwise(letters)
    ]


def cuts(letters: str, *, known: Collection[str]) -> list[list[str]]:
    """Ways to read ``letters`` as known syllables, the fewest syllables first, at most four.

    The last syllable may be unfinished: it is then a beginning of a known one.
    Example: ``xian`` → ``[["xian"], ["xi", "an"]]``.
    """
    if len(letters) > LONGEST_QUESTION:
        return []
    beginnings = {sound[:n] for sound in known for n in range(1, len(sound) + 1)}
    partial: dict[int, list[list[str]]] = {0: [[]]}
    whole: list[list[str]] = []
    for at in range(len(letters)):
        for before in partial.pop(at, ()):
            for end in range(at + 1, min(at + _LONGEST_SYLLABLE, len(letters)) + 1):
                piece = letters[at:end]
                if end == len(letters) and piece in beginnings:
                    whole.append([*before, piece])
                elif piece in known:
                    partial.setdefault(end, []).append([*before, piece])
        for end in partial:
            partial[end] = sorted(partial[end], key=len)[:_MOST_CUTS]
    return sorted(whole, key=lambda cut: (len(cut), cut))[:_MOST_CUTS]
