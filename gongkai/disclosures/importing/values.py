"""A template's own values out of the columns of a sheet that are headed by its field labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.disclosures.schema import Field, Kind, RecordTemplate


def values_of_columns(template: RecordTemplate, cells: Mapping[str, str]) -> dict[str, Any]:
    """The raw values of the fields whose label heads a column; other columns are left out.

    A list has one entry a line. A table has one row a line, its cells divided by ``|`` in the
    order of the template's columns.
    Example: ``{"申请材料": "申请表|原件|1"}`` → ``{"materials": [{"material": "申请表", …}]}``
    """
    labels = {field.label: field for field in template.fields}
    return {
        labels[heading].name: _raw(labels[heading], text)
        for heading, text in cells.items()
        if heading in labels and text.strip()
    }


def _raw(field: Field, text: str) -> Any:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if field.kind is Kind.TABLE:
        names = [column.name for column in field.columns]
        rows = ([cell.strip() for cell in line.split("|")] for line in lines)
        return [dict(zip(names, row, strict=False)) for row in rows]
    if field.kind is Kind.LIST:
        return lines
    if field.kind is Kind.CHOICE:
        return next(
            (value for value, label in field.choices if text.strip() == label), text.strip()
        )
    return text
