"""Take divisions and bodies from a spreadsheet: all of it or, with every error named, nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.db import transaction
from django.utils import timezone

from gongkai.base.errors import Refused
from gongkai.places.models import Body, BodyAlias, Division, Succession
from gongkai.places.rules import parse_code
from gongkai.places.schema import BodyRow, DivisionRow, PlacesFile, PlacesReport, Problem
from gongkai.places.sheets import BODIES_SHEET, DIVISIONS_SHEET, read_sheets
from gongkai.places.tabling import places_file

_DIVISION_FIELDS = ("name", "level", "kind", "urban_rural_class", "valid_until")
_BODY_FIELDS = (
    "name", "short_name", "kind", "credit_code", "phone", "address", "opening_hours",
    "introduction", "position", "valid_from", "valid_until",
)  # fmt: skip

Key = tuple[str, dt.date]


@dataclass(slots=True)
class _Plan:
    """What the file would change against what is stored."""

    file: PlacesFile
    divisions: dict[Key, Division]
    bodies: dict[str, Body]
    new_divisions: dict[Key, Division] = field(default_factory=dict)
    changed_divisions: dict[Key, Division] = field(default_factory=dict)
    new_bodies: dict[str, Body] = field(default_factory=dict)
    changed_bodies: dict[str, Body] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, sheet: str, row: int, column: str, code: str, **facts: str) -> None:
        """Note what is wrong in one cell."""
        self.problems.append(Problem(sheet, row, column, code, facts))

    @property
    def report(self) -> PlacesReport:
        """The plan in numbers."""
        rows = len(self.file.divisions) + len(self.file.bodies)
        touched = (
            len(self.new_divisions) + len(self.changed_divisions)
            + len(self.new_bodies) + len(self.changed_bodies)
        )  # fmt: skip
        return PlacesReport(
            len(self.new_divisions), len(self.changed_divisions),
            len(self.new_bodies), len(self.changed_bodies), rows - touched, self.file.remarks,
        )  # fmt: skip


def check_places(file: bytes, *, now: dt.datetime) -> PlacesReport:
    """What importing ``file`` would do; stores nothing.

    Raises: ``NotReadable`` (no spreadsheet, too large), ``Refused('place.import_refused')`` with
    ``problems: list[Problem]``, each with its sheet, row and column.
    """
    return _plan(file, now).report


def import_places(file: bytes, *, now: dt.datetime) -> PlacesReport:
    """Divisions and bodies of ``file`` are stored; rows that it does not name stay untouched.

    A division is the same when code and 启用日期 agree, a body when its code agrees. Nothing is
    ever deleted. Aliases are replaced by those of the file.

    Raises: as ``check_places``; then nothing is stored.
    """
    with transaction.atomic():
        plan = _plan(file, now)
        _store_divisions(plan)
        _store_bodies(plan)
    return plan.report


def _plan(content: bytes, now: dt.datetime) -> _Plan:
    file = places_file(read_sheets(content), today=timezone.localdate(now))
    plan = _Plan(
        file,
        {(row.code, row.valid_from): row for row in Division.objects.all()},
        {body.code: body for body in Body.objects.prefetch_related("aliases")},
        problems=list(file.problems),
    )
    if not plan.problems:
        _plan_divisions(plan)
        _plan_bodies(plan)
    if plan.problems:
        raise Refused("place.import_refused", http_status=422, problems=plan.problems)
    return plan


def _plan_divisions(plan: _Plan) -> None:
    """Set every division's facts in memory, then check what must hold across rows."""
    for row in plan.file.divisions:
        key = (row.code, row.valid_from)
        division = plan.divisions.get(key)
        if division is None:
            division = Division(code=row.code, valid_from=row.valid_from)
            plan.divisions[key] = plan.new_divisions[key] = division
        elif any(getattr(division, name) != getattr(row, name) for name in _DIVISION_FIELDS):
            plan.changed_divisions[key] = division
        for name in _DIVISION_FIELDS:
            setattr(division, name, getattr(row, name))
    by_code = _by_code(plan.divisions.values())
    for row in plan.file.divisions:
        _check_division(plan, row, by_code)


def _by_code(divisions: Iterable[Division]) -> dict[str, list[Division]]:
    """Divisions of each code, oldest first."""
    found: dict[str, list[Division]] = defaultdict(list)
    for division in sorted(divisions, key=lambda division: division.valid_from):
        found[division.code].append(division)
    return found


def _check_division(plan: _Plan, row: DivisionRow, by_code: dict[str, list[Division]]) -> None:
    ancestors = parse_code(row.code).ancestors
    needs_parent = row.level in ("township", "village")
    if needs_parent and ancestors[0] not in by_code:
        plan.complain(DIVISIONS_SHEET, row.row, "区划代码", "parent_missing")
    history = by_code[row.code]
    for earlier, later in pairwise(history):
        if later.valid_from == row.valid_from and (
            earlier.valid_until is None or earlier.valid_until >= later.valid_from
        ):
            plan.complain(DIVISIONS_SHEET, row.row, "启用日期", "validity_overlaps")
    for follows in row.successors:
        if (follows.code, follows.on) not in plan.divisions:
            value = f"{follows.code}@{follows.on}"
            plan.complain(DIVISIONS_SHEET, row.row, "沿革去向", "successor_missing", value=value)


