"""Query sets over catalogue items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from gongkai.catalogue.models import Item  # noqa: F401 - names the generic below


class ItemQuerySet(models.QuerySet["Item"]):
    """Items by state of their edition."""

    def in_force(self) -> ItemQuerySet:
        """Items of editions that are in force."""
        return self.filter(edition__state="in_force")
