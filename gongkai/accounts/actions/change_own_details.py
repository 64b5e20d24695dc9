"""Change what a person may change about the own account: name, telephone, language."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from wagtail.users.models import UserProfile

from gongkai.accounts.models import User
from gongkai.base.errors import Refused


@transaction.atomic
def change_own_details(user: User, *, display_name: str, phone: str) -> None:
    """The person is called ``display_name`` from now on, in signatures to come as well.

    What was signed keeps the name of that day. Raises ``people.name_missing``.
    """
    name = display_name.strip()[:40]
    if not name:
        raise Refused("people.name_missing")
    user.display_name, user.phone = name, phone.strip()[:20]
    user.save(update_fields=["display_name", "phone"])


def choose_language(user: User, *, language: str) -> None:
    """The console speaks ``language`` to the person. Raises ``people.language_unknown``."""
    if language not in dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES):
        raise Refused("people.language_unknown")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