def _plan_bodies(plan: _Plan) -> None:
    codes = {code for code, _ in plan.divisions}
    for row in plan.file.bodies:
        if row.division_code not in codes:
            plan.complain(
                BODIES_SHEET, row.row, "区划代码", "division_missing", value=row.division_code
            )
            continue
        body = plan.bodies.get(row.code)
        if body is None:
            plan.bodies[row.code] = plan.new_bodies[row.code] = Body(code=row.code)
        elif _body_differs(plan, body, row):
            plan.changed_bodies[row.code] = body
        for name in _BODY_FIELDS:
            setattr(plan.bodies[row.code], name, getattr(row, name))
    _check_parents(plan)
    _check_credit_codes(plan)


def _body_differs(plan: _Plan, body: Body, row: BodyRow) -> bool:
    codes = {other.pk: other.code for other in plan.bodies.values()}
    division = _division_for(plan, row.division_code)
    return (
        any(getattr(body, name) != getattr(row, name) for name in _BODY_FIELDS)
        or body.division_id != division.pk
        or (codes[body.parent_id] if body.parent_id else "") != row.parent_code
        or {alias.name for alias in body.aliases.all()} != set(row.aliases)
    )


def _division_for(plan: _Plan, code: str) -> Division:
    """The division in use under ``code``, else the last one that was."""
    history = [division for (other, _), division in plan.divisions.items() if other == code]
    return max(history, key=lambda one: (one.valid_until is None, one.valid_from))


def _check_parents(plan: _Plan) -> None:
    above = {row.code: row.parent_code for row in plan.file.bodies}
    for row in plan.file.bodies:
        if row.parent_code and row.parent_code not in plan.bodies:
            plan.complain(
                BODIES_SHEET, row.row, "主管机构编码", "body_parent_missing", value=row.parent_code
            )
        seen, code = {row.code}, row.parent_code
        while code:
            if code in seen:
                plan.complain(BODIES_SHEET, row.row, "主管机构编码", "body_parent_loop")
                break
            seen.add(code)
            code = above.get(code, "")


def _check_credit_codes(plan: _Plan) -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for body in plan.bodies.values():
        if body.credit_code:
            owners[body.credit_code].append(body.code)
    for row in plan.file.bodies:
        others = [code for code in owners.get(row.credit_code, ()) if code != row.code]
        if others:
            plan.complain(
                BODIES_SHEET, row.row, "统一社会信用代码", "credit_code_taken", other=others[0]
            )


def _store_divisions(plan: _Plan) -> None:
    # Closings first: the database allows one open row a code at any moment.
    changed = sorted(plan.changed_divisions.values(), key=lambda one: one.valid_until is None)
    Division.objects.bulk_update(changed, _DIVISION_FIELDS, batch_size=200)
    new = sorted(plan.new_divisions.values(), key=lambda one: one.valid_until is None)
    Division.objects.bulk_create(new, batch_size=500)
    by_code = _by_code(plan.divisions.values())
    moved = []
    for row in plan.file.divisions:
        division = plan.divisions[row.code, row.valid_from]
        parent = _parent(division, by_code)
        if division.parent_id != (parent.pk if parent else None):
            division.parent = parent
            moved.append(division)
    Division.objects.bulk_update(moved, ["parent"], batch_size=500)
    Succession.objects.bulk_create(
        [
            Succession(
                predecessor=plan.divisions[row.code, row.valid_from],
                successor=plan.divisions[follows.code, follows.on],
                kind=follows.kind,
                effective_on=follows.on,
            )
            for row in plan.file.divisions
            for follows in row.successors
        ],
        ignore_conflicts=True,
    )


def _parent(division: Division, by_code: dict[str, list[Division]]) -> Division | None:
    """The nearest division above that was in use with it, else the last of that code."""
    for code in parse_code(division.code).ancestors:
        for candidate in reversed(by_code.get(code, [])):
            is_open = candidate.valid_until is None or candidate.valid_until >= division.valid_from
            if is_open and (division.valid_until or dt.date.max) >= candidate.valid_from:
                return candidate
        if by_code.get(code):
            return by_code[code][-1]
    return None


def _store_bodies(plan: _Plan) -> None:
    latest: dict[str, Division] = {
        code: max(history, key=lambda one: (one.valid_until is None, one.valid_from))
        for code, history in _by_code(plan.divisions.values()).items()
    }
    for row in plan.file.bodies:
        plan.bodies[row.code].division = latest[row.division_code]
    Body.objects.bulk_create(plan.new_bodies.values(), batch_size=200)
    # Credit codes are unique: a swap between two bodies must not meet itself half way.
    Body.objects.filter(pk__in=[body.pk for body in plan.changed_bodies.values()]).update(
        credit_code=""
    )
    touched = {**plan.new_bodies, **plan.changed_bodies}
    for row in plan.file.bodies:
        if row.code in touched:
            touched[row.code].parent = plan.bodies[row.parent_code] if row.parent_code else None
    fields = [*_BODY_FIELDS, "division", "parent"]
    Body.objects.bulk_update(touched.values(), fields, batch_size=50)
    BodyAlias.objects.filter(body__in=[body.pk for body in plan.changed_bodies.values()]).delete()
    BodyAlias.objects.bulk_create(
        BodyAlias(body=touched[row.code], name=name)
        for row in plan.file.bodies
        if row.code in touched
        for name in row.aliases
    )
