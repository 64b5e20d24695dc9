"""What is kept, for whom, how it is sent, and that nothing is served after it was purged."""

from __future__ import annotations

import gzip
import multiprocessing
from typing import Any

import pytest

from gongkai.pagecache.generations import Generations
from gongkai.pagecache.store import Store
from gongkai.pagecache.wsgi import PageCache

pytestmark = pytest.mark.pure

TEXT = "云溪区政务公开" * 100


class Site:
    """A small application that counts how often it was asked and says what it is told to say."""

    def __init__(self) -> None:
        self.n_asked = 0
        self.status = "200 OK"
        self.headers = {"Content-Type": "text/html; charset=utf-8", "X-Gongkai-Tags": "list d:1"}
        self.text: Any = TEXT
        self.while_rendering: Any = lambda: None

    def __call__(self, environ, start_response):
        self.n_asked += 1
        text = self.text() if callable(self.text) else self.text
        self.while_rendering()
        start_response(self.status, list(self.headers.items()))
        return [text.encode()]


class Reader:
    """Asks and remembers the last answer."""

    def __init__(self, application) -> None:
        self.application = application

    def __call__(self, path="/", *, method="GET", query="", **headers):
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        body = self.application(environ, self._start)
        self.body = b"".join(body)
        return self

    def _start(self, status, headers, exc_info=None):
        self.status = int(status[:3])
        self.headers = dict(headers)

    @property
    def text(self):
        is_packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.body) if is_packed else self.body).decode()


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def cache(site, shared):
    return PageCache(site, store=Store(shared, n_bytes=100_000), session_cookie="sessionid")


@pytest.fixture
def ask(cache):
    return Reader(cache)


def test_the_second_reader_gets_the_kept_bytes(site, ask):
    first = ask(accept_encoding="br, gzip").body
    assert ask(accept_encoding="gzip").body == first
    assert (site.n_asked, ask.text) == (1, TEXT)
    assert ask.headers["Content-Length"] == str(len(first))
    assert ask.headers["Vary"] == "Accept-Encoding, HX-Request"
    assert ask.headers["Cache-Control"] == "no-cache"
    assert "X-Gongkai-Tags" not in ask.headers


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.0, br"])
def test_who_does_not_take_gzip_gets_it_plain(ask, accepted):
    ask(accept_encoding="gzip")
    assert ask(accept_encoding=accepted).body.decode() == TEXT


@pytest.mark.parametrize("accepted", ["gzip;q=0.5", "gzip, deflate", "deflate;q=0, gzip"])
def test_who_takes_gzip_gets_it(ask, accepted):
    assert ask(accept_encoding=accepted).headers["Content-Encoding"] == "gzip"


def test_pages_differ_by_address_query_host_and_htmx(site, ask):
    ask("/a")
    ask("/b")
    ask("/a", query="page=2")
    ask("/a", host="other.example")
    ask("/a", hx_request="true")
    assert site.n_asked == 5


def test_head_is_answered_from_the_page_and_fills_it(site, ask):
    head = ask(method="HEAD")
    assert (head.status, head.body, int(head.headers["Content-Length"])) == (
        200, b"", len(TEXT.encode()),
    )  # fmt: skip
    assert ask().text == TEXT
    assert site.n_asked == 1


@pytest.mark.parametrize("known", ["{}", 'W/"other", {}', "*"])
def test_who_has_the_page_is_told_that_it_is_unchanged(ask, known):
    etag = ask().headers["ETag"]
    again = ask(if_none_match=known.format(etag))
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", etag)
    assert "Content-Length" not in again.headers


def test_a_changed_page_has_another_etag(site, ask, shared):
    etag = ask().headers["ETag"]
    site.text = "已更正"
    shared.purge({"d:1"})
    assert ask(if_none_match=etag).status == 200
    assert ask.text == "已更正"


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Gongkai-Tags": ""},
        {"Set-Cookie": "csrftoken=1"},
        {"Cache-Control": "private"},
        {"Cache-Control": "no-store"},
        {"Vary": "Accept-Language"},
        {"Content-Encoding": "br"},
    ],
)
def test_what_is_not_for_everyone_is_not_kept(site, ask, headers):
    site.headers |= headers
    ask()
    assert ask().text == TEXT
    assert site.n_asked == 2
    assert "X-Gongkai-Tags" not in ask.headers
    assert "X-Accel-Expires" not in ask.headers


