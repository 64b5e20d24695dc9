"""The cache as a WSGI application in front of another: anonymous pages leave as finished bytes.

Kept is only what says so: an answer to GET with tags (``tags.HEADER``), without cookies, of a
status that is a fact about the address. Readers and nginx are told to ask again each time
(``no-cache`` with an ETag), so nothing stale stays in a browser either.
"""

from __future__ import annotations

import hashlib
import time
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from gongkai.pagecache.generations import slots_of
from gongkai.pagecache.store import Header, Key, Page, Store
from gongkai.pagecache.tags import HEADER, SECONDS_HEADER

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

KEPT_STATUSES = frozenset({"200", "301", "308", "404", "410"})
PRIVATE_PREFIXES = ("/console/", "/accounts/")
LONGEST_SECONDS = 300
SMALLEST_COMPRESSED = 400
COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml",
                "application/feed+json", "application/ld+json", "application/manifest+json",
                "application/openapi+json", "image/svg+xml", "application/x-ndjson",
                "application/jsonl")  # fmt: skip
_OWN = frozenset({HEADER.lower(), SECONDS_HEADER.lower()})
_RECOMPUTED = frozenset({"content-length", "content-encoding", "etag", "vary", *_OWN})
_IN_UNCHANGED = frozenset({"cache-control", "vary", "etag", "content-location", "expires"})
VARIES_BY = frozenset({"accept-encoding", "cookie", "hx-request"})


class _Captured:
    """What the application said with ``start_response``."""

    __slots__ = ("headers", "status")

    def __init__(self) -> None:
        self.status = ""
        self.headers: list[Header] = []

    def __call__(self, status: str, headers: list[Header], exc_info: Any = None) -> None:
        self.status, self.headers = status, headers

    def get(self, name: str) -> str:
        """The value of a header, or ""."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class PageCache:
    """Answers anonymous GET and HEAD from ``store`` where it can, else asks ``application``."""

    def __init__(self, application: Application, *, store: Store, session_cookie: str) -> None:
        self.application = application
        self.store = store
        self.n_hits = self.n_misses = 0
        self._session_cookie = session_cookie + "="

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The answer; a hit does not reach Django at all."""
        if not self._is_anonymous_read(environ):
            return self._pass(environ, start_response)
        key = _key(environ)
        page = self.store.get(key, clock=time.monotonic())
        if page is not None and not (page.is_without_cookies and environ.get("HTTP_COOKIE")):
            self.n_hits += 1
            return _answer(page, environ, start_response)
        return self._render(key, environ, start_response)

    def _is_anonymous_read(self, environ: Environ) -> bool:
        return (
            environ["REQUEST_METHOD"] in ("GET", "HEAD")
            and self._session_cookie not in environ.get("HTTP_COOKIE", "")
            and "HTTP_AUTHORIZATION" not in environ
            and "HTTP_RANGE" not in environ
            and not environ["PATH_INFO"].startswith(PRIVATE_PREFIXES)
        )

    def _pass(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The application's own answer, without the headers that are meant for us."""
        captured = _Captured()
        answer = self.application(environ, captured)
        return _forward(captured, answer, start_response)

    def _render(self, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Ask the application for the whole page, keep it if it may be kept, and answer.

        (1) The sequence is read before the application looks at any fact. (2) The store refuses the
        page if one of its tags was purged meanwhile; the reader still gets what was rendered, which
        was true when the request came in.
        """
        self.n_misses += 1
        since = self.store.generations.sequence
        captured = _Captured()
        answer = self.application(environ | {"REQUEST_METHOD": "GET"}, captured)
        if not _may_keep(captured, answer, has_cookies=bool(environ.get("HTTP_COOKIE"))):
            if environ["REQUEST_METHOD"] == "HEAD":
                _close(answer)
                answer = []
            return _forward(captured, answer, start_response)
        try:
            body = b"".join(answer)
        finally:
            _close(answer)
        page = _finished(captured, body, with_gzip=key[3] == "gzip", since=since)
        self.store.put(key, page)
        return _answer(page, environ, start_response)


def _key(environ: Environ) -> Key:
    """What the bytes of a page depend on: address, compression, whole page or part (htmx)."""
    return (
        environ.get("HTTP_HOST", ""),
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
        "gzip" if _accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) else "",
        environ.get("HTTP_HX_REQUEST", ""),
    )


def _accepts_gzip(accepted: str) -> bool:
    at = accepted.find("gzip")
    if at < 0:
        return False
    weight = accepted[at + 4 :].partition(",")[0].replace(" ", "")
    return not weight.startswith(";q=0") or weight.strip(";q=0.") != ""


def _may_keep(captured: _Captured, answer: Iterable[bytes], *, has_cookies: bool) -> bool:
    """Whether the answer is the same for everyone who asks, and says what it depends on.

    What varies by cookie (a form's token) is kept only as made for somebody without any.
    """
    if not captured.get(HEADER) or captured.status[:3] not in KEPT_STATUSES:
        return False
    if captured.get("Set-Cookie") or captured.get("Content-Encoding"):
        return False
    if getattr(answer, "streaming", False):
        return False
    stated = captured.get("Cache-Control").lower()
    varies = _varies(captured)
    if "cookie" in varies and has_cookies:
        return False
    return "private" not in stated and "no-store" not in stated and varies <= VARIES_BY


def _varies(captured: _Captured) -> set[str]:
    return {name.strip().lower() for name in captured.get("Vary").split(",") if name.strip()}


def _finished(captured: _Captured, body: bytes, *, with_gzip: bool, since: int) -> Page:
    """The page with every header that it will be sent with."""
    kind = captured.get("Content-Type")
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    seconds = _seconds(captured.get(SECONDS_HEADER))
    headers = [(name, value) for name, value in captured.headers if name.lower() not in _RECOMPUTED]
    if with_gzip and len(body) >= SMALLEST_COMPRESSED and kind.startswith(COMPRESSIBLE):
        body = _gzip(body)
        headers.append(("Content-Encoding", "gzip"))
    if not captured.get("Cache-Control"):
        headers.append(("Cache-Control", "no-cache"))
    headers += (("ETag", etag), ("Vary", "Accept-Encoding, HX-Request"))
    headers.append(("X-Accel-Expires", str(seconds)))
    return Page(
        status=captured.status,
        headers=[*headers, ("Content-Length", str(len(body)))],
        headers_unchanged=[pair for pair in headers if pair[0].lower() in _IN_UNCHANGED],
        body=body,
        etag=etag,
        slots=slots_of(captured.get(HEADER).split()),
        since=since,
        good_until=time.monotonic() + seconds,
        is_without_cookies="cookie" in _varies(captured),
    )


def _seconds(stated: str) -> int:
    return min(int(stated), LONGEST_SECONDS) if stated.isdigit() else LONGEST_SECONDS


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def _answer(page: Page, environ: Environ, start_response: StartResponse) -> list[bytes]:
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and page.status.startswith("200") and (page.etag[2:] in asked or asked.strip() == "*"):
        start_response("304 Not Modified", page.headers_unchanged)
        return []
    start_response(page.status, page.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]


def _forward(
    captured: _Captured, answer: Iterable[bytes], start_response: StartResponse
) -> Iterable[bytes]:
    headers = [(name, value) for name, value in captured.headers if name.lower() not in _OWN]
    start_response(captured.status, headers)
    if isinstance(answer, list) or getattr(answer, "streaming", True):
        return answer
    try:
        return [b"".join(answer)]
    finally:
        _close(answer)


def _close(answer: Iterable[bytes]) -> None:
    close = getattr(answer, "close", None)
    if close is not None:
        close()
