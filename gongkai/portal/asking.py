"""What a reader asks for in an address, read so that no value can do harm. Pure."""

from __future__ import annotations

from collections.abc import Mapping

LONGEST = 100
LAST_PAGE = 500


def text_asked(query: Mapping[str, str], name: str, *, longest: int = LONGEST) -> str:
    """The text of a parameter: one line, without control characters, of bounded length."""
    given = str(query.get(name, ""))[: longest * 4]
    return " ".join("".join(c if c.isprintable() else " " for c in given).split())[:longest]


def code_asked(query: Mapping[str, str], name: str) -> str:
    """A code (letters, digits, hyphens, underscores), or "" for anything else."""
    given = str(query.get(name, ""))
    is_code = given.isascii() and given.replace("-", "").replace("_", "").isalnum()
    return given if is_code and len(given) <= 60 else ""


def number_asked(query: Mapping[str, str], name: str, *, low: int, high: int) -> int | None:
    """A whole number between ``low`` and ``high``, or None for anything else."""
    given = str(query.get(name, ""))
    if not (given.isascii() and given.isdigit() and len(given) <= 9):
        return None
    return int(given) if low <= int(given) <= high else None


def page_asked(query: Mapping[str, str]) -> int:
    """The number of the page, 1 for anything that is not one."""
    return number_asked(query, "page", low=1, high=LAST_PAGE) or 1


def choice_asked(query: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """One of ``choices``, or ""."""
    given = str(query.get(name, ""))
    return given if given in choices else ""
