"""From what a person typed (or a spreadsheet held) to typed values, and back to text. Pure."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.disclosures.schema import Field, Kind, Values

_DATE = re.compile(
    r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(:00)?)?$"
)
_UNITS = {"": 0, "元": 0, "万元": 4, "万": 4, "亿元": 8}
_AMOUNT = re.compile(r"^([-+]?[\d,]*\.?\d+)\s*(元|万元|万|亿元)?$")
MAX_DIGITS = 16


def read_values(fields: Sequence[Field], raw: Mapping[str, Any]) -> Values:
    """Typed values of ``fields``; empty ones are left out, tables lose their empty rows.

    Never fails: a value that is not understood stays as text, and ``checking`` says so.
    Example: ``{"amount": "1,234.5元"}`` → ``{"amount": 123450}``.
    """
    values: Values = {}
    for field in fields:
        value = read_value(field, raw.get(field.name))
        if value not in ("", None, []):
            values[field.name] = value
    return values


def read_value(field: Field, raw: Any) -> Any:
    """The typed value of one field (see ``schema.Values``)."""
    if field.kind is Kind.TABLE:
        rows = raw if isinstance(raw, list) else []
        read = [read_values(field.columns, row) for row in rows if isinstance(row, Mapping)]
        return [row for row in read if row]
    if field.kind is Kind.LIST:
        items = raw if isinstance(raw, list) else str(raw or "").splitlines()
        return [text for item in items if (text := plain(str(item)))]
    if raw is None:
        return ""
    if field.kind is Kind.PROSE:
        return str(raw).replace("\r\n", "\n").replace("\x00", "").strip()
    return _READERS.get(field.kind, lambda value: plain(str(value)))(raw)


def plain(text: str) -> str:
    """One line of text: control characters out, runs of blanks one space, ends trimmed."""
    clean = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl") else c for c in text)
    return re.sub(r"\s+", " ", clean).strip()


def _folded(raw: Any) -> str:
    return unicodedata.normalize("NFKC", plain(str(raw)))


def read_date(raw: Any) -> Any:
    """``YYYY-MM-DD`` from 2026-9-1, 2026/9/1, 2026.9.1 or 2026年9月1日; else the text as typed."""
    if isinstance(raw, dt.datetime):
        return raw.date().isoformat()
    if isinstance(raw, dt.date):
        return raw.isoformat()
    match = _DATE.match(_folded(raw))
    if not match:
        return plain(str(raw))
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return plain(str(raw))


def read_money(raw: Any) -> Any:
    """Fen from 1,234.50, 1234.5元 or 1.2万元; more than two decimals of a yuan stay text."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw  # already fen: a stored value read again
    match = _AMOUNT.match(_folded(raw))
    if not match:
        return plain(str(raw))
    amount = _decimal(match[1])
    if amount is None:
        return plain(str(raw))
    fen = amount.scaleb(_UNITS[match[2] or ""] + 2)
    return int(fen) if fen == fen.to_integral_value() else plain(str(raw))


def read_number(raw: Any) -> Any:
    """A decimal in its shortest spelling as text (``12.50`` → ``12.5``); else the text as typed."""
    amount = _decimal(_folded(raw))
    if amount is None:
        return plain(str(raw))
    shortest = format(amount.normalize(), "f")
    return "0" if shortest in ("-0", "") else shortest


def _decimal(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount.adjusted() > MAX_DIGITS or amount.adjusted() < -MAX_DIGITS:
        return None
    return amount


def shown_value(field: Field, value: Any) -> str:
    """The value as people read it: money with two decimals and commas, a choice by its label."""
    if field.kind is Kind.MONEY and isinstance(value, int):
        sign = "-" if value < 0 else ""
        return f"{sign}{abs(value) // 100:,}.{abs(value) % 100:02d}"
    if field.kind is Kind.CHOICE:
        return dict(field.choices).get(str(value), str(value or ""))
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    return "" if value is None else str(value)


_READERS = {Kind.DATE: read_date, Kind.MONEY: read_money, Kind.NUMBER: read_number}
