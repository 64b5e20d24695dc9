"""Where to go when nothing was found: like-sounding words, fewer words, near titles, duties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlencode

from django.db.models import Q
from tantivy import Occur, Query

from gongkai.catalogue.models import Item
from gongkai.catalogue.querysets import ItemQuerySet
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import PUBLIC_STATES
from gongkai.search.ask import text_query, token_query
from gongkai.search.index import OpenIndex
from gongkai.search.pinyin import syllables
from gongkai.search.schema import Suggestion
from gongkai.search.tokens import asked_tokens, fold, indexed_tokens, runs

MOST = 6
_MOST_TRIES = 24


def suggestions(text: str, *, opened: OpenIndex) -> tuple[Suggestion, ...]:
    """At most six ways on from a question without an answer, the surest first."""
    found: dict[str, Suggestion] = {}
    for makers in (_like_sounding, _fewer_words, _items, _near_titles):
        maker: Callable[..., Iterable[Suggestion]] = makers
        for suggestion in maker(text, opened=opened):
            found.setdefault(suggestion.text, suggestion)
            if len(found) == MOST:
                return tuple(found.values())
    return tuple(found.values())


def _search_for(words: str) -> Suggestion:
    return Suggestion(kind="query", text=words, url="/search?" + urlencode({"q": words}))


def _like_sounding(text: str, *, opened: OpenIndex) -> Iterator[Suggestion]:
    """The words of titles that are read like the question (正务公开 → 政务公开)."""
    sounds = syllables(text)
    asked = fold(text)
    if not 2 <= len(sounds) <= 20 or not all(sound in opened.syllables for sound in sounds):
        return
    schema = opened.index.schema
    words: list[str | tuple[int, str]] = [*sounds]
    query = Query.phrase_query(schema, "syllables", words)
    for title in _titles(query, opened=opened, limit=20):
        characters = "".join(run.text if run.is_chinese else "·" for run in runs(fold(title)))
        read = syllables(title)
        for at in range(len(read) - len(sounds) + 1):
            heard = characters[at : at + len(sounds)]
            if read[at : at + len(sounds)] == sounds and heard != asked:
                yield _search_for(heard)
                break


def _fewer_words(text: str, *, opened: OpenIndex) -> Iterator[Suggestion]:
    """The longest part of the question that finds something, and then what is left of it."""
    tries = 0
    for run in runs(fold(text)):
        length = len(run.text) - (1 if run.is_chinese else 0)
        while length > 1 and tries < _MOST_TRIES:
            tries += 1
            candidates = [run.text[at : at + length] for at in range(len(run.text) - length + 1)]
            known = [words for words in candidates if _finds(words, opened=opened)]
            yield from (_search_for(words) for words in known[:2])
            if known or not run.is_chinese:
                break
            length -= 1


def _finds(words: str, *, opened: OpenIndex) -> bool:
    searcher = opened.searcher
    if not all(searcher.doc_freq("tokens", token) for token in asked_tokens(words)):
        return False
    return bool(searcher.search(text_query(words, opened=opened), limit=1, count=False).hits)


def _items(text: str, *, opened: OpenIndex) -> Iterator[Suggestion]:
    """Items of the catalogue in force that are about it, published or not."""
    words = [run.text for run in runs(fold(text)) if len(run.text) > 1]
    parts = [word[at : at + 2] for word in words for at in range(len(word) - 1)] or words
    if not parts:
        return
    condition = Q()
    for part in {*words, *parts[:20]}:
        condition |= Q(level3__icontains=part) | Q(level2__icontains=part)
    items = ItemQuerySet(Item).in_force().filter(condition).select_related("edition__domain")[:200]
    asked = set(indexed_tokens(fold(text)))
    ranked = sorted(items, key=lambda item: -len(asked & set(indexed_tokens(fold(item.path)))))
    for item in ranked[:2]:
        yield Suggestion(
            kind="item",
            text=item.title,
            url=f"/catalogue/{item.edition.domain.code}/#{item.key}",
        )


def _near_titles(text: str, *, opened: OpenIndex) -> Iterator[Suggestion]:
    """Records that share at least half of the question's tokens."""
    tokens = [
        token for token in asked_tokens(fold(text)) if opened.searcher.doc_freq("tokens", token)
    ]
    if not tokens:
        return
    schema = opened.index.schema
    parts = [(Occur.Should, token_query(token, schema=schema)) for token in tokens]
    query = Query.boolean_query(parts, minimum_number_should_match=max(1, len(tokens) // 2))
    for code, title in _codes_and_titles(query, opened=opened, limit=4):
        yield Suggestion(kind="disclosure", text=title, url=f"/d/{code}/")


def _titles(query: Query, *, opened: OpenIndex, limit: int) -> list[str]:
    return [title for _code, title in _codes_and_titles(query, opened=opened, limit=limit)]


def _codes_and_titles(query: Query, *, opened: OpenIndex, limit: int) -> list[tuple[str, str]]:
    hits = opened.searcher.search(query, limit=limit, count=False).hits
    codes = [str(opened.searcher.doc(address).get_first("code")) for _score, address in hits]
    rows = Disclosure.objects.filter(code__in=codes).values_list("code", "title", "state")
    titles = {code: title for code, title, state in rows if state in PUBLIC_STATES}
    return [(code, titles[code]) for code in codes if code in titles]
