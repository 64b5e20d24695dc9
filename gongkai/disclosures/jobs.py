"""Jobs after a publication: proof that the page stands, files erased, the schedule."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import http.client
import io
import logging
import re
import time
from collections.abc import Callable
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from django_tasks import task

from gongkai.base.errors import Refused
from gongkai.base.jobs import enqueue
from gongkai.disclosures.models import Attachment, Disclosure

logger = logging.getLogger("gongkai.disclosures")

Fetch = Callable[[str], tuple[int, bytes]]
"""A path of the portal → status and body."""

MAX_ATTEMPTS: Final = 5
_FETCH_SECONDS: Final = 20
_START_SECONDS: Final = 5.0
_DIGEST_META = re.compile(
    rb"<meta\s[^>]*name=[\"']gongkai-digest[\"'][^>]*content=[\"']([0-9a-f]{64})[\"']",
    re.IGNORECASE,
)


def fetch_from_portal(path: str) -> tuple[int, bytes]:
    """What an anonymous visitor of the portal gets at ``path``.

    From the web that ``serve`` runs beside the worker; where there is none, through the whole
    program in this process, which costs it 60 MB.
    """
    if settings.WEB_ADDRESS:
        return _fetch_over_http(settings.WEB_ADDRESS, path)
    return _fetch_in_process(path)


def _fetch_over_http(address: str, path: str) -> tuple[int, bytes]:
    """Status 0 when nobody answers, also after the seconds that a start of the web takes."""
    end = time.monotonic() + _START_SECONDS
    place = urlsplit(address)
    while True:
        web = http.client.HTTPConnection(
            place.hostname or "127.0.0.1", place.port, timeout=_FETCH_SECONDS
        )
        try:
            web.request(
                "GET", path, headers={"Host": "127.0.0.1", "User-Agent": "gongkai-evidence"}
            )
            response = web.getresponse()
            return response.status, response.read()
        except ConnectionRefusedError:
            if time.monotonic() > end:
                return 0, b""
            time.sleep(0.2)
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            web.close()


def _fetch_in_process(path: str) -> tuple[int, bytes]:
    answer: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_USER_AGENT": "gongkai-evidence",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "https" if settings.WITH_HTTPS else "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }

    def start_response(status: str, headers: Any, exc_info: Any = None) -> Callable[[bytes], Any]:
        answer.append(status)
        return lambda chunk: None

    response = _program()(environ, start_response)
    try:
        body = b"".join(response)
    finally:
        if hasattr(response, "close"):
            response.close()
    return int(answer[0].split()[0]), body


@cache
def _program() -> WSGIHandler:
    """The whole program, middleware included, put together once in a process."""
    return get_wsgi_application()


def digest_on(page: bytes) -> str:
    """The digest that the page names as its record's, or ""."""
    match = _DIGEST_META.search(page)
    return html.unescape(match[1].decode()) if match else ""


def prove_on_web(
    disclosure: Disclosure, *, digest: str, replaces: str, fetch: Fetch, now: dt.datetime
) -> bool:
    """Whether the page was seen with this digest; then the duty has its evidence of the web.

    A digest that is not the record's any more needs no proof: its successor has its own job.
    Raises: ``Refused('disclosures.not_seen')`` when the page does not show it.
    """
    from gongkai.duties.actions.record_evidence import record_evidence

    if disclosure.duty is None or disclosure.digest != digest or not disclosure.is_public:
        return False
    path = disclosure.get_absolute_url()
    status, page = fetch(path)
    if status != 200 or digest_on(page) != digest:
        raise Refused("disclosures.not_seen", record=disclosure.code, status=status)
    record_evidence(
        disclosure.duty,
        channel_code="website",
        revision_digest=digest,
        kind="web_fetch",
        url=f"{settings.BASE_URL}{path}",
        content_sha256=hashlib.sha256(page).hexdigest(),
        now=now,
        replaces=replaces,
    )
    return True


@task()
def record_web_evidence(code: str, digest: str, replaces: str = "", attempt: int = 1) -> bool:
    """Fetch the public page and record the evidence; tried again later when it is not there yet."""
    disclosure = Disclosure.objects.select_related("duty", "body").get(code=code)
    now = timezone.now()
    try:
        return prove_on_web(
            disclosure, digest=digest, replaces=replaces, fetch=fetch_from_portal, now=now
        )
    except Refused as error:
        if attempt >= MAX_ATTEMPTS:
            raise
        logger.warning("no web evidence yet for %s: %s", code, error)
        enqueue(
            record_web_evidence,
            run_after=now + dt.timedelta(minutes=2**attempt),
            code=code,
            digest=digest,
            replaces=replaces,
            attempt=attempt + 1,
        )
        return False


@task()
def erase_files(code: str) -> int:
    """The files of a record withdrawn for privacy are gone from storage, rows too; how many."""
    files = Attachment.objects.filter(disclosure__code=code, disclosure__is_hidden_for_privacy=True)
    n_erased = 0
    for attachment in files:
        for stored in (attachment.file, attachment.preview):
            if stored.name:
                stored.storage.delete(stored.name)
        attachment.delete()
        n_erased += 1
    return n_erased


@task()
def keep_schedule() -> dict[str, int]:
    """The scheduler's entry, every minute: publish what is due, expire what has ended."""
    from gongkai.disclosures.actions.expire import expire_due
    from gongkai.disclosures.actions.publish_due_scheduled import publish_due_scheduled

    now = timezone.now()
    return {"published": len(publish_due_scheduled(now)), "expired": expire_due(now)}
