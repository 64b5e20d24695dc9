"""The proof of the web is what the web beside the worker answers."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from gongkai.disclosures import jobs

pytestmark = pytest.mark.pure


class Web(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = f"{self.path} {self.headers['Host']} {self.headers['User-Agent']}"
        self.send_response(200 if self.path == "/d/a/" else 404)
        self.end_headers()
        self.wfile.write(asked.encode())

    def log_message(self, *arguments):
        """Nothing on the terminal of the suite."""


@pytest.fixture
def web(settings):
    server = HTTPServer(("127.0.0.1", 0), Web)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.WEB_ADDRESS = f"http://127.0.0.1:{server.server_port}"
    yield
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_is_fetched_as_a_visitor_gets_it(web):
    assert jobs.fetch_from_portal("/d/a/") == (200, b"/d/a/ 127.0.0.1 gongkai-evidence")
    assert jobs.fetch_from_portal("/d/b/")[0] == 404


def test_nobody_answers_is_status_0(settings, monkeypatch):
    monkeypatch.setattr(jobs, "_START_SECONDS", 0.0)
    server = HTTPServer(("127.0.0.1", 0), Web)
    server.server_close()
    settings.WEB_ADDRESS = f"http://127.0.0.1:{server.server_port}"
    assert jobs.fetch_from_portal("/d/a/") == (0, b"")
