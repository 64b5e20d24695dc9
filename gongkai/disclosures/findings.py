"""What a check found, where, and whether it stops the publication. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a record: a field, a table cell (rows from 1), or a spot in an attachment.

    ``spot`` is in the words of the file: ``名单 R3C2``, ``第 2 页``.
    """

    field: str = ""
    row: int = 0
    column: str = ""
    attachment: str = ""  # sha256
    spot: str = ""

    @property
    def anchor(self) -> str:
        """The id of the form element that the console links to."""
        if self.attachment:
            return f"file-{self.attachment[:12]}"
        return f"field-{self.field}" + (f"-{self.row}" if self.row else "")


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a check. The text for people is made from ``code`` and ``facts``."""

    code: str
    place: Place = NOWHERE
    facts: dict[str, Any] = field(default_factory=dict)
    is_blocking: bool = True
