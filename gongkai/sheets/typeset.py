"""PDF from a sheet's JSON, by a process of its own that is started when needed."""

from __future__ import annotations

import atexit
import logging
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

from gongkai.base.errors import GongkaiError

logger = logging.getLogger(__name__)

FONT_PACKAGE: Final = "fonts-noto-cjk"
FONT_FOLDERS: Final = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
)
FONT_FILES: Final = ("NotoSerifCJK-*.ttc", "NotoSansCJK-*.ttc")
LONGEST_SECONDS: Final = 30.0


class NotTypeset(GongkaiError):
    """There is no PDF now; the page of the record is not affected."""

    http_status = 503


def has_fonts() -> bool:
    """Whether the Chinese fonts of the sheet are on this machine. Asked of the file system."""
    if FONT_FOLDERS not in _found:
        are_there = (any(_files(pattern)) for pattern in FONT_FILES)
        if all(are_there):
            _found.add(FONT_FOLDERS)
    return FONT_FOLDERS in _found


_found: set[tuple[Path, ...]] = set()
"""Folders in which the fonts were seen; while they are missing, every question looks again."""


def _files(pattern: str) -> list[Path]:
    return [path for folder in FONT_FOLDERS if folder.is_dir() for path in folder.rglob(pattern)]


def typeset(sheet: str) -> bytes:
    """The PDF of the sheet. Raises: ``NotTypeset``: no fonts, cannot be set, takes too long."""
    if not has_fonts():
        raise NotTypeset("sheets.no_fonts", package=FONT_PACKAGE)
    return _typesetter.answer(sheet.encode("utf-8", "replace"))


def running_process() -> int | None:
    """The number of the typesetter's process while there is one, for those who measure."""
    return _typesetter.process_id


class Typesetter:
    """One child process for this process; one sheet at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._started_by = 0

    def answer(self, sheet: bytes) -> bytes:
        """The PDF. A child that ended (idle, grown) is replaced once. Raises: ``NotTypeset``."""
        if not self._lock.acquire(timeout=LONGEST_SECONDS):
            raise NotTypeset("sheets.not_typeset", why="busy")
        try:
            try:
                answer = self._asked(sheet)
            except (EOFError, BrokenPipeError):
                self._stop()
                answer = self._asked(sheet)
        except (EOFError, BrokenPipeError, TimeoutError) as error:
            self._stop()
            logger.warning("no sheet: the typesetter ended or took too long (%r)", error)
            raise NotTypeset("sheets.not_typeset", why=type(error).__name__) from error
        finally:
            self._lock.release()
        if answer[:1] != b"+":
            logger.warning("no sheet: %s", answer[1:].decode("utf-8", "replace"))
            raise NotTypeset("sheets.not_typeset", why="refused")
        return answer[1:]

    @property
    def process_id(self) -> int | None:
        """The child's number while it runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def stop(self) -> None:
        """The child is gone."""
        with self._lock:
            self._stop()

    def _asked(self, sheet: bytes) -> bytes:
        process = self._running()
        assert process.stdin is not None  # noqa: S101  both are pipes
        assert process.stdout is not None  # noqa: S101
        process.stdin.write(len(sheet).to_bytes(4, "big") + sheet)
        process.stdin.flush()
        end = time.monotonic() + LONGEST_SECONDS
        length = _read(process.stdout.fileno(), 4, end=end)
        return _read(process.stdout.fileno(), int.from_bytes(length, "big"), end=end)

    def _running(self) -> subprocess.Popen[bytes]:
        """The child of this very process; one inherited by a fork belongs to the parent."""
        if self._started_by != os.getpid():
            self._process = None
        if self._process is None or self._process.poll() is not None:
            self._stop()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gongkai.sheets.compiling"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=Path(__file__).resolve().parents[2],
            )
            self._started_by = os.getpid()
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None or self._started_by != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # what was not sent yet is not wanted any more


def _read(descriptor: int, n_bytes: int, *, end: float) -> bytes:
    """Exactly so many bytes before ``end``. Raises: ``EOFError``, ``TimeoutError``."""
    content = bytearray()
    while len(content) < n_bytes:
        left = end - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            raise TimeoutError
        part = os.read(descriptor, min(n_bytes - len(content), 1 << 20))
        if not part:
            raise EOFError
        content += part
    return bytes(content)


_typesetter = Typesetter()
atexit.register(_typesetter.stop)
