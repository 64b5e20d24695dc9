"""What the portal reads of places and bodies: the finder, the trail, who publishes where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from gongkai.places.models import Body, BodyKind, Division, DivisionLevel


@dataclass(frozen=True, slots=True)
class Township:
    """A township or street with its villages and communities."""

    division: Division
    children: tuple[Division, ...]


@dataclass(frozen=True, slots=True)
class BodyGroup:
    """The bodies of one kind."""

    kind: BodyKind
    bodies: tuple[Body, ...]


def townships(*, text: str = "") -> list[Township]:
    """Every township and street with its villages and communities. One query.

    With ``text``, only places whose name or code holds it; a township stays for its villages.
    """
    divisions = Division.objects.filter(valid_until=None).filter(
        level__in=(DivisionLevel.TOWNSHIP, DivisionLevel.VILLAGE)
    )
    rows = list(divisions.order_by("code"))
    children: dict[int | None, list[Division]] = {}
    for division in rows:
        if division.level == DivisionLevel.VILLAGE:
            children.setdefault(division.parent_id, []).append(division)
    found = []
    for division in rows:
        if division.level != DivisionLevel.TOWNSHIP:
            continue
        below = children.get(division.pk, [])
        if text and text not in division.name and text != division.code:
            below = [d for d in below if text in d.name or text == d.code]
            if not below:
                continue
        found.append(Township(division, tuple(below)))
    return found


def trail_of(division: Division) -> list[Division]:
    """The places above ``division`` down to itself, from the county on. One query."""
    codes = {division.code[:6] + "000000", division.code[:9] + "000", division.code}
    above = Division.objects.filter(valid_until=None, code__in=codes).exclude(pk=division.pk)
    return [*above.order_by("code"), division]


def bodies_of_place(division: Division) -> list[Body]:
    """The bodies that sit in the place itself, in their order. One query."""
    return list(Body.objects.filter(division=division, valid_until=None))


def body_ids_within(division: Division) -> tuple[int, ...] | None:
    """The bodies of the place and of every place below; None for the county: everybody."""
    if division.level not in (DivisionLevel.TOWNSHIP, DivisionLevel.VILLAGE):
        return None
    within = Body.objects.filter(division__code__startswith=division.subtree_prefix)
    return tuple(within.order_by().values_list("pk", flat=True))


def grouped_bodies(*, text: str = "") -> list[BodyGroup]:
    """Every body that exists now, by kind. One query."""
    bodies = Body.objects.filter(valid_until=None).select_related("division")
    if text:
        bodies = bodies.filter(
            Q(name__contains=text) | Q(short_name__contains=text) | Q(aliases__name=text)
        ).distinct()
    return _grouped(bodies)


def _grouped(bodies: Iterable[Body]) -> list[BodyGroup]:
    groups: dict[str, list[Body]] = {}
    for body in bodies:
        groups.setdefault(body.kind, []).append(body)
    return [BodyGroup(kind, tuple(groups[kind])) for kind in BodyKind if kind in groups]
