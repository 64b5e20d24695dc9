"""Questions about places: the district, its tree, and which body a catalogue's words name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from gongkai.places.groups import Group, group_of
from gongkai.places.models import Body, BodyKind, Division, DivisionKind, DivisionLevel
from gongkai.places.rules import folded_name, local_name


def district() -> Division | None:
    """The county-level division that this installation serves; None before places are imported."""
    return Division.objects.filter(valid_until=None, level=DivisionLevel.COUNTY).first()


@dataclass(frozen=True, slots=True)
class PlaceNode:
    """A division in the tree with its bodies and the places directly below it."""

    division: Division
    bodies: tuple[Body, ...]
    children: tuple[PlaceNode, ...]


def division_tree(root: Division | None = None) -> PlaceNode | None:
    """The tree of current divisions below ``root`` (the district) with current bodies.

    Two queries, whatever the size. None when there is no district yet.
    """
    top = root or district()
    if top is None:
        return None
    prefix = top.subtree_prefix
    divisions = Division.objects.filter(valid_until=None, code__startswith=prefix)
    bodies: dict[int, list[Body]] = defaultdict(list)
    for body in Body.objects.filter(valid_until=None, division__code__startswith=prefix):
        bodies[body.division_id].append(body)
    below: dict[int | None, list[Division]] = defaultdict(list)
    for division in divisions:
        below[division.parent_id].append(division)
    return _node(top, bodies, below)


def _node(
    division: Division,
    bodies: dict[int, list[Body]],
    below: dict[int | None, list[Division]],
) -> PlaceNode:
    children = tuple(_node(child, bodies, below) for child in below[division.pk])
    return PlaceNode(division, tuple(bodies[division.pk]), children)


@dataclass(slots=True)
class BodyIndex:
    """All current bodies of a place by every name they go by; made with two queries.

    Ask it many times: reading 30 catalogues matches thousands of names without a query.
    """

    bodies: list[Body]
    district_name: str
    _by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _by_local_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _by_id: dict[int, Body] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for body in self.bodies:
            self._by_id[body.pk] = body
            names = [body.name, body.short_name, *(alias.name for alias in body.aliases.all())]
            for name in filter(None, names):
                self._by_name[folded_name(name)].add(body.pk)
                if body.kind in (BodyKind.DEPARTMENT, BodyKind.PUBLIC_INSTITUTION):
                    local = local_name(name, district=self.district_name)
                    self._by_local_name[local].add(body.pk)

    def match(self, name: str) -> Body | None:
        """The one body of that name, short name or alias; None when there is none or several."""
        found = self._by_name.get(folded_name(name)) or self._by_local_name.get(
            local_name(name, district=self.district_name), set()
        )
        return self._by_id[next(iter(found))] if len(found) == 1 else None

    def resolve(self, phrase: str) -> list[Body] | None:
        """The bodies that a name or group phrase means, in their own order.

        None: no rule names it. Empty: a known group of which the place has no member.
        """
        body = self.match(phrase)
        if body is not None:
            return [body]
        group = group_of(phrase)
        return None if group is None else self._members(group)

    def _members(self, group: Group) -> list[Body]:
        if group.roles:
            return [body for body in self.bodies if _role(body) in group.roles]
        for name in group.department_names:
            found = self._by_local_name.get(folded_name(name), set())
            if len(found) == 1:
                return [self._by_id[next(iter(found))]]
        return []


def _role(body: Body) -> str:
    """The body's kind; township governments apart by what their place is."""
    if body.kind == BodyKind.TOWNSHIP_GOVERNMENT:
        return "street" if body.division.kind == DivisionKind.STREET else "town"
    return body.kind


def body_index(within: Division | None = None) -> BodyIndex:
    """The index of the current bodies in ``within`` and below it (everywhere when None)."""
    bodies = Body.objects.filter(valid_until=None)
    if within is not None:
        bodies = bodies.filter(division__code__startswith=within.subtree_prefix)
    home = district()
    return BodyIndex(
        list(bodies.select_related("division").prefetch_related("aliases")),
        home.name if home else "",
    )


def match_body(name: str, *, within: Division | None = None) -> Body | None:
    """The one body in ``within`` that goes by ``name``; None when there is none or several."""
    return body_index(within).match(name)


def resolve_bodies(name: str, *, within: Division | None = None) -> list[Body] | None:
    """The bodies in ``within`` meant by a name or a group phrase; None when no rule names it.

    Example: ``"各乡镇（街道）"`` → every township government and street office.
    """
    return body_index(within).resolve(name)
