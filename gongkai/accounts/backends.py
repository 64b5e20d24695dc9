"""Entry to the console by mandate: whoever holds any mandate today may open it, nobody else."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.utils import timezone

from gongkai.accounts.models import Mandate, User


class MandateBackend(BaseBackend):
    """Answers one permission, ``wagtailadmin.access_admin``; what is possible inside is asked of
    ``accounts.access`` act by act."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether ``user_obj`` holds a mandate that is valid today."""
        if perm != "wagtailadmin.access_admin" or not isinstance(user_obj, User):
            return False
        if not user_obj.is_active:
            return False
        valid = Mandate.objects.valid_on(timezone.localdate())
        return bool(valid.filter(user=user_obj).exists())
