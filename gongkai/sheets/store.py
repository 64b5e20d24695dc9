"""Sheets kept as files: one per record and language, named by what stands on it.

The name is the digest of the words and of the look, so a file can be old but never wrong; whether
the record may be read at all is asked of the database each time, before the file is looked at.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from django.conf import settings

MOST_BYTES: Final = 300_000_000


def root() -> Path:
    """The folder of all sheets; below it one folder for each record."""
    return Path(settings.DATA_DIR) / "sheets"


def fingerprint(sheet: str) -> str:
    """The digest of what decides over the bytes of the file."""
    return hashlib.sha256(_look().encode() + sheet.encode("utf-8", "replace")).hexdigest()


@cache
def _look() -> str:
    look = (Path(__file__).resolve().parent / "sheet.typ").read_bytes()
    return f"{version('typst')}:{hashlib.sha256(look).hexdigest()}:"


def kept(code: str, *, language: str, name: str) -> bytes | None:
    """The file of that very content, None where it is not kept."""
    path = _path(code, language, name)
    try:
        content = path.read_bytes()
        os.utime(path)
    except FileNotFoundError:
        return None
    return content


def keep(code: str, *, language: str, name: str, content: bytes) -> None:
    """The file stands whole under its name; earlier ones of the record and language are gone."""
    path = _path(code, language, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_bytes(content)
    temporary.replace(path)
    for other in path.parent.glob(f"{language}.*.pdf"):
        if other != path:
            other.unlink(missing_ok=True)


def erase(code: str) -> None:
    """No sheet of the record is left on this machine."""
    shutil.rmtree(root() / code, ignore_errors=True)


def codes() -> list[str]:
    """The records of which there is a sheet."""
    with contextlib.suppress(FileNotFoundError), os.scandir(root()) as found:
        return [entry.name for entry in found if entry.is_dir()]
    return []


def erase_all_but(public: Collection[str], *, among: Collection[str]) -> int:
    """Of ``among``, only records in ``public`` keep their sheets; returns how many do not."""
    gone = [code for code in among if code not in public]
    for code in gone:
        erase(code)
    return len(gone)


def drop_longest_unused(*, n_bytes: int = MOST_BYTES) -> int:
    """At most ``n_bytes`` are kept, the lately used; returns how many files were dropped."""
    files = sorted(_files(), reverse=True)
    held, n_dropped = 0, 0
    for _used_at, size, path in files:
        held += size
        if held > n_bytes:
            path.unlink(missing_ok=True)
            n_dropped += 1
    return n_dropped


def _files() -> Iterator[tuple[float, int, Path]]:
    for path in root().glob("*/*"):
        with contextlib.suppress(FileNotFoundError):
            facts = path.stat()
            yield facts.st_mtime, facts.st_size, path


def _path(code: str, language: str, name: str) -> Path:
    return root() / code / f"{language}.{name}.pdf"
