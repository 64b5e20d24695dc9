"""The one base error of the program. The text for people is made at the edge from the code."""

from __future__ import annotations

from typing import Any


class GongkaiError(Exception):
    """A refusal with a stable ``code`` and the facts a message needs.

    ``code`` is a dotted slug such as ``catalogue.tampered``; ``data`` holds what the translated
    message names (place, limit, remedy); ``http_status`` is what a web edge answers with.
    """

    http_status = 400

    def __init__(self, code: str, *, http_status: int | None = None, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.data = data
        if http_status is not None:
            self.http_status = http_status

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in sorted(self.data.items()))
        return f"{self.code} ({facts})" if facts else self.code


class Refused(GongkaiError):
    """The act is not possible on this record or input; nothing was changed."""

    http_status = 409


class Forbidden(GongkaiError):
    """The person has no mandate for this act on this body."""

    http_status = 403


class NotReadable(GongkaiError):
    """An input file cannot be read; the data say why and what to send instead."""

    http_status = 422
