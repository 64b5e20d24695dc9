"""What tests ask of a PDF: its text, its pages."""

from __future__ import annotations

import re

import pypdfium2


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page as a reader copies it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_range())
            text_page.close()
            page.close()
        return texts
    finally:
        document.close()


def words_of(pdf: bytes) -> str:
    """All text without blanks, so that line breaks do not matter."""
    return without_blanks("".join(pages_of(pdf)))


def without_blanks(text: str) -> str:
    """The text without blanks and marks that have no width."""
    return re.sub(r"[\s\u200b\u00ad\ufffe\x02]+", "", text)
