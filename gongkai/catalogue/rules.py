"""Pure rules of catalogues: the key of an item and how two editions differ."""

from __future__ import annotations

import hashlib
import unicodedata

KEY_LENGTH = 32


def normalised(text: str | None) -> str:
    """``text`` without spaces and with one width of every character, for comparison only.

    Example: ``"公开主 体（县级）"`` → ``"公开主体(县级)"``.
    """
    return "".join(unicodedata.normalize("NFKC", text or "").split()).casefold()


def item_key(
    *,
    domain: str,
    level1: str | None,
    level2: str | None,
    level3: str | None,
    subject: tuple[str, ...],
    occurrence: int = 1,
) -> str:
    """The key of an item that stays the same from edition to edition (domain 1.6).

    SHA-256 over the domain's code, the level names and the names of the publishing bodies in any
    order; never over the row number. ``occurrence`` counts rows that agree in all of these.
    """
    levels = [normalised(level) for level in (level1, level2, level3)]
    names = sorted({normalised(name) for name in subject} - {""})
    parts = [domain, *levels, *names, *([str(occurrence)] if occurrence > 1 else [])]
    lengths_and_parts = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(lengths_and_parts.encode()).hexdigest()[:KEY_LENGTH]
