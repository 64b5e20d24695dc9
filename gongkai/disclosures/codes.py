"""Public codes of records: short, unambiguous to read aloud, not countable. Pure."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o, u."""

LENGTH: Final = 10


def new_code() -> str:
    """A new random code (50 bits); the unique column guards the rest."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_of(seed: str) -> str:
    """The code that always follows from ``seed``: imports run twice give the same address."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(LENGTH))
