"""Canonical JSON and the hash chain of the public log: pure, so that anyone can check it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

GENESIS: Final = "0" * 64
"""What the first entry names as the hash before it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The facts of one entry, as they stand under its hash."""

    number: int
    kind: str
    subject: str
    record_digest: str
    reason: str
    body_code: str
    logged_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first place where a chain does not hold; ``code`` says what is wrong there."""

    number: int
    code: str  # "number" | "previous" | "hash" | "head"


def canonical_json(value: Any) -> str:
    """The one spelling of ``value``: keys sorted, no spaces, Chinese as it is, no NaN.

    Example: ``{"b": 1, "a": "文"}`` → ``{"a":"文","b":1}``.
    """
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(value: Any) -> str:
    """SHA-256 in hex of the canonical JSON of ``value``."""
    text = canonical_json(value)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def entry_hash(entry: Entry, *, previous_hash: str) -> str:
    """SHA-256(previous ‖ canonical entry) in hex; the time is written in UTC."""
    text = canonical_json(
        {
            "body": entry.body_code,
            "digest": entry.record_digest,
            "kind": entry.kind,
            "number": entry.number,
            "reason": entry.reason,
            "subject": entry.subject,
            "time": entry.logged_at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        }
    )
    content = bytes.fromhex(previous_hash) + text.encode("utf-8", "surrogatepass")
    return hashlib.sha256(content).hexdigest()


def first_fault(
    chain: Iterable[tuple[Entry, str, str]], *, head: tuple[int, str]
) -> ChainFault | None:
    """The first fault of a chain of ``(entry, previous_hash, entry_hash)``, or None.

    ``head`` is ``(size, last_hash)``: a chain whose end was cut off is a fault as well.
    """
    number, last = 0, GENESIS
    for entry, previous, claimed in chain:
        number += 1
        if entry.number != number:
            return ChainFault(number, "number")
        if previous != last:
            return ChainFault(number, "previous")
        if entry_hash(entry, previous_hash=previous) != claimed:
            return ChainFault(number, "hash")
        last = claimed
    return None if (number, last) == head else ChainFault(number, "head")
