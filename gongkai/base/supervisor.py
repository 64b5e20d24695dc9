"""The parent of ``gongkai serve``: starts web and worker, restarts what dies, stops cleanly.

It loads neither Django nor anything else of weight (a dozen megabytes), so it can hardly fail
itself. Each child leads a process group of its own: Ctrl+C reaches only the supervisor, and what a
dead child left behind is ended with its group. Should the supervisor be killed outright, the system
tells the children to stop (``PR_SET_PDEATHSIG``).
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

STOP_SECONDS = 8.0
SETTLED_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 30.0
READY_SECONDS = 120.0
_PR_SET_PDEATHSIG = 1

LIGHT = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_TRIM_THRESHOLD_": "131072",
    "PYPINYIN_NO_DICT_COPY": "1",
}
"""Less memory for the children: two arenas are enough for few threads, free memory goes back to
the system early, one dictionary of readings for all."""


def _stop_with_parent() -> None:
    """In the child, before it becomes its program: be told to stop when the parent is gone."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(slots=True)
class Child:
    """One program to keep running, with a longer pause after each death in quick succession."""

    name: str
    command: list[str]
    variables: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_after: float = 0.0
    n_deaths: int = 0

    def start(self, clock: float) -> None:
        """The program runs in a process group of its own."""
        self.started_at = clock
        self.process = subprocess.Popen(  # noqa: S603  our own command line
            self.command,
            env=LIGHT | os.environ | self.variables,
            start_new_session=True,
            preexec_fn=_stop_with_parent,  # noqa: PLW1509  one thread, and only a system call
        )

    def keep_running(self, clock: float) -> None:
        """Start it where it does not run; after a death only when its pause is over."""
        if self.process is None:
            if clock >= self.start_after:
                self.start(clock)
            return
        status = self.process.poll()
        if status is None:
            return
        self.signal_group(signal.SIGKILL)
        self.n_deaths = 1 if clock - self.started_at > SETTLED_SECONDS else self.n_deaths + 1
        pause = min(0.5 * 2**self.n_deaths, LONGEST_PAUSE_SECONDS)
        self.process, self.start_after = None, clock + pause
        tell(f"{self.name} ended with status {status}; starting it again in {pause:.0f} s")

    def signal_group(self, number: signal.Signals) -> None:
        """Send the signal to the child and to everything it has started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


@dataclass(slots=True)
class Supervisor:
    """All children together."""

    children: list[Child]
    address: str
    is_stopping: bool = False
    is_announced: bool = False
    begun_at: float = field(default_factory=time.monotonic)

    def run(self) -> int:
        """Keep the children running until told to stop; the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note_stop)
        while not self.is_stopping:
            for child in self.children:
                child.keep_running(time.monotonic())
            self._announce()
            time.sleep(0.1)
        return self._stop()

    def _note_stop(self, number: int, frame: FrameType | None) -> None:
        self.is_stopping = True

    def _announce(self) -> None:
        """Say once where the site is, when it answers."""
        if self.is_announced:
            return
        is_late = time.monotonic() - self.begun_at > READY_SECONDS
        if is_late or answers(self.address, "/healthz"):
            self.is_announced = True
            state = "is not answering yet; see the messages above" if is_late else "is ready"
            tell(f"{self.address}/ {state} (web, worker and scheduler; Ctrl+C stops them)")

    def _stop(self) -> int:
        """Ask every child to stop, wait, end what is left; 0 when all stopped by themselves."""
        for child in self.children:
            child.signal_group(signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        is_clean = True
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                tell(f"{child.name} did not stop in {STOP_SECONDS:.0f} s and was ended")
                is_clean = False
            child.signal_group(signal.SIGKILL)
            child.process.wait()
        tell("stopped")
        return 0 if is_clean else 1


def answers(address: str, path: str) -> bool:
    """Whether our own web gives any answer below 500 (by hand: a library of HTTP takes 8 MB)."""
    host, _, port = address.removeprefix("http://").rpartition(":")
    question = f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode()
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=1) as web:
            web.sendall(question)
            first = web.makefile("rb").readline(100).split()
    except OSError:
        return False
    return len(first) > 1 and first[0].startswith(b"HTTP/") and first[1] < b"500"


def tell(line: str) -> None:
    """One line for the person at the terminal."""
    print(f"[serve] {line}", file=sys.stderr, flush=True)


def web_command(*, host: str, port: int, n_workers: int, static_root: str) -> list[str]:
    """Granian over WSGI: one Python thread a worker process, which is the fastest (design)."""
    options = {
        "--host": host,
        "--port": str(port),
        "--workers": str(n_workers),
        "--interface": "wsgi",
        "--http": "1",
        "--blocking-threads": "1",
        "--runtime-blocking-threads": "4",
        "--backlog": "2048",
        "--respawn-interval": "1",
        "--workers-kill-timeout": "5",
        "--static-path-route": "/static",
        "--static-path-mount": static_root,
        "--static-path-expires": "31536000",
        "--log-level": "warning",
    }
    pairs = [part for name, value in options.items() for part in (name, value)]
    flags = ["--no-ws", "--respawn-failed-workers"]
    return [sys.executable, "-m", "granian", *pairs, *flags, "gongkai.wsgi:application"]


def main(arguments: list[str] | None = None) -> int:
    """Run the supervisor with the choices that ``gongkai serve`` has checked."""
    parser = argparse.ArgumentParser(prog="gongkai.base.supervisor")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--static-root", required=True)
    chosen = parser.parse_args(arguments)
    web = web_command(
        host=chosen.host,
        port=chosen.port,
        n_workers=chosen.workers,
        static_root=chosen.static_root,
    )
    shown_host = "127.0.0.1" if chosen.host == "0.0.0.0" else chosen.host  # noqa: S104
    shown_host = f"[{shown_host}]" if ":" in shown_host else shown_host
    work = [sys.executable, "-m", "gongkai.cli", "work"]
    address = f"http://{shown_host}:{chosen.port}"
    worker = Child("worker", work, variables={"GONGKAI_WEB_ADDRESS": address})
    return Supervisor([Child("web", web), worker], address).run()


if __name__ == "__main__":
    sys.exit(main())
