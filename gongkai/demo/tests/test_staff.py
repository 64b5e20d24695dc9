"""The sign-ins that ``make run`` prints are those of the people hired, one for each role."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.accounts.models import Mandate, Role
from gongkai.demo.places_file import GOVERNMENT, places_file
from gongkai.demo.records import at
from gongkai.demo.staff import SIGN_INS, hire
from gongkai.places.actions.import_places import import_places
from gongkai.places.models import Body


@pytest.mark.django_db
def test_every_role_has_a_sign_in_that_holds_it():
    import_places(places_file(), now=at(dt.date(2026, 1, 5)))
    bodies = list(Body.objects.select_related("division").order_by("position", "code"))
    hire(bodies, government=Body.objects.get(code=GOVERNMENT), since=dt.date(2024, 1, 1))
    names = [entry.username for entry in SIGN_INS]
    roles = Mandate.objects.filter(user__username__in=names).values_list("role", flat=True)
    assert set(roles) == set(Role.values)
    assert len(roles) == len(names)
