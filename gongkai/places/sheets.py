"""The spreadsheet of places: its two sheets, taken apart cell by cell and written again."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.base.errors import NotReadable
from gongkai.places.schema import Problem

DIVISIONS_SHEET = "区划"
BODIES_SHEET = "机构"
DIVISION_COLUMNS = (
    "区划代码", "名称", "层级", "类别", "城乡分类", "启用日期", "停用日期", "沿革去向",
)  # fmt: skip
BODY_COLUMNS = (
    "机构编码", "名称", "简称", "类别", "区划代码", "主管机构编码", "统一社会信用代码", "公开电话",
    "办公地址", "办公时间", "机构职能", "排序", "设立日期", "撤销日期", "别名",
)  # fmt: skip
MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_ROWS = 50_000
_WIDE = frozenset({"名称", "机构职能", "办公地址", "沿革去向", "别名"})


@dataclass(slots=True)
class Line:
    """One line of a sheet: its 1-based row, its cells by header, and a note of what is wrong."""

    sheet: str
    row: int
    cells: dict[str, object]
    problems: list[Problem] = field(default_factory=list)

    def complain(self, column: str, code: str, **facts: str) -> None:
        """Note what is wrong in the cell under ``column``."""
        self.problems.append(Problem(self.sheet, self.row, column, code, facts))

    def text(self, column: str, *, limit: int, required: bool = False) -> str:
        """The cell as text without outer spaces; complains when too long or missing."""
        value = self.cells.get(column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = "" if value is None else str(value).strip()
        if required and not text:
            self.complain(column, "required")
        if len(text) > limit:
            self.complain(column, "too_long", limit=str(limit))
        return text[:limit]

    def date(self, column: str) -> dt.date | None:
        """The cell as a date: a real one, or text such as 2026-01-31."""
        value = self.cells.get(column)
        if isinstance(value, dt.datetime):
            return value.date()
        if value is None or isinstance(value, dt.date):
            return value
        text = str(value).strip()
        if not text:
            return None
        try:
            return dt.date.fromisoformat(text.replace("/", "-").replace(".", "-"))
        except ValueError:
            self.complain(column, "not_a_date", value=text[:40])
            return None

    def number(self, column: str) -> int:
        """The cell as a whole number from 0 to 32,767; empty is 0."""
        text = self.text(column, limit=12)
        if not text:
            return 0
        if not text.isascii() or not text.isdigit() or int(text) > 32_767:
            self.complain(column, "not_a_number", value=text)
            return 0
        return int(text)

    def choice(self, column: str, choices: Sequence[tuple[str, str]]) -> str:
        """The value whose label (or own name) the cell holds."""
        text = self.text(column, limit=40, required=True)
        for value, label in choices:
            if text in (value, label):
                return value
        if text:
            labels = "、".join(str(label) for _, label in choices)
            self.complain(column, "unknown_choice", value=text, choices=labels)
        return ""


@dataclass(slots=True)
class Sheets:
    """The lines of both sheets, and what is wrong with the sheets as such."""

    divisions: list[Line] = field(default_factory=list)
    bodies: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_sheets(content: bytes) -> Sheets:
    """The lines of the two sheets.

    Raises: ``NotReadable('place.not_xlsx' | 'place.too_large')``.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _check_package(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise NotReadable("place.not_xlsx") from error
    sheets = Sheets()
    try:
        for name, columns, lines in (
            (DIVISIONS_SHEET, DIVISION_COLUMNS, sheets.divisions),
            (BODIES_SHEET, BODY_COLUMNS, sheets.bodies),
        ):
            if name not in book.sheetnames:
                sheets.problems.append(Problem(name, 0, "", "sheet_missing", {"value": name}))
                continue
            lines.extend(_lines(name, columns, book[name].iter_rows(values_only=True), sheets))
    finally:
        book.close()
    return sheets


def _check_package(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise NotReadable("place.too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
    except zipfile.BadZipFile as error:
        raise NotReadable("place.not_xlsx") from error
    if unpacked > MAX_UNPACKED_BYTES:
        raise NotReadable("place.too_large")


def _lines(
    sheet: str, columns: Sequence[str], rows: Iterator[tuple[object, ...]], sheets: Sheets
) -> Iterator[Line]:
    header = ["" if cell is None else str(cell).strip() for cell in next(rows, ())]
    missing = [column for column in columns if column not in header]
    for column in missing:
        sheets.problems.append(Problem(sheet, 1, column, "column_missing", {"value": column}))
    if missing:
        return
    for row, cells in enumerate(rows, start=2):
        if row > MAX_ROWS:
            raise NotReadable("place.too_large")
        if any(cell not in (None, "") for cell in cells):
            yield Line(sheet, row, dict(zip(header, cells, strict=False)))


def write_sheets(
    divisions: Iterable[Sequence[object]], bodies: Iterable[Sequence[object]]
) -> bytes:
    """The spreadsheet of these lines. Text stays text: nothing is ever run as a formula."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    first = book.active
    assert first is not None  # noqa: S101 - a new workbook has one sheet
    book.remove(first)
    for name, columns, lines in (
        (DIVISIONS_SHEET, DIVISION_COLUMNS, divisions),
        (BODIES_SHEET, BODY_COLUMNS, bodies),
    ):
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "B2"
        for row, values in enumerate((columns, *lines), start=1):
            for column, value in enumerate(values, start=1):
                cell = sheet.cell(row=row, column=column)
                if isinstance(value, str):
                    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                    cell.data_type = "s"  # never "f", whatever it begins with
                    cell.number_format = "@"
                    cell.font = Font(bold=row == 1)
                elif value is not None:
                    cell.value = value
        for column, title in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = 30 if title in _WIDE else 18
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
