"""The first administrator of an installation: everybody else is registered by administrators."""

from __future__ import annotations

import datetime as dt
import re
import secrets

from django.db import IntegrityError, transaction

from gongkai.accounts.models import Mandate, Role, User
from gongkai.base.errors import Refused
from gongkai.places.models import Body


@transaction.atomic
def install_administrator(
    body: Body, *, username: str, display_name: str, on: dt.date
) -> tuple[User, str]:
    """A person who administers ``body`` and everything below, and the password, told only once.

    By the operator of the machine, and only while nobody administers anything. ``User`` rows are
    not locked: two operators at once would make two administrators, as one of them could anyway.

    Raises: ``Refused`` people.administrator_exists, people.username_form, people.name_missing,
    people.username_taken.
    """
    held = Mandate.objects.valid_on(on).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if (first := held.select_related("user").order_by("pk").first()) is not None:
        raise Refused("people.administrator_exists", value=first.user.username)
    if not re.fullmatch(r"[A-Za-z0-9_.@-]{3,60}", username):
        raise Refused("people.username_form", value=username)
    if not display_name.strip():
        raise Refused("people.name_missing")
    password = secrets.token_urlsafe(12)
    user = User(username=username, display_name=display_name.strip()[:40])
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise Refused("people.username_taken", value=username) from error
    Mandate.objects.create(
        user=user, body=body, role=Role.ADMINISTRATOR, covers_subtree=True, valid_from=on
    )
    return user, password
