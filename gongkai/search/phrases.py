"""Readings of Chinese in little memory: pypinyin with only the phrases that change a reading.

Its dictionary holds 47,000 phrases (35 MB a process), but nine in ten read as their characters do
one by one. Those that matter are chosen by a process of its own, because memory that was once taken
for the whole would never go back to the system.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache

_LONGEST = 10
_SECONDS = 60

Readings = dict[str, list[list[str]]]


@cache
def reader() -> Callable[..., list[str]]:
    """``pypinyin.lazy_pinyin``, with the phrases that matter."""
    os.environ["PYPINYIN_NO_PHRASES"] = os.environ["PYPINYIN_NO_DICT_COPY"] = "1"
    from pypinyin import lazy_pinyin, load_phrases_dict

    for name in ("PYPINYIN_NO_PHRASES", "PYPINYIN_NO_DICT_COPY"):  # read at import only
        os.environ.pop(name, None)
    load_phrases_dict(_chosen_elsewhere())
    return lazy_pinyin


def phrases_that_matter(phrases: Readings, default: Callable[[str], str | None]) -> Readings:
    """The phrases read otherwise than sign by sign, and the longer ones around them.

    The longer ones decide where a text is cut: 朝阳区 is read ``chao`` although 朝阳 is ``zhao``.
    """
    from pypinyin.contrib.tone_convert import to_normal

    plain = cache(to_normal)
    changing = {
        phrase
        for phrase, sounds in phrases.items()
        if any(default(sign) != plain(sound[0]) for sign, sound in zip(phrase, sounds, strict=True))
    }
    return {
        phrase: sounds
        for phrase, sounds in phrases.items()
        if any(part in changing for part in _parts(phrase))
    }


def _parts(phrase: str) -> list[str]:
    """Every piece of two signs or more, the phrase itself among them."""
    return [
        phrase[start:end]
        for start in range(len(phrase))
        for end in range(start + 2, min(start + _LONGEST, len(phrase)) + 1)
    ] + [phrase]


def _chosen_elsewhere() -> Readings:
    command = [sys.executable, "-m", "gongkai.search.phrases"]
    kept = {name: value for name, value in os.environ.items() if name != "PYPINYIN_NO_PHRASES"}
    finished = subprocess.run(  # noqa: S603  our own command line
        command, env=kept, capture_output=True, timeout=_SECONDS, check=True
    )
    chosen: Readings = json.loads(finished.stdout)
    return chosen


def _choose() -> Readings:
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    @cache
    def default(sign: str) -> str | None:
        sounds = PINYIN_DICT.get(ord(sign))
        return to_normal(sounds.partition(",")[0]) if sounds else None

    return phrases_that_matter(PHRASES_DICT, default)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_choose()))