@pytest.mark.parametrize("status", ["302 Found", "403 Forbidden", "500 Oops"])
def test_answers_of_the_moment_are_not_kept(site, ask, status):
    site.status = status
    ask()
    ask()
    assert site.n_asked == 2


@pytest.mark.parametrize(
    "request_facts",
    [
        {"cookie": "a=b; sessionid=xyz"},
        {"authorization": "Bearer x"},
        {"range": "bytes=0-1"},
        {"method": "POST"},
        {"path": "/console/"},
        {"path": "/accounts/login/"},
    ],
)
def test_staff_and_writers_go_past_the_cache(site, ask, request_facts):
    ask(request_facts.get("path", "/"))
    ask(**request_facts)
    assert site.n_asked == 2


def test_what_varies_by_cookie_is_kept_only_for_those_without(site, ask):
    site.headers["Vary"] = "Cookie"
    ask(cookie="csrftoken=mine")
    ask()
    ask()
    assert site.n_asked == 2
    ask(cookie="csrftoken=mine")
    assert site.n_asked == 3


def test_a_visitor_with_other_cookies_is_served_from_the_cache(site, ask):
    ask()
    ask(cookie="theme=large")
    assert site.n_asked == 1


def test_a_page_is_kept_no_longer_than_it_says(site, ask):
    site.headers["X-Gongkai-Seconds"] = "0"
    ask()
    ask()
    assert site.n_asked == 2
    site.headers["X-Gongkai-Seconds"] = "99999999"
    assert ask().headers["X-Accel-Expires"] == "300"


def test_memory_is_bounded_and_the_longest_unused_goes_first(site, ask, cache):
    site.text = "x" * 10_000
    for number in range(20):
        ask(f"/{number}")
        ask("/0")
    assert cache.store.n_bytes_held <= 100_000
    assert len(cache.store) == 8
    site.n_asked = 0
    ask("/0")
    ask("/1")
    assert site.n_asked == 1
    site.text = "x" * 30_000
    ask("/large")
    ask("/large")
    assert site.n_asked == 3


def test_a_page_whose_fact_changed_while_it_was_rendered_is_not_kept(site, ask, shared):
    site.while_rendering = lambda: shared.purge({"d:1"})
    ask()
    site.while_rendering, site.text = (lambda: None), "已撤回"
    assert ask().text == "已撤回"


def test_streams_pass_untouched(site, shared):
    class Stream:
        streaming = True
        closed = False

        def __iter__(self):
            return iter([b"a", b"b"])

        def close(self):
            self.closed = True

    stream = Stream()

    def application(environ, start_response):
        start_response("200 OK", [("X-Gongkai-Tags", "list")])
        return stream

    cache = PageCache(application, store=Store(shared, n_bytes=1000), session_cookie="s")
    answer = cache({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, lambda *_: None)
    assert answer is stream
    cache({"REQUEST_METHOD": "HEAD", "PATH_INFO": "/"}, lambda *_: None)
    assert stream.closed


def _read_until_told(folder, truth, n_wrong, is_over):
    """A web process: after it saw the truth change it must never be given the former page."""
    site = Site()
    site.text = lambda: str(truth[0])
    cache = PageCache(
        site, store=Store(Generations(folder), n_bytes=100_000), session_cookie="sessionid"
    )
    ask = Reader(cache)
    while not is_over.value:
        known = truth[1]
        if int(ask().text) < known:
            n_wrong.value += 1


def test_no_process_serves_what_was_purged_before_it_was_asked(shared, cache_dir):
    context = multiprocessing.get_context("fork")
    truth = context.Array("q", [0, 0], lock=False)  # committed, purged
    n_wrong, is_over = context.Value("i", 0), context.Value("b", 0)
    readers = [
        context.Process(target=_read_until_told, args=(cache_dir, truth, n_wrong, is_over))
        for _ in range(3)
    ]
    for reader in readers:
        reader.start()
    for number in range(1, 400):
        truth[0] = number
        shared.purge({"d:1"})
        truth[1] = number
    is_over.value = 1
    for reader in readers:
        reader.join()
    assert n_wrong.value == 0
