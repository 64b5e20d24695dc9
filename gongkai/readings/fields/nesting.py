"""Where brackets and quotes are open in a text, so that nothing is split inside of them."""

from __future__ import annotations

from itertools import accumulate

_ROUND = "([〔【{"
_OPENERS = {")": _ROUND, "]": _ROUND, "〕": _ROUND, "】": _ROUND, "}": _ROUND} | {
    "》": "《", "〉": "〈", "」": "「", "』": "『",
}  # fmt: skip
_OPENING = frozenset(_ROUND + "《〈「『")


def depths(text: str) -> list[int]:
    """How many brackets are open at each character (the brackets themselves count as inside).

    Only pairs count: an opening bracket without its end opens nothing, so a damaged text is still
    split. Round, square and document-number brackets may close each other, as sources mix them.
    """
    steps = [0] * (len(text) + 1)
    open_at: list[int] = []
    for index, mark in enumerate(text):
        if mark in _OPENING:
            open_at.append(index)
        elif mark in _OPENERS:
            openers = _OPENERS[mark]
            found = next((i for i in reversed(open_at[-8:]) if text[i] in openers), None)
            if found is not None:
                while open_at.pop() != found:
                    pass
                steps[found] += 1
                steps[index + 1] -= 1
    return list(accumulate(steps[:-1]))
