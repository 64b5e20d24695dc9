"""The register as a spreadsheet, one duty a row, with the explanation of each deadline."""

from __future__ import annotations

import datetime as dt
import io
import re

from gongkai.duties.models import Duty
from gongkai.duties.queries import explanation
from gongkai.duties.querysets import DutyQuerySet
from gongkai.duties.states import DutyState

COLUMNS = (
    ("编号", 16), ("机构", 28), ("领域", 16), ("公开事项", 36), ("缘由", 8), ("期次", 10),
    ("触发事件", 28), ("发生日期", 12), ("应公开日期", 12), ("暂定", 6), ("推定", 6),
    ("期限推算", 60), ("状态", 10), ("履行日期", 12), ("须有证据的渠道", 24),
)  # fmt: skip

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def cell_text(text: str) -> str:
    """``text`` as a cell that no spreadsheet program will run: an apostrophe before a formula."""
    clean = _NOT_IN_XML.sub("", text)[:32_000]
    return f"'{clean}" if clean.startswith(_FORMULA_STARTS) else clean


def register_sheet(duties: DutyQuerySet, *, on: dt.date, most: int) -> bytes:
    """An .xlsx of at most ``most`` of ``duties``. Two queries per 2,000 rows; constant memory."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("公开义务")
    sheet.freeze_panes = "A2"
    for number, (_title, width) in enumerate(COLUMNS):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    sheet.append([title for title, _width in COLUMNS])
    rows = (
        duties.with_state(on=on)
        .select_related("body", "item__edition__domain", "event")
        .prefetch_related("channels")
    )
    for duty in rows[:most].iterator(chunk_size=2000):
        sheet.append(_row(duty, on))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _row(duty: Duty, on: dt.date) -> list[str | dt.date | None]:
    required = "、".join(row.label for row in duty.channels.all() if row.is_required)
    texts_before = (
        duty.code,
        duty.body.name,
        duty.item.edition.domain.name,
        duty.item.path,
        duty.get_occasion_display(),
        duty.period,
        duty.event.title if duty.event else "",
    )
    return [
        *(cell_text(text) for text in texts_before),
        duty.event.occurred_on if duty.event else None,
        duty.due_on,
        "是" if duty.is_provisional else "",
        "是" if duty.is_inferred else "",
        cell_text(" → ".join(explanation(duty))),
        str(DutyState(duty.state_on(on)).label),
        duty.met_on,
        cell_text(required),
    ]
