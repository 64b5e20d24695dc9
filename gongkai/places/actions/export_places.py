"""Write all divisions and bodies as a spreadsheet that ``import_places`` reads back."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.places.models import Body, Division
from gongkai.places.sheets import write_sheets


def export_places() -> bytes:
    """The spreadsheet of every division (closed ones too, with 沿革) and every body. 4 queries."""
    return write_sheets(_divisions(), _bodies())


def _divisions() -> Iterator[tuple[object, ...]]:
    divisions = Division.objects.order_by("code", "valid_from").prefetch_related(
        "successions__successor"
    )
    for division in divisions:
        follows = [
            f"{link.get_kind_display()}:{link.successor.code}@{link.successor.valid_from}"
            for link in division.successions.all()
        ]
        yield (
            division.code, division.name, division.get_level_display(),
            division.get_kind_display(), division.urban_rural_class, division.valid_from,
            division.valid_until, ";".join(sorted(follows)),
        )  # fmt: skip


def _bodies() -> Iterator[tuple[object, ...]]:
    bodies = Body.objects.select_related("division", "parent").prefetch_related("aliases")
    for body in bodies.order_by("position", "code"):
        yield (
            body.code, body.name, body.short_name, body.get_kind_display(), body.division.code,
            body.parent.code if body.parent else "", body.credit_code, body.phone, body.address,
            body.opening_hours, body.introduction, body.position, body.valid_from,
            body.valid_until, ";".join(sorted(alias.name for alias in body.aliases.all())),
        )  # fmt: skip
