"""Turning the pages of long lists by *cursors*: constant time at any depth, nothing counted.

A cursor names the last row that was read. It is opaque to the reader, and a wrong one is refused.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from ninja import Query

from gongkai.base.errors import GongkaiError
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import PUBLIC_STATES

Limit = Annotated[int, Query(ge=1, le=100, description="每页条数，最多 100")]
Cursor = Annotated[str, Query(max_length=120, description="上一页答案中的 next")]

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LARGEST = 2**53


def to_cursor(*numbers: int) -> str:
    """The numbers as an opaque word."""
    text = ".".join(str(number) for number in numbers)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def from_cursor(cursor: str, *, n: int) -> tuple[int, ...] | None:
    """The numbers of a cursor, None for the first page. Raises ``request.cursor`` (422)."""
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii").split(".")
        numbers = tuple(int(part) for part in parts if part.isdecimal())
    except (binascii.Error, UnicodeError, ValueError):
        numbers = ()
    if len(numbers) != n or any(number > _LARGEST for number in numbers):
        raise GongkaiError(
            "request.cursor",
            http_status=422,
            where="query.cursor",
            message="cursor 不是本接口给出的",
            remedy="请从第一页开始，用答案中的 next 翻页",
        )
    return numbers


def by_key(rows: QuerySet[Any], *, cursor: str, limit: int) -> tuple[list[Any], str]:
    """The rows after the cursor in the order of their primary keys, and the next cursor."""
    after = from_cursor(cursor, n=1)
    if after is not None:
        rows = rows.filter(pk__gt=after[0])
    found = list(rows.order_by("pk")[: limit + 1])
    has_more = len(found) > limit
    return found[:limit], to_cursor(found[limit - 1].pk) if has_more else ""


def newest_disclosures(wanted: Q, *, cursor: str, limit: int) -> tuple[list[Disclosure], str]:
    """Public disclosures of ``wanted``, newest first, and the next cursor.

    Each public state is asked for separately: its index yields rows in order, where one question
    over all states would sort every row of the district.
    """
    after = from_cursor(cursor, n=2)
    if after is not None:
        moment, key = _EPOCH + dt.timedelta(microseconds=after[0]), after[1]
        older = Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=key)
        wanted &= Q(published_at__lte=moment) & older
    keys: list[tuple[Any, int]] = []
    for state in PUBLIC_STATES:
        rows = Disclosure.objects.filter(wanted, state=state).order_by("-published_at", "-pk")
        keys += rows.values_list("published_at", "pk")[: limit + 1]
    keys.sort(reverse=True)
    following = ""
    if len(keys) > limit:
        moment, key = keys[limit - 1]
        following = to_cursor((moment - _EPOCH) // dt.timedelta(microseconds=1), key)
    known = (
        Disclosure.objects.select_related("body__division", "domain")
        .defer("text", "values", "responsibility")
        .in_bulk([key for _moment, key in keys[:limit]])
    )
    return [known[key] for _moment, key in keys[:limit] if key in known], following
