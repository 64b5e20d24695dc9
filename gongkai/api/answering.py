"""What every resource of the API needs: its errors in the schema, its tags, its parameters."""

from __future__ import annotations

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpResponse
from ninja import Path, Query

from gongkai.api.schemas import ErrorAnswer
from gongkai.pagecache.tags import HEADER

ERRORS: dict[int, Any] = {400: ErrorAnswer, 404: ErrorAnswer, 422: ErrorAnswer}

CodePath = Annotated[str, Path(max_length=80, pattern=r"^[\w.:-]+$")]
CodeQuery = Annotated[str, Query(max_length=80, pattern=r"^[\w.:-]*$")]
PlaceQuery = Annotated[
    str, Query(max_length=12, pattern=r"^\d*$", description="区划代码，含其下各级")
]


def answers(schema: Any, **more: Any) -> dict[int, Any]:
    """The answers of an operation: ``schema``, or an error."""
    return {200: schema, **ERRORS, **{int(status[1:]): kind for status, kind in more.items()}}


def tag(response: HttpResponse, *tags: str) -> None:
    """What the answer shows, for the page cache."""
    response.headers[HEADER] = " ".join(tags)


def page_url(path: str) -> str:
    """The full address of a page of the portal."""
    return f"{settings.BASE_URL}{path}"
