"""Rows as CSV that no spreadsheet program executes, and as JSON Lines. Pure."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from typing import Any

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> str:
    """The value as text; what a spreadsheet would run as a formula is led by an apostrophe.

    Example: ``=1+1`` → ``'=1+1``; plain negative numbers stay numbers.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, (list, tuple)):
        return safe_cell("\n".join(str(part) for part in value))
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_FORMULA) else text


def csv_line(cells: Sequence[Any]) -> str:
    """One line of CSV (RFC 4180), with its line end."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow([safe_cell(cell) for cell in cells])
    return buffer.getvalue()


def json_line(names: Sequence[str], cells: Sequence[Any]) -> str:
    """One JSON object on one line; times in ISO 8601."""
    return json.dumps(dict(zip(names, cells, strict=True)), ensure_ascii=False, default=str) + "\n"
