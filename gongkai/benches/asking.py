"""Asking the program as a web server would, in this process and without the page cache."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlencode

from django.core.wsgi import get_wsgi_application
from django.db import connection


class Asker:
    """Anonymous GET requests through the whole of Django; counts queries and their time."""

    def __init__(self) -> None:
        self._application = get_wsgi_application()
        self.n_queries = 0

    def get(self, path: str, **query: str) -> bytes:
        """The body of the answer; anything but 200 is an error of the bench."""
        statuses: list[str] = []

        def start_response(status: str, headers: Any, exc_info: Any = None) -> Any:
            statuses.append(status)

        environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": urlencode(query),
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "HTTP_HOST": "127.0.0.1",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        answer = self._application(environ, start_response)
        try:
            body = b"".join(answer)
        finally:
            answer.close()
        if not statuses[0].startswith("200"):
            raise RuntimeError(f"{path}: {statuses[0]}")
        return body

    def queries_of(self, path: str) -> int:
        """How many questions the page puts to the database."""
        self.n_queries = 0
        with connection.execute_wrapper(self._count):
            self.get(path)
        return self.n_queries

    def _count(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.n_queries += 1
        return execute(sql, params, many, context)
