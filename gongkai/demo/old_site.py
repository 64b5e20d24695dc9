"""The export of the district's former site: a workbook with a sheet for each kind of record."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from openpyxl import Workbook

from gongkai.catalogue.models import Item
from gongkai.demo.content.texts import DemoRecord
from gongkai.disclosures import record_templates
from gongkai.disclosures.schema import Field, Kind
from gongkai.places.models import Body

COLUMNS = (
    "编号", "标题", "信息类型", "发布机构", "领域", "公开事项", "发布日期", "成文日期", "文号",
    "施行日期", "失效日期", "有效性", "摘要", "正文",
)  # fmt: skip
VALIDITY = {"in_force": "现行有效"}


def old_site_export(rows: list[tuple[Body, Item, DemoRecord]], *, week: dt.date) -> bytes:
    """The records of one week, dated over its five working days."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, (body, item, record) in enumerate(rows):
        template = record_templates.get(record.template)
        if template.label not in book.sheetnames:
            sheet = book.create_sheet(template.label)
            sheet.append([*COLUMNS, *(field.label for field in template.fields)])
        day = (week - dt.timedelta(days=number % 5)).isoformat()
        values = [_cell(field, record.values.get(field.name)) for field in template.fields]
        book[template.label].append(
            [f"YX{week:%Y%m%d}{number:03d}", record.title, template.label, body.name,
             item.edition.domain.name, f"{item.level1}/{item.level2}", day, day,
             record.document_number, _day(record.valid_from), _day(record.valid_until),
             VALIDITY.get(record.validity, ""), record.summary, record.text, *values]
        )  # fmt: skip
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _cell(field: Field, value: Any) -> str:
    """The value as a clerk types it into one cell: a line an entry, ``|`` between columns."""
    if value in (None, ""):
        return ""
    if field.kind is Kind.TABLE:
        return "\n".join(
            "|".join(_cell(column, row.get(column.name)) for column in field.columns)
            for row in value
        )
    if field.kind is Kind.LIST:
        return "\n".join(value)
    if field.kind is Kind.MONEY:
        return f"{value / 100:.2f}"
    if field.kind is Kind.CHOICE:
        return dict(field.choices).get(str(value), str(value))
    return str(value)
