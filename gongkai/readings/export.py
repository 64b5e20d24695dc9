"""Read rows in the canonical two-row layout as xlsx, csv, json or html, and back from json."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gongkai.readings.fields.basis import render_basis
from gongkai.readings.fields.bodies import render_bodies
from gongkai.readings.fields.channels import render_channels
from gongkai.readings.fields.contents import render_contents
from gongkai.readings.fields.deadline import render_deadlines
from gongkai.readings.fields.ticks import render_tick
from gongkai.readings.reading import (
    Audience,
    Basis,
    Channel,
    Counts,
    Deadline,
    Mode,
    Question,
    Reading,
    ReadRow,
    ReadTable,
    Refusal,
    Source,
    Warning_,
    reading_as_json,
)

if TYPE_CHECKING:
    from openpyxl.styles import Border
    from openpyxl.worksheet.worksheet import Worksheet

_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
FORMATS = ("xlsx", "csv", "json", "html")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table laid out: two header rows, the spans of the upper one, the body."""

    title: str
    top: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]  # (first column, number of columns), 0-based
    sub: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]


def export_catalogue(tables: Sequence[ReadTable], *, format_: str) -> bytes:
    """The tables in the canonical layout. ``format_`` is one of ``FORMATS``."""
    if format_ == "json":
        return export_json(Reading(Source("", "json", ""), tuple(tables)))
    sheets = [laid_out(table) for table in tables]
    writers = {"xlsx": _xlsx, "csv": _csv, "html": _html}
    return writers[format_](sheets)


def export_json(reading: Reading) -> bytes:
    """The reading in its own JSON, which ``read_catalogue`` takes back unchanged."""
    return json.dumps(reading_as_json(reading), ensure_ascii=False, indent=1).encode()


# --- the layout -----------------------------------------------------------------------------------


def laid_out(table: ReadTable) -> Sheet:
    """The canonical layout of a table: only 三级事项 and extra columns vary."""
    has_level3 = any(row.level3 for row in table.rows)
    levels = list(dict.fromkeys(name for row in table.rows for name in row.levels))
    extras = list(dict.fromkeys(name for row in table.rows for name in row.extra))
    items = ["一级事项", "二级事项", *(["三级事项"] if has_level3 else [])]
    groups: list[tuple[str, list[str]]] = [
        ("序号", []), ("公开事项", items), ("公开内容(要素)", []), ("公开依据", []),
        ("公开时限", []), ("公开主体", []), ("公开渠道和载体", []),
        ("公开对象", ["全社会", "特定群体"]), ("公开方式", ["主动", "依申请"]),
    ]  # fmt: skip
    if levels:
        groups.append(("公开层级", levels))
    groups.extend((name, []) for name in extras)
    top: list[str] = []
    sub: list[str] = []
    spans: list[tuple[int, int]] = []
    for name, names in groups:
        spans.append((len(top), max(1, len(names))))
        top.extend([name, *[""] * (max(1, len(names)) - 1)])
        sub.extend(names or [""])
    body = tuple(_cells(row, has_level3, levels, extras) for row in table.rows)
    return Sheet(table.title, tuple(top), tuple(spans), tuple(sub), body)


def _cells(
    row: ReadRow, has_level3: bool, levels: Sequence[str], extras: Sequence[str]
) -> tuple[str, ...]:
    group = render_tick(row.audience.group)
    if row.audience.text:
        group = row.audience.text
    return (
        row.number or "",
        row.level1 or "",
        row.level2 or "",
        *([row.level3 or ""] if has_level3 else []),
        render_contents(row.contents),
        render_basis(row.basis),
        render_deadlines(row.deadlines),
        render_bodies(row.bodies),
        render_channels(row.channels),
        render_tick(row.audience.society),
        group,
        render_tick(row.mode.proactive),
        render_tick(row.mode.on_request),
        *(render_tick(row.levels.get(name)) for name in levels),
        *(row.extra.get(name, "") for name in extras),
    )


# --- writers --------------------------------------------------------------------------------------


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    from openpyxl import Workbook

    workbook = Workbook()
    first = workbook.active
    if first is not None:
        workbook.remove(first)
    names: set[str] = set()
    for number, sheet in enumerate(sheets, start=1):
        worksheet = workbook.create_sheet(_sheet_name(sheet.title, number, names))
        _write_sheet(worksheet, sheet)
    if not sheets:
        workbook.create_sheet("目录")
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _sheet_name(title: str, number: int, names: set[str]) -> str:
    name = "".join(c for c in title if c not in "[]:*?/\\'")[:24] or f"目录{number}"
    name = name if name not in names else f"{name}{number}"
    names.add(name)
    return name


