"""From a question to a query of the index. Every text is a question: nothing here can fail."""

from __future__ import annotations

from dataclasses import replace

from tantivy import Occur, Query, Schema

from gongkai.search.index import OpenIndex
from gongkai.search.pinyin import LONGEST_QUESTION, cuts
from gongkai.search.schema import DEEPEST_HIT, LARGEST_PAGE_SIZE, LONGEST_TEXT, SearchRequest
from gongkai.search.tokens import Run, asked_tokens, fold, runs

TITLE_BOOST = 3.0
SOUND_BOOST = 0.5


def understood(request: SearchRequest) -> SearchRequest:
    """The request within its limits: text cut, page and size clamped, place as its prefix."""
    per_page = min(max(1, request.per_page), LARGEST_PAGE_SIZE)
    deepest_page = max(1, DEEPEST_HIT // per_page)
    return replace(
        request,
        text=" ".join(request.text.replace("\x00", " ").split())[:LONGEST_TEXT],
        place=place_prefix(request.place),
        sort="newest" if request.sort == "newest" or not request.text.strip() else "rank",
        per_page=per_page,
        page=min(max(1, request.page), deepest_page),
    )


def place_prefix(code: str) -> str:
    """What every code of the place's subtree begins with; a short code is a prefix already."""
    digits = code.strip()[:12]
    if len(digits) < 12:
        return digits
    for length in (2, 4, 6, 9):
        if not digits[length:].strip("0"):
            return digits[:length]
    return digits


def to_query(request: SearchRequest, *, opened: OpenIndex) -> Query:
    """The query of an understood request: every filter and every token must hold."""
    schema = opened.index.schema
    parts = [(Occur.Must, Query.const_score_query(part, 0.0)) for part in _filters(request, schema)]
    if request.text:
        parts.append((Occur.Must, text_query(request.text, opened=opened)))
    if not parts:
        return Query.all_query()
    return Query.boolean_query(parts)


def text_query(text: str, *, opened: OpenIndex) -> Query:
    """Records that hold every token of ``text``, or whose title sounds like it."""
    found_runs = list(runs(fold(text)))
    if not found_runs:
        return Query.empty_query()
    words = Query.boolean_query([part for run in found_runs for part in _run_parts(run, opened)])
    letters = "".join(run.text for run in found_runs)
    if len(found_runs) == 1 or not _is_latin(letters):
        return words
    sounds = [(Occur.Should, query) for query in _sounds(letters, opened)]
    return Query.boolean_query([(Occur.Should, words), *sounds])


def token_query(token: str, *, schema: Schema, field: str = "tokens") -> Query:
    """Records whose ``field`` holds the token."""
    return Query.term_query(schema, field, token, index_option="freq")


def _run_parts(run: Run, opened: OpenIndex) -> list[tuple[Occur, Query]]:
    """What a run demands (each of its tokens) and what lifts a record (the title has it)."""
    schema = opened.index.schema
    if not run.is_chinese and _is_latin(run.text):
        sounds = [(Occur.Should, query) for query in _sounds(run.text, opened)]
        if sounds:
            alternatives = [(Occur.Should, _word(run.text, schema)), *sounds]
            return [(Occur.Must, Query.boolean_query(alternatives))]
    parts: list[tuple[Occur, Query]] = []
    for token in asked_tokens(run.text):
        parts.append((Occur.Must, token_query(token, schema=schema)))
        in_title = token_query(token, schema=schema, field="title_tokens")
        parts.append((Occur.Should, Query.boost_query(in_title, TITLE_BOOST)))
    return parts


def _word(word: str, schema: Schema) -> Query:
    token = asked_tokens(word)[0]
    in_title = token_query(token, schema=schema, field="title_tokens")
    return Query.boolean_query(
        [
            (Occur.Must, token_query(token, schema=schema)),
            (Occur.Should, Query.boost_query(in_title, TITLE_BOOST)),
        ]
    )


def _sounds(letters: str, opened: OpenIndex) -> list[Query]:
    """Titles that hold the letters as syllables (the last may be unfinished) or as initials."""
    schema = opened.index.schema
    queries = [
        _sequence("syllables", cut, schema=schema, open_end=cut[-1] not in opened.syllables)
        for cut in cuts(letters, known=opened.syllables)
        if len(cut) > 1 or cut[0] in opened.syllables
    ]
    if 2 <= len(letters) <= LONGEST_QUESTION // 2:
        pairs = [letters[at : at + 2] for at in range(len(letters) - 1)]
        queries.append(_sequence("initials", pairs, schema=schema, open_end=False))
    return [Query.boost_query(query, SOUND_BOOST) for query in queries]


def _sequence(field: str, tokens: list[str], *, schema: Schema, open_end: bool) -> Query:
    if len(tokens) == 1:
        return token_query(tokens[0], schema=schema, field=field)
    words: list[str | tuple[int, str]] = [*tokens]
    if open_end:
        return Query.phrase_prefix_query(schema, field, words)
    return Query.phrase_query(schema, field, words)


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _filters(request: SearchRequest, schema: Schema) -> list[Query]:
    wanted = {
        "domain": request.domain,
        "body": request.body,
        "place": request.place,
        "year": "" if request.year is None else str(request.year),
        "template": request.template,
        "validity": request.validity,
    }
    return [
        Query.term_query(schema, name, value, index_option="basic")
        for name, value in wanted.items()
        if value
    ]
