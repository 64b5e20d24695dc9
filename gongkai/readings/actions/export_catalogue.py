"""Write editions in the official columns, so that reading the file gives the same catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.catalogue.models import Edition
from gongkai.catalogue.queries import edition_content
from gongkai.readings.export import FORMATS, export_catalogue
from gongkai.readings.reading import ReadTable
from gongkai.readings.stored import row_of

__all__ = ["FORMATS", "export_editions"]


def export_editions(editions: Iterable[Edition], *, format_: str) -> bytes:
    """One file with a table for each edition. ``format_`` is one of ``FORMATS``."""
    return export_catalogue([_table(edition) for edition in editions], format_=format_)


def _table(edition: Edition) -> ReadTable:
    content = edition_content(edition)
    return ReadTable(
        title=edition.title,
        domain=edition.domain.name,
        header=(),
        rows=tuple(row_of(item) for item in content.items),
    )
