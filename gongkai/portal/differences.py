"""What changed between two public versions of a record, in words a reader can follow. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

_BLOCK_END = re.compile(r"</(?:p|li|h\d|tr|div|blockquote|table)>|<br\s*/?>", re.I)
_TAG = re.compile(r"<[^>]*>")
_LONGEST_COMPARED = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed (``=``), went (``-``) or came (``+``)."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One value that changed: its path in the record and the pieces of old and new."""

    path: tuple[str, ...]
    pieces: tuple[Piece, ...]

    @property
    def name(self) -> str:
        """The field in which the change lies."""
        return self.path[0] if self.path else ""


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """The values that differ between two records, in the order of the newer one."""
    before, after = dict(_leaves(old)), dict(_leaves(new))
    paths = [*after, *(path for path in before if path not in after)]
    return [
        Change(path, tuple(compare(before.get(path, ""), after.get(path, ""))))
        for path in paths
        if before.get(path, "") != after.get(path, "")
    ]


def compare(old: str, new: str) -> Iterator[Piece]:
    """Old and new as pieces, character by character; very long texts line by line.

    Example: ``compare("补贴100元", "补贴120元")`` → = 补贴1, - 0, + 2, = 0元.
    """
    is_long = len(old) + len(new) > _LONGEST_COMPARED
    a: list[str] = old.splitlines(keepends=True) if is_long else list(old)
    b: list[str] = new.splitlines(keepends=True) if is_long else list(new)
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=is_long)
    for kind, a_start, a_end, b_start, b_end in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("=", _shortened("".join(a[a_start:a_end])))
            continue
        if a_end > a_start:
            yield Piece("-", "".join(a[a_start:a_end]))
        if b_end > b_start:
            yield Piece("+", "".join(b[b_start:b_end]))


def plain_text(html: str) -> str:
    """Prose without its tags, one block a line."""
    return unescape(_TAG.sub("", _BLOCK_END.sub("\n", html))).strip()


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every value of a record with its path; lists are numbered from 1."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(part, (*path, str(name)))
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            yield from _leaves(part, (*path, str(number)))
    elif value is not None and value != "":
        text = str(value)
        yield path, plain_text(text) if "<" in text else text


def _shortened(text: str, *, context: int = 60) -> str:
    """Unchanged text with its middle left out where it is long."""
    if len(text) <= 3 * context:
        return text
    return f"{text[:context]} …… {text[-context:]}"
