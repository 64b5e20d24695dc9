"""Running the site, nginx and wrk for the benches that measure from outside; all stop with them."""

from __future__ import annotations

import contextlib
import getpass
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.benches.framework import scratch_environment

READY_SECONDS = 90.0
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)")


class NotAvailable(Exception):
    """A tool that the bench compares with is not on this machine."""


def tool(name: str, *, package: str) -> str:
    """The path of a program. Raises ``NotAvailable`` with what to install."""
    found = shutil.which(name, path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
    if found is None:
        raise NotAvailable(f"{name} is not installed (apt-get install {package})")
    return found


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Site:
    """A running site."""

    address: str
    process_id: int


@contextlib.contextmanager
def serving(folder: Path, **variables: str) -> Iterator[Site]:
    """``gongkai serve`` over the data folder, until the block ends."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai.cli", "serve", "--port", str(port)],
        env=scratch_environment(folder, **variables),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield Site(f"http://127.0.0.1:{port}", process.pid)
    finally:
        _end(process)


@contextlib.contextmanager
def nginx(folder: Path, *, upstream: str, generation: Path, page: bytes) -> Iterator[str]:
    """nginx with its cache in front of ``upstream`` as in the recipe, and ``page`` as a file."""
    program = tool("nginx", package="nginx")
    port = free_port()
    (folder / "static").mkdir(parents=True)
    (folder / "static" / "page.html").write_bytes(page)
    configuration = NGINX.format(
        user=getpass.getuser(), folder=folder, port=port, upstream=upstream, generation=generation
    )
    (folder / "nginx.conf").write_text(configuration, "utf-8")
    process = subprocess.Popen(
        [program, "-p", str(folder), "-c", "nginx.conf", "-e", "stderr"], start_new_session=True
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/static/page.html")
        yield f"http://127.0.0.1:{port}"
    finally:
        _end(process)


def requests_per_second(url: str, *, seconds: int = 5, connections: int = 16) -> float:
    """What wrk measures with one thread; anything but good answers is an error of the bench."""
    program = tool("wrk", package="wrk")
    counts = ["-t1", f"-c{connections}", f"-d{seconds}s"]
    finished = subprocess.run(
        [program, *counts, "-H", "Accept-Encoding: gzip", url],
        capture_output=True, text=True, timeout=seconds + 30, check=True,
    )  # fmt: skip
    rate, bad = _RATE.search(finished.stdout), _BAD.search(finished.stdout)
    if rate is None or bad is not None:
        raise RuntimeError(finished.stdout)
    return float(rate[1])


def fetch(url: str, *, compressed: bool = False) -> bytes:
    """The bytes of an answer."""
    headers = {"Accept-Encoding": "gzip"} if compressed else {}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:
        return bytes(answer.read())


def is_hit(url: str) -> bool:
    """Whether nginx answers from its cache."""
    headers = {"Accept-Encoding": "gzip"}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:
        return bool(answer.headers.get("X-Cache") == "HIT")


def status_of(url: str, *, compressed: bool = False) -> int:
    """The status of an answer, whatever it is."""
    headers = {"Accept-Encoding": "gzip"} if compressed else {}
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def _wait_for(url: str) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            fetch(url)
            return
        time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


NGINX = """\
user {user};
daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr error;
events {{ worker_connections 512; }}
http {{
  access_log off;
  types {{ text/html html; }}
  default_type text/html;
  sendfile on;
  keepalive_requests 1000000;
  client_body_temp_path body;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  proxy_temp_path proxy;
  proxy_cache_path cache levels=1:2 keys_zone=pages:16m max_size=1g inactive=10m
                   use_temp_path=off;
  map $http_accept_encoding $gongkai_gzip {{ default ""; "~gzip" gzip; }}
  upstream gongkai {{ server {upstream}; keepalive 16; }}
  server {{
    listen 127.0.0.1:{port};
    location /static/ {{
      root {folder};
      add_header Content-Encoding gzip;
    }}
    location / {{
      root {generation};
      proxy_pass http://gongkai;
      proxy_http_version 1.1;
      proxy_set_header Host 127.0.0.1;
      proxy_set_header Connection "";
      proxy_set_header Accept-Encoding $gongkai_gzip;
      proxy_cache pages;
      proxy_cache_key "$realpath_root $request_uri $gongkai_gzip $http_hx_request";
      proxy_cache_lock on;
      open_file_cache max=2000 inactive=30s;
      open_file_cache_valid 1s;
      proxy_ignore_headers Vary Cache-Control Expires;
      add_header X-Cache $upstream_cache_status;
      proxy_no_cache $cookie_sessionid $http_authorization;
      proxy_cache_bypass $cookie_sessionid $http_authorization;
    }}
  }}
}}
"""
