"""Sign-in and second factor, by django-allauth; what needs e-mail or signing up is closed."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import include, path


def closed(request: HttpRequest, rest: str = "") -> NoReturn:
    """No such page: accounts and first passwords come from an administrator, not by e-mail."""
    raise Http404


CLOSED = ("email/", "confirm-email/", "signup/", "login/code/", "password/set/", "password/reset/")
"""Their names stay known to allauth's templates; their addresses lead nowhere."""

urlpatterns = [
    *(path(f"{start}<path:rest>", closed) for start in CLOSED),
    *(path(start, closed) for start in CLOSED),
    path("", include("allauth.urls")),
]
