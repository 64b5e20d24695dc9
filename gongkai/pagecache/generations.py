"""When each tag last changed, in one small file that all processes of a machine have in memory.

The file is an array of 64-bit numbers. ``sequence`` counts purges. Every tag has a slot (by hash;
two tags may share one, which only drops too much) that holds the sequence of its last purge.

The rule that makes a page *never stale after a purge*: a page remembers the sequence that was read
**before** it was rendered, and is good only while all its slots are not above it. So

1. a page rendered before the change and stored after the purge is refused: its slot is above;
2. a page rendered after the purge was rendered after the change was committed;
3. looking costs one memory read per tag (aligned 8-byte reads and writes are atomic on the
   machines that we run on), no system call and no lock. Purging takes a file lock.
"""

from __future__ import annotations

import contextlib
import fcntl
import mmap
import os
import shutil
import threading
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path

N_SLOTS = 65_536
MAGIC = int.from_bytes(b"gongkai1", "little")
_MAGIC_AT, _SEQUENCE_AT, _EVERYTHING_AT, _LOG_AT = 0, 1, 2, 3
_FIRST_SLOT = 8
_BYTES = 8 * (_FIRST_SLOT + N_SLOTS)
_KEPT_NAMES = 16


def slots_of(tags: Collection[str]) -> tuple[int, ...]:
    """The places to look at for ``tags``; always the slot of a purge of everything as well."""
    slots = {_FIRST_SLOT + zlib.crc32(tag.encode()) % N_SLOTS for tag in tags}
    return (_EVERYTHING_AT, *sorted(slots))


class Generations:
    """The shared numbers of one folder. Safe between processes and threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._map = self._open()
        self._numbers = memoryview(self._map).cast("Q")

    @property
    def sequence(self) -> int:
        """The number of purges so far; read it before rendering."""
        return self._numbers[_SEQUENCE_AT]

    def is_good(self, slots: tuple[int, ...], *, since: int) -> bool:
        """Whether nothing behind ``slots`` was purged after ``since`` was read."""
        numbers = self._numbers
        return all(numbers[slot] <= since for slot in slots)

    def purge(self, tags: Collection[str]) -> None:
        """Pages with one of ``tags`` are good no more, in every process of this machine."""
        with self._alone():
            self._raise(slots_of(tags)[1:])

    def purge_everything(self) -> None:
        """No page stored so far is good any more."""
        with self._alone():
            self._raise((_EVERYTHING_AT,))

    @property
    def log_number(self) -> int:
        """The last entry of the public log whose change was purged on this machine."""
        return self._numbers[_LOG_AT]

    def set_log_number(self, number: int) -> None:
        """Remember how far the public log was followed."""
        self._numbers[_LOG_AT] = number

    def _raise(self, slots: tuple[int, ...]) -> None:
        """Slots first, then the sequence: a reader in between renders once more than needed."""
        following = self._numbers[_SEQUENCE_AT] + 1
        for slot in slots:
            self._numbers[slot] = following
        self._numbers[_SEQUENCE_AT] = following
        self._name_generation(following)

    def _name_generation(self, sequence: int) -> None:
        """Point the link ``nginx/current`` at a name of this generation, in one step.

        nginx takes the resolved path into its cache key before it asks us, so an answer that was
        under way during the purge is filed under the old name and never served.
        """
        names = self._folder / "nginx"
        (names / str(sequence)).mkdir(parents=True, exist_ok=True)
        temporary = names / f"next.{os.getpid()}"
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(str(sequence))
        try:
            temporary.replace(names / "current")
        except IsADirectoryError:  # a copy of the folder that followed links
            shutil.rmtree(names / "current")
            temporary.replace(names / "current")
        shutil.rmtree(names / str(sequence - _KEPT_NAMES), ignore_errors=True)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One purge at a time; each opens the lock file itself, so that forks do not share it."""
        with self._lock, (self._folder / "purge.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _open(self) -> mmap.mmap:
        """Map the file; a missing, short or foreign one starts anew with everything purged."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._alone(), (self._folder / "generations").open("a+b") as file:
            if file.seek(0, os.SEEK_END) != _BYTES:
                file.truncate(_BYTES)
            mapped = mmap.mmap(file.fileno(), _BYTES)
            with memoryview(mapped).cast("Q") as numbers:
                if numbers[_MAGIC_AT] != MAGIC:
                    start = max(numbers[_SEQUENCE_AT], 0) % 2**32 + 1
                    numbers[_SEQUENCE_AT] = numbers[_EVERYTHING_AT] = start
                    numbers[_LOG_AT] = 0
                    numbers[_MAGIC_AT] = MAGIC
                self._name_generation(numbers[_SEQUENCE_AT])
        return mapped
