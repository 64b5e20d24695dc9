"""Change divisions as they really change: renamed, recoded, merged, split, abolished.

A row is closed on the day before and linked to what follows; it is never deleted, so everything
that was published for it stays readable under its name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from gongkai.base.errors import Refused
from gongkai.places.models import Body, Division, DivisionKind, Succession
from gongkai.places.rules import parse_code


@dataclass(frozen=True, slots=True)
class NewDivision:
    """What a new division is called; its kind is what its code's range stands for unless given."""

    code: str
    name: str
    kind: str = ""
    urban_rural_class: str = ""


@transaction.atomic
def rename_division(division: Division, *, name: str, on: dt.date) -> Division:
    """The place is called ``name`` from ``on``; its bodies and the places below move with it.

    Raises: ``Refused`` place.not_current, place.date_too_early, place.unchanged.
    """
    if name == division.name:
        raise Refused("place.unchanged", name=name)
    _close(division, on)
    new = NewDivision(division.code, name, division.kind, division.urban_rural_class)
    successor = _open(new, on=on, parent=division.parent)
    _link([division], [successor], Succession.Kind.RENAMED, on)
    _move(division, successor)
    return successor


@transaction.atomic
def recode_division(division: Division, *, code: str, on: dt.date) -> Division:
    """The place has ``code`` from ``on``, below the division that the code names.

    Raises: as ``rename_division``, and place.has_children, place.code_taken, place.wrong_level.
    """
    _check_no_children(division)
    if parse_code(code).level != division.level:
        raise Refused("place.wrong_level", value=code)
    _close(division, on)
    new = NewDivision(code, division.name, division.kind, division.urban_rural_class)
    successor = _open(new, on=on)
    _link([division], [successor], Succession.Kind.RECODED, on)
    _move(division, successor)
    return successor


@transaction.atomic
def merge_divisions(divisions: Sequence[Division], *, into: NewDivision, on: dt.date) -> Division:
    """``divisions`` end and one new division follows them; their bodies end with them.

    Raises: ``Refused`` place.too_few and as ``recode_division``.
    """
    if len({division.pk for division in divisions}) < 2:
        raise Refused("place.too_few")
    for division in divisions:
        _check_same_level(division, into.code)
        _check_no_children(division)
        _close(division, on)
    successor = _open(into, on=on)
    _link(divisions, [successor], Succession.Kind.MERGED, on)
    _end_bodies(divisions, on)
    return successor


@transaction.atomic
def split_division(
    division: Division, *, into: Sequence[NewDivision], on: dt.date
) -> list[Division]:
    """``division`` ends and two or more new ones follow it; its bodies end with it.

    Raises: as ``merge_divisions``.
    """
    if len({new.code for new in into}) < 2:
        raise Refused("place.too_few")
    for new in into:
        _check_same_level(division, new.code)
    _check_no_children(division)
    _close(division, on)
    successors = [_open(new, on=on) for new in into]
    _link([division], successors, Succession.Kind.SPLIT, on)
    _end_bodies([division], on)
    return successors


@transaction.atomic
def abolish_division(division: Division, *, on: dt.date) -> None:
    """``division`` and its bodies end the day before ``on``, with nothing following.

    Raises: ``Refused`` place.not_current, place.date_too_early, place.has_children.
    """
    _check_no_children(division)
    _close(division, on)
    _end_bodies([division], on)


def _close(division: Division, on: dt.date) -> None:
    last_day = on - dt.timedelta(days=1)
    if last_day < division.valid_from:
        raise Refused("place.date_too_early", name=division.name)
    # Compare-and-set: of two people who change one place at once, the second is refused.
    closed = Division.objects.filter(pk=division.pk, valid_until=None).update(valid_until=last_day)
    if closed != 1:
        raise Refused("place.not_current", name=division.name)
    division.valid_until = last_day


def _open(new: NewDivision, *, on: dt.date, parent: Division | None = None) -> Division:
    code = parse_code(new.code)
    if Division.objects.filter(code=new.code, valid_until=None).exists():
        raise Refused("place.code_taken", value=new.code)
    above = parent or next(
        iter(Division.objects.filter(code__in=code.ancestors, valid_until=None).order_by("-code")),
        None,
    )
    needs_parent = code.level in ("township", "village")
    if needs_parent and (above is None or above.code != code.ancestors[0]):
        raise Refused("place.wrong_parent", value=new.code)
    return Division.objects.create(
        code=new.code,
        name=new.name,
        level=code.level,
        kind=new.kind or DivisionKind(code.kind),
        urban_rural_class=new.urban_rural_class,
        parent=above,
        valid_from=on,
    )


def _link(
    old: Sequence[Division], new: Sequence[Division], kind: Succession.Kind, on: dt.date
) -> None:
    Succession.objects.bulk_create(
        Succession(predecessor=before, successor=after, kind=kind, effective_on=on)
        for before in old
        for after in new
    )


def _move(old: Division, new: Division) -> None:
    Division.objects.filter(parent=old, valid_until=None).update(parent=new)
    Body.objects.filter(division=old).update(division=new)


def _end_bodies(divisions: Sequence[Division], on: dt.date) -> None:
    Body.objects.filter(division__in=divisions, valid_until=None).update(
        valid_until=on - dt.timedelta(days=1)
    )


def _check_no_children(division: Division) -> None:
    if Division.objects.filter(parent=division, valid_until=None).exists():
        raise Refused("place.has_children", name=division.name)


def _check_same_level(division: Division, code: str) -> None:
    if parse_code(code).level != division.level:
        raise Refused("place.wrong_level", value=code)