def _write_sheet(worksheet: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Border, Side

    edge = Side(style="thin", color="FF888888")
    border = Border(left=edge, right=edge, top=edge, bottom=edge)
    row_number = 1
    if sheet.title:
        _write_row(worksheet, 1, (sheet.title,), border, bold=True)
        worksheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(sheet.top))
        row_number = 2
    _write_row(worksheet, row_number, sheet.top, border, bold=True)
    _write_row(worksheet, row_number + 1, sheet.sub, border, bold=True)
    for first, width in sheet.spans:
        end_row = row_number + (0 if sheet.sub[first] else 1)
        if width > 1 or end_row > row_number:
            worksheet.merge_cells(
                start_row=row_number, end_row=end_row,
                start_column=first + 1, end_column=first + width,
            )  # fmt: skip
    for offset, cells in enumerate(sheet.body):
        _write_row(worksheet, row_number + 2 + offset, cells, border, bold=False)
    worksheet.freeze_panes = f"A{row_number + 2}"


def _write_row(
    worksheet: Worksheet, row: int, texts: Iterable[str], border: Border, *, bold: bool
) -> None:
    from openpyxl.styles import Alignment, Font

    for column, text in enumerate(texts, start=1):
        cell = worksheet.cell(row=row, column=column, value=text or None)
        if text:
            cell.data_type = "s"
            if text.startswith(FORMULA_STARTS):
                cell.quotePrefix = True
        cell.border = border
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        if bold:
            cell.font = Font(bold=True)


def _csv(sheets: Sequence[Sheet]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for sheet in sheets:
        if sheet.title:
            writer.writerow([_harmless(sheet.title), *[""] * (len(sheet.top) - 1)])
        for row in (sheet.top, sheet.sub, *sheet.body):
            writer.writerow([_harmless(text) for text in row])
    return buffer.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _html(sheets: Sequence[Sheet]) -> bytes:
    parts = ["<!DOCTYPE html>", '<html lang="zh-Hans"><head><meta charset="utf-8">']
    parts.append("<title>基层政务公开标准目录</title></head><body>")
    for sheet in sheets:
        if sheet.title:
            parts.append(f"<h2>{html.escape(sheet.title)}</h2>")
        parts.append("<table>")
        parts.append(f"<thead>{_head_rows(sheet)}</thead><tbody>")
        for cells in sheet.body:
            row = "".join(f"<td>{_lines(text)}</td>" for text in cells)
            parts.append(f"<tr>{row}</tr>")
        parts.append("</tbody></table>")
    parts.append("</body></html>")
    return "\n".join(parts).encode()


def _head_rows(sheet: Sheet) -> str:
    top: list[str] = []
    sub: list[str] = []
    for first, width in sheet.spans:
        alone = not sheet.sub[first]
        span = ' rowspan="2"' if alone else f' colspan="{width}"'
        top.append(f"<th{span}>{html.escape(sheet.top[first])}</th>")
        if not alone:
            sub.extend(f"<th>{html.escape(text)}</th>" for text in sheet.sub[first : first + width])
    return f"<tr>{''.join(top)}</tr><tr>{''.join(sub)}</tr>"


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


# --- back from json -------------------------------------------------------------------------------


def reading_from_json(content: bytes) -> Reading | None:
    """The reading that ``export_json`` wrote, or None where the bytes are something else."""
    if content.lstrip()[:1] != b"{" or b'"tables"' not in content:
        return None
    try:
        found: Any = _storable(json.loads(content))
        return _reading(found)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _storable(value: Any) -> Any:
    """The value with a sign of loss for every character that no database or sheet can hold."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_storable(one) for one in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(one) for name, one in value.items()}
    return value


def _reading(found: dict[str, Any]) -> Reading:
    refused = found.get("refused")
    return Reading(
        source=Source(**found["source"]),
        tables=tuple(_table(table) for table in found["tables"]),
        warnings=tuple(Warning_(**warning) for warning in found.get("warnings", [])),
        refused=Refusal(**refused) if refused else None,
        counts=Counts(**found.get("counts", {})),
    )


def _table(found: dict[str, Any]) -> ReadTable:
    header = tuple(tuple(str(text) for text in row) for row in found["header"])
    rows = tuple(_row(row) for row in found["rows"])
    return ReadTable(found["title"], found["domain"], header, rows)


def _row(found: dict[str, Any]) -> ReadRow:
    plain = {key: found[key] for key in ("number", "level1", "level2", "level3", "levels", "extra")}
    return ReadRow(
        **plain,
        contents=tuple(found["contents"]),
        basis=tuple(Basis(**item) for item in found["basis"]),
        deadlines=tuple(Deadline(**item) for item in found["deadlines"]),
        bodies=tuple(found["bodies"]),
        channels=tuple(Channel(**item) for item in found["channels"]),
        audience=Audience(**found["audience"]),
        mode=Mode(**found["mode"]),
        inherited=tuple(found.get("inherited", ())),
        questions=tuple(Question(**item) for item in found.get("questions", ())),
        where=found.get("where", ""),
    )
