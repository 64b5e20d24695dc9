"""Query sets over mandates."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from gongkai.accounts.models import Mandate  # noqa: F401 - names the generic below


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates by validity."""

    def valid_on(self, day: dt.date) -> MandateQuerySet:
        """Mandates in force on ``day``."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)
