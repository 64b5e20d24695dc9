"""People sign in and act by mandate: register somebody, grant and end mandates."""

from __future__ import annotations

import datetime as dt
import re
import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.accounts.access import Act, check_may, scope_of
from gongkai.accounts.models import Mandate, Role, User
from gongkai.base.errors import Forbidden, Refused
from gongkai.places.models import Body


def register_person(*, username: str, display_name: str, by: User) -> tuple[User, str]:
    """A new account without any mandate, and its first password, which is told only once.

    Raises: ``Forbidden``; ``Refused`` people.username_form, people.username_taken,
    people.name_missing.
    """
    _check_administrator(by)
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
    return user, password


def grant_mandate(
    user: User,
    *,
    body: Body,
    role: str,
    covers_subtree: bool,
    valid_from: dt.date,
    valid_until: dt.date | None,
    by: User,
) -> Mandate:
    """``user`` has the role on ``body``. Nobody grants anything to themselves.

    Raises: ``Forbidden``; ``Refused`` people.own_mandate, people.role_unknown,
    people.dates_reversed, people.mandate_exists.
    """
    check_may(by, Act.ADMINISTER, body)
    if user.pk == by.pk:
        raise Refused("people.own_mandate")
    if role not in Role.values:
        raise Refused("people.role_unknown", value=role)
    if valid_until is not None and valid_until < valid_from:
        raise Refused("people.dates_reversed")
    try:
        with transaction.atomic():
            return Mandate.objects.create(
                user=user, body=body, role=role, covers_subtree=covers_subtree,
                valid_from=valid_from, valid_until=valid_until, granted_by=by,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("people.mandate_exists", name=str(user), body=body.name) from error


def end_mandate(mandate: Mandate, *, by: User, on: dt.date) -> None:
    """The mandate ends with the day before ``on``; it stays on record.

    Nobody ends their own mandate as administrator, so that somebody always can.

    Raises: ``Forbidden``; ``Refused`` people.own_mandate, people.mandate_ended.
    """
    check_may(by, Act.ADMINISTER, mandate.body)
    if mandate.user_id == by.pk and mandate.role == Role.ADMINISTRATOR:
        raise Refused("people.own_mandate")
    last_day = on - dt.timedelta(days=1)
    ended = (
        Mandate.objects.filter(pk=mandate.pk)
        .exclude(valid_until__lte=last_day)
        .update(valid_until=last_day)
    )
    if ended != 1:
        raise Refused("people.mandate_ended")
    mandate.valid_until = last_day
    if not Mandate.objects.filter(user=mandate.user_id).exclude(valid_until__lt=on).exists():
        # Personal data is kept while it is needed: the telephone number goes with the last mandate.
        User.objects.filter(pk=mandate.user_id).update(phone="")


def close_account(user: User, *, by: User) -> None:
    """``user`` can no longer sign in; what they did stays under their name.

    Raises: ``Forbidden``; ``Refused('people.own_account')``.
    """
    _check_may_change(user, by)
    if user.pk == by.pk:
        raise Refused("people.own_account")
    User.objects.filter(pk=user.pk).update(is_active=False)


def reset_password(user: User, *, by: User) -> str:
    """A new first password for ``user``, told only once. Raises: as ``close_account``."""
    _check_may_change(user, by)
    if user.pk == by.pk:
        raise Refused("people.own_account")
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.save(update_fields=["password"])
    return password


def _check_administrator(by: User) -> None:
    if not scope_of(by, Act.ADMINISTER):
        raise Forbidden("access.no_mandate", act=Act.ADMINISTER.value)


def _check_may_change(user: User, by: User) -> None:
    """Every mandate that the person holds today lies where ``by`` administers."""
    scope = scope_of(by, Act.ADMINISTER)
    today = timezone.localdate()
    held = Mandate.objects.filter(user=user).exclude(valid_until__lt=today)
    if not scope or held.exclude(scope.as_query("body")).exists():
        raise Forbidden("access.no_mandate", act=Act.ADMINISTER.value)
