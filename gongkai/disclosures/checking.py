"""Whether typed values satisfy their schema: types, required fields, sums that must close. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from gongkai.disclosures.findings import Finding, Place
from gongkai.disclosures.reading_values import read_number, shown_value
from gongkai.disclosures.schema import (
    Balance,
    Field,
    Kind,
    RecordTemplate,
    RowSum,
    TotalRow,
    Values,
)

_TOTAL = re.compile(r"^(本页|本年|收入|支出)?\s*(合\s*计|总\s*计)")
_DETAIL = re.compile(r"^\s*其中")
MAX_ROWS = 20_000


def check_values(template: RecordTemplate, values: Values) -> list[Finding]:
    """Every way in which ``values`` do not satisfy ``template``, in the order of its fields."""
    findings = [f for field in template.fields for f in _check_field(field, values)]
    known = {field.name for field in template.fields}
    findings += [
        Finding("values.unknown_field", Place(name), {"field": name})
        for name in sorted(set(values) - known)
    ]
    for balance in template.balances:
        findings += _check_balance(template, balance, values)
    return findings


def _check_field(field: Field, values: Values) -> Iterator[Finding]:
    value = values.get(field.name)
    place = Place(field.name)
    if value in (None, "", []):
        if field.is_required:
            yield Finding("values.required", place, {"field": field.label})
        return
    if field.kind is Kind.TABLE:
        yield from _check_table(field, value)
        return
    if code := fault_of(field, value):
        yield Finding(code, place, {"field": field.label, "value": shown_value(field, value)[:60]})


def fault_of(field: Field, value: Any) -> str:
    """The code of what is wrong with one value, or "" (empty values are judged elsewhere)."""
    if field.kind is Kind.LIST:
        return "" if _is_list_of_text(value) else "values.not_a_list"
    if field.kind is Kind.MONEY:
        is_fen = isinstance(value, int) and not isinstance(value, bool)
        return "" if is_fen else "values.not_money"
    if not isinstance(value, str):
        return "values.not_text"
    if field.kind is not Kind.PROSE and len(value) > field.max_length:
        return "values.too_long"
    if field.kind is Kind.DATE:
        return "" if _is_date(value) else "values.not_a_date"
    if field.kind is Kind.NUMBER:
        return "" if _number(value) is not None else "values.not_a_number"
    if field.kind is Kind.CHOICE:
        return "" if value in dict(field.choices) else "values.not_a_choice"
    if field.kind is Kind.URL:
        return "" if is_web_address(value) else "values.not_an_address"
    return ""


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_date(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_web_address(value: str) -> bool:
    """Whether the value is an http or https address with a host."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and value and read_number(value) == value:
        return Decimal(value) if re.fullmatch(r"-?\d+(\.\d+)?", value) else None
    return None


def _check_table(table: Field, rows: Any) -> Iterator[Finding]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        yield Finding("values.not_a_table", Place(table.name), {"field": table.label})
        return
    if len(rows) > MAX_ROWS:
        facts = {"field": table.label, "limit": MAX_ROWS}
        yield Finding("values.too_many_rows", Place(table.name), facts)
        return
    names = {column.name for column in table.columns}
    for number, row in enumerate(rows, start=1):
        for column in table.columns:
            yield from _check_cell(table, number, column, row)
        for name in sorted(set(row) - names):
            place = Place(table.name, number, name)
            yield Finding("values.unknown_column", place, {"field": table.label, "column": name})
    for rule in table.sums:
        if isinstance(rule, RowSum):
            yield from _check_row_sum(table, rule, rows)
        else:
            yield from _check_total_row(table, rule, rows)


