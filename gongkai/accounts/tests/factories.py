"""Factories of people and mandates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.hashers import make_password
from factory.declarations import LazyFunction, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from gongkai.accounts.models import Mandate, Role, User
from gongkai.places.models import Body
from gongkai.places.tests.factories import BodyFactory

PASSWORD = "云溪-only-for-tests-1"
_NAMES = ("林知远", "周若兰", "陈书白", "苏明溪", "何静安", "沈亦舟", "罗清禾", "温如许")


class UserFactory(DjangoModelFactory[User]):
    """A person who can sign in with ``PASSWORD`` and, without a mandate, may do nothing."""

    class Meta:
        model = User

    username = Sequence(lambda n: f"user{n:04d}")
    display_name = Sequence(lambda n: _NAMES[n % len(_NAMES)])
    password = LazyFunction(lambda: make_password(PASSWORD))

    @classmethod
    def mandated(
        cls,
        body: Body | None = None,
        role: str = Role.EDITOR,
        covers_subtree: bool = False,
        **fields: Any,
    ) -> User:
        """A new person with one mandate on ``body`` (a new department when none is given)."""
        user: User = cls.create(**fields)
        MandateFactory.create(
            user=user, body=body or BodyFactory.create(), role=role, covers_subtree=covers_subtree
        )
        return user


class MandateFactory(DjangoModelFactory[Mandate]):
    """A mandate as an editor, valid since 2020; trait ``ended``: it ran out long ago."""

    class Meta:
        model = Mandate

    class Params:
        ended = Trait(valid_until=dt.date(2020, 6, 30))

    user = SubFactory(UserFactory)
    body = SubFactory(BodyFactory)
    role = Role.EDITOR
    covers_subtree = False
    valid_from = dt.date(2020, 1, 1)
