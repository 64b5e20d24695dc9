"""The only way in which the duty screens get a duty or a body: by mandate."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from gongkai.accounts.access import Act, bodies_for, scope_of
from gongkai.duties.models import Duty
from gongkai.places.models import Body

if TYPE_CHECKING:
    from gongkai.accounts.models import User


def person(request: HttpRequest) -> User:
    """The person who signed in (the console lets nobody else in)."""
    return cast("User", request.user)


def duties_scope(request: HttpRequest, act: Act = Act.LOOK) -> Q:
    """The duties on which the person may do ``act``.

    The bodies are a subquery of their own: the database then reads the few bodies once, instead of
    comparing the place of every duty.
    """
    return Q(body__in=bodies_in_scope(request, act).order_by().values("pk"))


def bodies_in_scope(request: HttpRequest, act: Act = Act.LOOK) -> QuerySet[Body]:
    """The bodies on which the person may do ``act``."""
    return bodies_for(request.user, act)


def access_duty(request: HttpRequest, code: str) -> Duty:
    """The duty with this code, if the person may look at it; else the page does not exist."""
    duty = (
        Duty.objects.select_related(
            "body__division", "item__edition__domain", "event__registered_by", "rule"
        )
        .filter(duties_scope(request), code=code)
        .first()
    )
    if duty is None:
        raise Http404("no such duty for this person")
    return duty


def access_body(request: HttpRequest, code: str, act: Act = Act.LOOK) -> Body:
    """The body with this code, if the person may do ``act`` for it; else there is no page."""
    body = bodies_in_scope(request, act).filter(code=code).select_related("division").first()
    if body is None:
        raise Http404("no such body for this person")
    return body


def allowed_acts(request: HttpRequest, body: Body) -> dict[str, bool]:
    """What the person may do for ``body``, by the name of the act."""
    wanted = (Act.WRITE, Act.SUPERVISE)
    return {act.value: scope_of(request.user, act).covers(body) for act in wanted}
