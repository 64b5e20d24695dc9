"""What a hit shows: the title and a piece of the text, escaped, with the words found marked."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString, mark_safe

from gongkai.search.tokens import fold, marked_spans, runs

WINDOW = 120
BEFORE = 24
FOLDED_AT_MOST = 4_000


def marked(text: str, *, question: str) -> SafeString:
    """``text`` escaped, with ``<mark>`` around what answers the question."""
    pieces: list[str] = []
    at = 0
    for start, end in marked_spans(text, question=question) if question else ():
        pieces += (escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>")
        at = end
    pieces.append(escape(text[at:]))
    return mark_safe("".join(pieces))


def snippet(text: str, *, question: str) -> SafeString:
    """The piece of ``text`` around the first words found, or its beginning."""
    start = max(0, _first(text, question) - BEFORE)
    piece = text[start : start + WINDOW]
    before = "…" if start else ""
    after = "…" if start + WINDOW < len(text) else ""
    return mark_safe(before + marked(piece, question=question) + after)


def _first(text: str, question: str) -> int:
    """Where the question is first met: as typed anywhere, or folded near the beginning."""
    asked = [run.text for run in runs(fold(question))]
    places = [at for words in asked if (at := text.find(words)) >= 0]
    if places:
        return min(places)
    near = text[:FOLDED_AT_MOST]
    folded = fold(near)
    pairs = [words[at : at + 2] for words in asked for at in range(max(1, len(words) - 1))]
    places = [at for words in (*asked, *pairs) if (at := folded.find(words)) >= 0]
    return min(places, default=0)
