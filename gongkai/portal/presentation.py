"""How a page is shown (language and view), read from the start of its address; no Django.

Addresses without a prefix are the canonical ones: simplified Chinese, plain view. ``/en/…`` and
``/zh-hant/…`` choose a language, ``/elder/…``, ``/contrast/…`` and ``/dark/…`` a view, and both
may stand together (``/en/elder/…``). A choice in the address needs neither cookie nor script, so
that a page cache may keep every page by its address alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

SIMPLIFIED = "zh-hans"
TRADITIONAL = "zh-hant"
ENGLISH = "en"
LANGUAGES = (SIMPLIFIED, TRADITIONAL, ENGLISH)
PLAIN = ""
ELDER = "elder"
CONTRAST = "contrast"
DARK = "dark"
VIEWS = (PLAIN, ELDER, CONTRAST, DARK)

UNPREFIXED = ("/console/", "/api/", "/static/", "/media/", "/feeds/", "/v/", "/healthz")
"""Paths that have one form only; a prefix in front of them is taken away by a redirect."""


@dataclass(frozen=True, slots=True)
class Presentation:
    """The language and the view in which a page is shown."""

    language: str = SIMPLIFIED
    view: str = PLAIN

    @property
    def prefix(self) -> str:
        """What stands before the canonical path: "" or e.g. ``/en/elder``."""
        language = "" if self.language == SIMPLIFIED else f"/{self.language}"
        return language + (f"/{self.view}" if self.view else "")

    @property
    def html_language(self) -> str:
        """The BCP 47 tag of the page."""
        return {SIMPLIFIED: "zh-Hans", TRADITIONAL: "zh-Hant", ENGLISH: "en"}[self.language]

    @property
    def gettext_language(self) -> str:
        """The catalogue to render with: traditional pages are simplified ones converted."""
        return ENGLISH if self.language == ENGLISH else SIMPLIFIED

    def address(self, path: str) -> str:
        """The address of the canonical ``path`` in this presentation."""
        return self.prefix + path

    def in_language(self, language: str) -> Presentation:
        """The same view in another language."""
        return replace(self, language=language)

    def in_view(self, view: str) -> Presentation:
        """The same language in another view."""
        return replace(self, view=view)


def split_path(path: str) -> tuple[Presentation, str]:
    """Take the presentation from ``path``; the second value is the canonical path.

    Example: ``/en/elder/d/abc/`` → (English, elder), ``/d/abc/``; ``/english/`` is left alone.
    The canonical path is "" when nothing follows the prefix (``/en``).
    """
    presentation, rest = Presentation(), path
    head, tail = _first_segment(rest)
    if head in (TRADITIONAL, ENGLISH):
        presentation, rest = presentation.in_language(head), tail
        head, tail = _first_segment(rest)
    if head and head in VIEWS:
        presentation, rest = presentation.in_view(head), tail
    return presentation, rest


def _first_segment(path: str) -> tuple[str, str]:
    """``/a/b`` → ``a``, ``/b``."""
    head, separator, tail = path[1:].partition("/")
    return head, separator + tail
