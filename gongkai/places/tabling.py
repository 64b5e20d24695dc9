"""Pure rules between spreadsheet lines and rows of places: each cell checked where it stands."""

from __future__ import annotations

import datetime as dt
import re

from gongkai.base.errors import Refused
from gongkai.places.models import BodyKind, DivisionKind, DivisionLevel, Succession
from gongkai.places.rules import URBAN_RURAL_CLASSES, check_credit_code, kind_fits, parse_code
from gongkai.places.schema import BodyRow, DivisionRow, Follows, PlacesFile, Problem
from gongkai.places.sheets import Line, Sheets

_SUCCESSION_KINDS = {str(label): value for value, label in Succession.Kind.choices}


def places_file(sheets: Sheets, *, today: dt.date) -> PlacesFile:
    """Every line as a row; what is wrong with single cells and repeats is in ``problems``."""
    remarks: list[Problem] = []
    divisions = tuple(_division(line, today, remarks) for line in sheets.divisions)
    bodies = tuple(_body(line) for line in sheets.bodies)
    _note_repeats(
        sheets.divisions, [(row.code, str(row.valid_from)) for row in divisions], "区划代码"
    )
    _note_repeats(sheets.bodies, [(row.code,) for row in bodies], "机构编码")
    problems = [*sheets.problems]
    for line in (*sheets.divisions, *sheets.bodies):
        problems.extend(line.problems)
    return PlacesFile(divisions, bodies, tuple(problems), tuple(remarks))


def _note_repeats(lines: list[Line], keys: list[tuple[str, ...]], column: str) -> None:
    first: dict[tuple[str, ...], int] = {}
    for line, key in zip(lines, keys, strict=True):
        if key in first:
            line.complain(column, "repeated", other=str(first[key]))
        first.setdefault(key, line.row)


def _division(line: Line, today: dt.date, remarks: list[Problem]) -> DivisionRow:
    row = DivisionRow(
        row=line.row,
        code=line.text("区划代码", limit=12, required=True),
        name=line.text("名称", limit=80, required=True),
        level=line.choice("层级", DivisionLevel.choices),
        kind=line.choice("类别", DivisionKind.choices),
        urban_rural_class=line.text("城乡分类", limit=3),
        valid_from=line.date("启用日期") or today,
        valid_until=line.date("停用日期"),
        successors=_successors(line),
    )
    if row.urban_rural_class and row.urban_rural_class not in URBAN_RURAL_CLASSES:
        line.complain("城乡分类", "class_unknown", value=row.urban_rural_class)
    if row.valid_until is not None and row.valid_until < row.valid_from:
        line.complain("停用日期", "dates_reversed")
    if row.code:
        _check_code(line, row, remarks)
    return row


def _check_code(line: Line, row: DivisionRow, remarks: list[Problem]) -> None:
    try:
        code = parse_code(row.code)
    except Refused as refusal:
        line.complain("区划代码", refusal.code, value=row.code)
        return
    if row.level and row.level != code.level:
        line.complain("层级", "level_differs", expected=str(DivisionLevel(code.level).label))
    if row.kind and not kind_fits(code, row.kind):
        expected = str(DivisionKind(code.kind).label)
        remarks.append(
            Problem(line.sheet, line.row, "类别", "kind_unusual", {"expected": expected})
        )


def _successors(line: Line) -> tuple[Follows, ...]:
    found = []
    for part in re.split(r"[;；\n]", line.text("沿革去向", limit=2000)):
        if not part.strip():
            continue
        match = re.fullmatch(r"(\w+)[:：]([0-9]{12})@(\d{4}-\d{2}-\d{2})", part.strip())
        kind = _SUCCESSION_KINDS.get(match[1]) if match else None
        day = _date(match[3]) if match else None
        if match is None or kind is None or day is None:
            line.complain("沿革去向", "successor_form", value=part.strip()[:60])
            continue
        found.append(Follows(kind, match[2], day))
    return tuple(found)


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _body(line: Line) -> BodyRow:
    row = BodyRow(
        row=line.row,
        code=line.text("机构编码", limit=40, required=True),
        name=line.text("名称", limit=120, required=True),
        short_name=line.text("简称", limit=40),
        kind=line.choice("类别", BodyKind.choices),
        division_code=line.text("区划代码", limit=12, required=True),
        parent_code=line.text("主管机构编码", limit=40),
        credit_code=line.text("统一社会信用代码", limit=18).upper(),
        phone=line.text("公开电话", limit=40),
        address=line.text("办公地址", limit=160),
        opening_hours=line.text("办公时间", limit=120),
        introduction=line.text("机构职能", limit=5000),
        position=line.number("排序"),
        valid_from=line.date("设立日期"),
        valid_until=line.date("撤销日期"),
        aliases=_aliases(line),
    )
    if row.code and not re.fullmatch(r"[a-z0-9-]+", row.code):
        line.complain("机构编码", "code_form")
    if row.credit_code:
        try:
            check_credit_code(row.credit_code)
        except Refused as refusal:
            line.complain("统一社会信用代码", refusal.code, value=row.credit_code)
    if row.valid_from and row.valid_until and row.valid_until < row.valid_from:
        line.complain("撤销日期", "dates_reversed")
    return row


def _aliases(line: Line) -> tuple[str, ...]:
    names = [name.strip() for name in re.split(r"[;；\n]", line.text("别名", limit=2000))]
    for name in names:
        if len(name) > 120:
            line.complain("别名", "too_long", limit="120")
    return tuple(dict.fromkeys(name for name in names if name))
