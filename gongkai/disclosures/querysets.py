"""Query sets over disclosures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from gongkai.disclosures.states import PUBLIC_STATES

if TYPE_CHECKING:
    from gongkai.disclosures.models import Disclosure  # noqa: F401  the name in the base class
    from gongkai.places.models import Division


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    """Disclosures by visibility and place."""

    def public(self) -> DisclosureQuerySet:
        """Records whose text anyone can read now."""
        return self.filter(state__in=PUBLIC_STATES)

    def within(self, division: Division) -> DisclosureQuerySet:
        """Records of bodies of the division and of every place below it."""
        return self.filter(body__division__code__startswith=division.subtree_prefix)