def _check_cell(table: Field, number: int, column: Field, row: Values) -> Iterator[Finding]:
    value = row.get(column.name)
    place = Place(table.name, number, column.name)
    facts: dict[str, Any] = {"field": table.label, "row": number, "column": column.label}
    if value in (None, "", []):
        is_total = table.total_row is not None and is_total_label(
            row.get(table.total_row.label_column)
        )
        if column.is_required and not is_total:
            yield Finding("values.cell_required", place, facts)
    elif code := fault_of(column, value):
        facts["value"] = shown_value(column, value)[:60]
        yield Finding(code.replace("values.", "values.cell_"), place, facts)


def is_total_label(value: Any) -> bool:
    """Whether a label names the row of totals (合计, 总计, 合 计)."""
    return isinstance(value, str) and bool(_TOTAL.match(value))


def _check_row_sum(table: Field, rule: RowSum, rows: Sequence[Values]) -> Iterator[Finding]:
    for number, row in enumerate(rows, start=1):
        total = _number(row.get(rule.total))
        parts = [_number(row.get(part)) for part in rule.parts]
        if total is None or all(part is None for part in parts):
            continue
        expected = sum((part for part in parts if part is not None), Decimal(0))
        if expected != total:
            yield _sum_finding(table, number, rule.total, expected, total)


def _check_total_row(table: Field, rule: TotalRow, rows: Sequence[Values]) -> Iterator[Finding]:
    places = [n for n, row in enumerate(rows) if is_total_label(row.get(rule.label_column))]
    if not places:
        if rule.is_required:
            yield Finding("values.total_missing", Place(table.name), {"field": table.label})
        return
    start = 0
    for place in places:
        for column in rule.columns:
            total = _number(rows[place].get(column))
            expected = _sum_of(rows[start:place], column, rule)
            if total is not None and total != expected:
                yield _sum_finding(table, place + 1, column, expected, total)
        start = place + 1


def _sum_of(rows: Sequence[Values], column: str, rule: TotalRow) -> Decimal:
    counted = [
        _number(row.get(column))
        for row in rows
        if not _DETAIL.match(str(row.get(rule.label_column, "")))
        and not is_total_label(row.get(rule.label_column))
    ]
    return sum((value for value in counted if value is not None), Decimal(0))


def _sum_finding(
    table: Field, number: int, column_name: str, expected: Decimal, stated: Decimal
) -> Finding:
    column = next(column for column in table.columns if column.name == column_name)
    as_value = int if column.kind is Kind.MONEY else str
    facts = {
        "field": table.label,
        "row": number,
        "column": column.label,
        "expected": shown_value(column, as_value(expected)),
        "stated": shown_value(column, as_value(stated)),
    }
    return Finding("values.sum_open", Place(table.name, number, column_name), facts)


def table_total(table: Field, column: str, rows: Sequence[Values]) -> Decimal:
    """The total of a column: that of the last 合计 row, else the sum of the rows."""
    rule = table.total_row
    if rule is None:
        return sum((_number(row.get(column)) or Decimal(0) for row in rows), Decimal(0))
    for row in reversed(rows):
        total = _number(row.get(column)) if is_total_label(row.get(rule.label_column)) else None
        if total is not None:
            return total
    return _sum_of(rows, column, rule)


def _check_balance(template: RecordTemplate, balance: Balance, values: Values) -> Iterator[Finding]:
    totals = []
    for table_name, column in (balance.left, balance.right):
        table, rows = template.field(table_name), values.get(table_name)
        if table is None or not isinstance(rows, list) or not rows:
            return
        if not all(isinstance(row, dict) for row in rows):
            return
        totals.append((table, table_total(table, column, rows)))
    (left, left_total), (right, right_total) = totals
    if left_total != right_total:
        facts = {
            "field": left.label,
            "other": right.label,
            "expected": _shown_total(left, balance.left[1], left_total),
            "stated": _shown_total(right, balance.right[1], right_total),
        }
        yield Finding("values.not_balanced", Place(right.name), facts)


def _shown_total(table: Field, column_name: str, total: Decimal) -> str:
    column = next(column for column in table.columns if column.name == column_name)
    return shown_value(column, int(total) if column.kind is Kind.MONEY else str(total))
