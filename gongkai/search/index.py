"""The index on disk: its fields, who may write, and how readers notice that it changed.

``state.json`` names the folder in use and the last log entry that it contains; it is replaced in
one step after each commit. A crash in between repeats work that is idempotent. Readers look at its
modification time on every question (a microsecond) and reload when it moved.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import tantivy
from django.conf import settings

SCHEMA_VERSION = 1
WRITER_HEAP_BYTES = 20_000_000
REBUILD_HEAP_BYTES = 60_000_000
TERM_FIELDS = ("body", "domain", "year", "template", "validity", "township", "village")


@dataclass(frozen=True, slots=True)
class IndexState:
    """What ``state.json`` says: the folder in use and how far it follows the log."""

    directory: str = ""
    schema: int = 0
    number: int = 0
    entry_hash: str = ""


@dataclass(slots=True)
class OpenIndex:
    """An index opened for reading, as of one moment of ``state.json``."""

    state: IndexState
    stamp: tuple[int, int]
    index: tantivy.Index
    searcher: tantivy.Searcher
    syllables: frozenset[str] = field(default_factory=frozenset)


def root() -> Path:
    """The folder of the index on this machine."""
    return Path(settings.SEARCH_INDEX_DIR)


def build_schema() -> tantivy.Schema:
    """The fields: tokens of everything, tokens of the title, sounds, filters, what is shown."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("code", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("tokens", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("title_tokens", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("syllables", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("initials", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("place", tokenizer_name="raw", index_option="basic")
    for name in TERM_FIELDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("published", fast=True)
    builder.add_float_field("recency", fast=True)
    builder.add_bytes_field("plain", stored=True)
    return builder.build()


def read_state() -> IndexState:
    """The state on disk; an empty one where there is no usable index yet."""
    try:
        state = IndexState(**json.loads((root() / "state.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return IndexState()
    return state if state.schema == SCHEMA_VERSION else IndexState()


def write_state(state: IndexState) -> None:
    """Make ``state`` the truth, in one step."""
    temporary = root() / f"state.json.{os.getpid()}"
    temporary.write_text(json.dumps(asdict(state)), "utf-8")
    temporary.replace(root() / "state.json")


@contextlib.contextmanager
def only_writer(*, wait: bool) -> Iterator[bool]:
    """Hold the right to write; False when another process has it and ``wait`` was not asked.

    The system frees the lock of a process that dies.
    """
    root().mkdir(parents=True, exist_ok=True)
    with (root() / "writer.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def create_folder() -> tuple[str, tantivy.Index]:
    """A new empty index in a folder of its own, not yet in use."""
    numbers = [int(path.name) for path in root().glob("[0-9]*") if path.name.isdigit()]
    name = f"{max(numbers, default=0) + 1:06d}"
    (root() / name).mkdir(parents=True)
    return name, tantivy.Index(build_schema(), path=str(root() / name))


def open_folder(name: str) -> tantivy.Index:
    """The index of an existing folder."""
    return tantivy.Index.open(str(root() / name))


def drop_other_folders(name: str) -> None:
    """Remove every folder but ``name`` (open readers keep their files until they reload)."""
    for path in root().glob("[0-9]*"):
        if path.name != name and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)


class _Readers:
    """The index that this process has open, one a root folder."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[Path, OpenIndex] = {}

    def current(self) -> OpenIndex | None:
        """The index as the last commit left it; None where none was ever built."""
        try:
            status = (root() / "state.json").stat()
        except OSError:
            return None
        stamp = (status.st_mtime_ns, status.st_ino)
        known = self._open.get(root())
        if known is not None and known.stamp == stamp:
            return known
        with self._lock:
            return self._refresh(stamp)

    def _refresh(self, stamp: tuple[int, int]) -> OpenIndex | None:
        state = read_state()
        if not state.directory:
            return None
        known = self._open.get(root())
        try:
            if known is not None and known.state.directory == state.directory:
                known.index.reload()
                index = known.index
            else:
                index = open_folder(state.directory)
                index.config_reader("manual", 0)
                index.reload()
        except (ValueError, OSError):  # rebuilt between our two looks: the next question sees it
            return known
        searcher = index.searcher()
        sounds = searcher.terms_with_prefix("syllables", "", limit=1000)
        opened = OpenIndex(state, stamp, index, searcher, frozenset(sound for sound, _ in sounds))
        self._open[root()] = opened
        return opened


_readers = _Readers()


def current() -> OpenIndex | None:
    """The index to ask now, or None where none was built yet."""
    return _readers.current()
