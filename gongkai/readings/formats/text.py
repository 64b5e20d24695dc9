"""Reading plain text and markdown files."""

from __future__ import annotations

from gongkai.readings.formats.encoding import decoded
from gongkai.readings.formats.laying import document_of
from gongkai.readings.formats.limits import check_extent
from gongkai.readings.grid import Document

FORMAT = "txt"


def read(name: str, content: bytes) -> Document:
    """The document of a text file: its tables whatever their drawing, and the prose between."""
    text = decoded(content, name=name)
    lines = normal_lines(text.text)
    check_extent(len(lines), len(lines), place=name)
    is_markdown = any(line.lstrip().startswith(("|", "# ", "## ")) for line in lines)
    notes = (f"encoding:{text.encoding}", *text.notes)
    return document_of("md" if is_markdown else FORMAT, lines, notes=notes)


def normal_lines(text: str) -> list[str]:
    """The lines whatever the line ends; form feeds (pages) end a line too."""
    for end in ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    return text.split("\n")
