"""Search over many records: in process and through the web, beside SQLite on the same records."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.conf import settings

from gongkai.benches.asking import Asker
from gongkai.benches.framework import Figure, milliseconds_each, step, tell, timed
from gongkai.benches.population import populate, prepare, questions
from gongkai.disclosures.models import Disclosure
from gongkai.search.document import plain_text
from gongkai.search.follow import rebuild, standing
from gongkai.search.queries import SearchRequest, facets, search
from gongkai.search.schema import Sort
from gongkai.search.tokens import asked_tokens, fold, indexed_tokens

N_QUESTIONS = 100
N_SCANS = 8
SORTS: tuple[Sort, ...] = ("newest", "rank")


def run(size: int) -> Iterator[Figure]:
    """Newest-20 and rank-20 for questions of one to four characters."""
    prepare()
    populate(size)
    started = time.perf_counter()
    with step("index"):
        rebuild(progress=_progress)
    seconds = time.perf_counter() - started
    yield Figure("search.index", round(size / seconds), "records/s", n=size)
    yield Figure("search.index_size", _megabytes(), "MB", n=standing().n_documents)
    peer = Peer(Path(settings.DATA_DIR) / "peer.sqlite3")
    with step("the same records in SQLite FTS5"):
        peer.fill()
    for length in (1, 2, 3, 4):
        yield from _by_length(length, peer)
    yield from _whole(peer)


def _by_length(length: int, peer: Peer) -> Iterator[Figure]:
    asked = questions(random.Random(length), length=length, n=N_QUESTIONS)
    for sort in SORTS:
        search(SearchRequest(text=asked[0], sort=sort))
        requests = [SearchRequest(text=text, sort=sort) for text in asked]
        ours = milliseconds_each(search, requests)
        fts = timed("", milliseconds_each(peer.find, requests[:40]))
        name = f"search.{sort}20.{length}"
        yield timed(name, ours, fts5=fts.p50 or 0.0)
        yield Figure(f"{name}.fts5", fts.value, "ms", fts.p50, fts.p95, fts.p99, fts.n)


def _whole(peer: Peer) -> Iterator[Figure]:
    """All lengths together, the facets, the page through the program, and a scan with LIKE."""
    chance = random.Random(5)
    asked = [
        text
        for length in (1, 2, 3, 4)
        for text in questions(chance, length=length, n=N_QUESTIONS // 2)
    ]
    requests = [SearchRequest(text=text, sort=sort) for text in asked for sort in SORTS]
    scans = timed("", milliseconds_each(peer.scan, asked[-N_SCANS:]))
    yield timed("search.all", milliseconds_each(search, requests), like=scans.p50 or 0.0)
    yield timed("search.facets", milliseconds_each(facets, requests))
    ask = Asker()
    for name, path in (("search.web_page", "/search"), ("search.web_api", "/api/v1/search")):
        ask.get(path, q="公示")
        yield timed(name, milliseconds_each(partial(_ask, ask, path), asked))


def _ask(ask: Asker, path: str, text: str) -> bytes:
    return ask.get(path, q=text)


class Peer:
    """SQLite with the same tokens in FTS5, and the plain text to scan."""

    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path)
        self.database.execute("PRAGMA mmap_size=1000000000")
        self.database.execute(
            "CREATE VIRTUAL TABLE peer USING fts5(title, text, content='', detail=column,"
            " tokenize='unicode61 remove_diacritics 0')"
        )
        self.database.execute("CREATE TABLE plain (id INTEGER PRIMARY KEY, title, text)")

    def fill(self) -> None:
        """The records in the order of publication, so that a row's number is its rank by time."""
        rows = Disclosure.objects.order_by("published_at").values_list("title", "summary", "text")
        with self.database:
            for number, (title, summary, text) in enumerate(rows.iterator(2000), 1):
                plain = f"{summary} {plain_text(text)}"
                tokens = [" ".join(indexed_tokens(fold(part))) for part in (title, plain)]
                self.database.execute(
                    "INSERT INTO peer (rowid, title, text) VALUES (?, ?, ?)", (number, *tokens)
                )
                self.database.execute("INSERT INTO plain VALUES (?, ?, ?)", (number, title, plain))
                if number % 50_000 == 0:
                    tell(f"{number} records in FTS5")
            self.database.execute("INSERT INTO peer (peer) VALUES ('optimize')")

    def find(self, request: SearchRequest) -> list[tuple[int]]:
        """The twenty newest, or the twenty best by bm25."""
        match = " AND ".join(f'"{token}"' for token in asked_tokens(fold(request.text)))
        order = "rowid DESC" if request.sort == "newest" else "rank"
        query = f"SELECT rowid FROM peer WHERE peer MATCH ? ORDER BY {order} LIMIT 20"  # noqa: S608
        return self.database.execute(query, (match,)).fetchall()

    def scan(self, text: str) -> list[tuple[int]]:
        """The twenty newest by looking into every text."""
        return self.database.execute(
            "SELECT id FROM plain WHERE title LIKE ?1 OR text LIKE ?1 ORDER BY id DESC"
            " LIMIT 20 OFFSET 200",
            (f"%{text}%",),
        ).fetchall()


def _megabytes() -> float:
    folder = Path(settings.SEARCH_INDEX_DIR)
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)


def _progress(n: int) -> None:
    if n % 20_000 == 0:
        tell(f"{n} records indexed")
