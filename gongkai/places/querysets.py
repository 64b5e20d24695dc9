"""Query sets over divisions and bodies."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from gongkai.places.models import Body, Division  # noqa: F401 - names the generics below


class DivisionQuerySet(models.QuerySet["Division"]):
    """Divisions by validity and subtree."""

    def current(self) -> DivisionQuerySet:
        """Divisions whose code is in use now."""
        return self.filter(valid_until=None)

    def valid_on(self, day: dt.date) -> DivisionQuerySet:
        """Divisions whose code was in use on ``day``."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def within(self, division: Division) -> DivisionQuerySet:
        """The division itself and every place below it."""
        return self.filter(code__startswith=division.subtree_prefix)


class BodyQuerySet(models.QuerySet["Body"]):
    """Bodies by place and validity."""

    def current(self) -> BodyQuerySet:
        """Bodies that have not been dissolved."""
        return self.filter(valid_until=None)

    def within(self, division: Division) -> BodyQuerySet:
        """Bodies of the division and of every place below it."""
        return self.filter(division__code__startswith=division.subtree_prefix)
