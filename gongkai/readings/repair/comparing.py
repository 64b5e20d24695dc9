"""One form of a text for comparing: widths, brackets and spaces do not count there."""

from __future__ import annotations

import re
import unicodedata

_BRACKETS = str.maketrans("〔〕【】［］﹝﹞〈〉", "[][][][]<>")
_DASHES = re.compile(r"[‐‑‒–—―－]+")


def folded(text: str) -> str:
    """The text for comparing only: half-width, no spaces, one kind of bracket, lower case.

    Example: ``公开内容（要素）`` and ``公开内容 (要素)`` are equal when folded.
    """
    text = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    text = _DASHES.sub("-", text)
    return re.sub(r"[\s\u200b-\u200f\u2060\ufeff]+", "", text).casefold()


def half_width(text: str) -> str:
    """Full-width letters, digits and ASCII punctuation as half-width, all else untouched."""
    return "".join(
        chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char for char in text
    )
