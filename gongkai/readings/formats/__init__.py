"""Reading a file of any known format into a ``Document``, before anything is understood.

One module per format, each with ``read(name, content)``; ``READERS`` is the register. Nothing is
ever executed, fetched or written to disk. What cannot be read raises ``NotReadable`` with a code
of ``refusals.REASONS`` and, in its data, the ``place`` and the ``remedy``.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from gongkai.readings.formats.limits import check_size
from gongkai.readings.formats.sniffing import format_of
from gongkai.readings.grid import Document

READERS: dict[str, str] = {
    "xlsx": "xlsx",
    "xls": "xls",
    "spreadsheetml": "spreadsheetml",
    "docx": "docx",
    "doc": "doc",
    "rtf": "rtf",
    "pdf": "pdf",
    "html": "html",
    "mhtml": "mhtml",
    "csv": "delimited",
    "txt": "text",
}
"""Format key (as ``sniffing.format_of`` gives it) → module of this package."""


def read_document(name: str, content: bytes) -> Document:
    """The tables and text of a file; the reader is chosen by content, not by the ending.

    Raises NotReadable when it is no catalogue format, damaged, protected, too large or tricky.
    """
    check_size(content, name=name)
    module = import_module(f"{__name__}.{READERS[format_of(name, content)]}")
    read: Callable[[str, bytes], Document] = module.read
    return read(name, content)
