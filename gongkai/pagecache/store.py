"""The pages that one process keeps: finished bytes, bounded, the longest unused dropped first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from gongkai.pagecache.generations import Generations

OVERHEAD_BYTES = 2_000

Key = tuple[str, ...]
Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """One finished answer and what must not have changed for it to be good."""

    status: str
    headers: list[Header]
    headers_unchanged: list[Header]  # of the answer 304
    body: bytes
    etag: str
    slots: tuple[int, ...]
    since: int
    good_until: float
    is_without_cookies: bool = False  # made for, and only given to, somebody without cookies

    @property
    def n_bytes(self) -> int:
        """What keeping the page costs."""
        return len(self.body) + OVERHEAD_BYTES


class Store:
    """Pages by key, at most ``n_bytes`` together."""

    def __init__(self, generations: Generations, *, n_bytes: int) -> None:
        self.generations = generations
        self.n_bytes_held = 0
        self._n_bytes_allowed = n_bytes
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key, *, clock: float) -> Page | None:
        """The page under ``key`` if it is good at this moment."""
        page = self._pages.get(key)
        if page is None:
            return None
        is_good = clock < page.good_until and self.generations.is_good(page.slots, since=page.since)
        with self._lock:
            if not is_good:
                self._drop(key)
            elif key in self._pages:
                self._pages.move_to_end(key)
        return page if is_good else None

    def put(self, key: Key, page: Page) -> bool:
        """Keep the page unless it is too large or already not good; tells whether it was kept."""
        if page.n_bytes > self._n_bytes_allowed // 4:
            return False
        if not self.generations.is_good(page.slots, since=page.since):
            return False
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self.n_bytes_held += page.n_bytes
            while self.n_bytes_held > self._n_bytes_allowed:
                self._drop(next(iter(self._pages)))
        return True

    def _drop(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.n_bytes_held -= page.n_bytes
