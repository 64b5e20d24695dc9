"""Frozen values that places exchange: rows of the spreadsheet, problems, reports."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Follows:
    """One link of 沿革: how (``Succession.Kind``), to which code, valid from when."""

    kind: str
    code: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """One line of the sheet 区划."""

    row: int
    code: str
    name: str
    level: str
    kind: str
    urban_rural_class: str
    valid_from: dt.date
    valid_until: dt.date | None
    successors: tuple[Follows, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One line of the sheet 机构; codes stand for the linked rows."""

    row: int
    code: str
    name: str
    short_name: str
    kind: str
    division_code: str
    parent_code: str
    credit_code: str
    phone: str
    address: str
    opening_hours: str
    introduction: str
    position: int
    valid_from: dt.date | None
    valid_until: dt.date | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell; ``messages.problem_text`` makes the sentence of its facts."""

    sheet: str
    row: int
    column: str
    code: str
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlacesFile:
    """A spreadsheet of places taken apart; usable only when it has no problem."""

    divisions: tuple[DivisionRow, ...] = ()
    bodies: tuple[BodyRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacesReport:
    """What an import did, or would do."""

    n_divisions_new: int = 0
    n_divisions_changed: int = 0
    n_bodies_new: int = 0
    n_bodies_changed: int = 0
    n_unchanged: int = 0
    remarks: tuple[Problem, ...] = ()
