"""The only way in which the catalogue screens get a reading, an edition or a body: by mandate."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from gongkai.accounts.access import Act, bodies_for, scope_of
from gongkai.catalogue.models import Edition
from gongkai.places.models import Body
from gongkai.readings.models import CatalogueReading
from gongkai.readings.queries import readings_with_counts

if TYPE_CHECKING:
    from gongkai.accounts.models import User


def person(request: HttpRequest) -> User:
    """The person who signed in (the console lets nobody else in)."""
    return cast("User", request.user)


def readings_in_scope(request: HttpRequest) -> QuerySet[CatalogueReading]:
    """The readings of bodies that the person may look at."""
    return readings_with_counts().filter(scope_of(request.user, Act.LOOK).as_query("body"))


def access_reading(request: HttpRequest, pk: int) -> CatalogueReading:
    """The reading, if the person may look at its body; else the page does not exist."""
    found = (
        CatalogueReading.objects.select_related("source", "body__division", "domain", "edition")
        .filter(scope_of(request.user, Act.LOOK).as_query("body"), pk=pk)
        .first()
    )
    if found is None:
        raise Http404("no such reading for this person")
    return found


def access_edition(request: HttpRequest, pk: int) -> Edition:
    """The edition: whoever holds a mandate may see it, for it is public once in force."""
    if not scope_of(request.user, Act.LOOK):
        raise Http404("no mandate")
    found = Edition.objects.select_related("body__division", "domain").filter(pk=pk).first()
    if found is None:
        raise Http404("no such edition")
    return found


def may_change(request: HttpRequest, body: Body) -> bool:
    """Whether the person may settle, confirm and discard for ``body``."""
    return scope_of(request.user, Act.SUPERVISE).covers(body)


def bodies_to_import_for(request: HttpRequest) -> QuerySet[Body]:
    """The bodies for which the person may import catalogues."""
    return bodies_for(request.user, Act.SUPERVISE).filter(valid_until=None)
