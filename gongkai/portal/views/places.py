"""Places and bodies: who is here, what they published, what they owe."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.duties.ical import duties_calendar
from gongkai.places.models import Body, Division, DivisionLevel
from gongkai.portal import cachetags
from gongkai.portal.asking import text_asked
from gongkai.portal.listing import Selection, newest
from gongkai.portal.places import (
    bodies_of_place,
    body_ids_within,
    grouped_bodies,
    townships,
    trail_of,
)
from gongkai.portal.register import (
    CatalogueRow,
    catalogue_rows,
    due_soon,
    items_of_bodies,
    year_counts,
)
from gongkai.portal.traditional import simplified_text
from gongkai.portal.views.lists import listing_asked

N_DUE = 5
N_ITEMS = 60


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """``/p/``: find a township or village by its name."""
    text = simplified_text(text_asked(request.GET, "q"))
    context = {"section": "places", "place_text": text, "townships": townships(text=text)}
    response = render(request, "portal/places.html", context)
    cachetags.tag(response, cachetags.LIST)
    return response


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """``/p/<code>/``: a district, township or village; a former code leads to its successor."""
    division = Division.objects.filter(code=code, valid_until=None).first()
    if division is None:
        return _former_place(request, code)
    bodies = bodies_of_place(division)
    ids = body_ids_within(division)
    listing = listing_asked(request, Selection(body_ids=ids))
    profile = newest(
        Selection(body_ids=tuple(body.pk for body in bodies), template="organisation_profile"),
        n=1,
    )
    today = timezone.localdate()
    context = {
        "section": "places",
        "division": division,
        "trail": trail_of(division),
        "bodies": [(body, year_counts(today, body_code=body.code)) for body in bodies]
        if division.level == DivisionLevel.VILLAGE
        else [(body, None) for body in bodies],
        "rows": _rows_of_village(division, bodies, on=today),
        "listing": listing,
        "profile": profile.rows[0] if profile.rows else None,
        "children": Division.objects.filter(parent=division, valid_until=None),
    }
    response = render(request, "portal/place.html", context)
    cachetags.tag(response, f"place:{code}")
    return response


def _rows_of_village(division: Division, bodies: list[Body], *, on: dt.date) -> list[CatalogueRow]:
    """What the village or community itself has to publish; nothing for larger places."""
    if division.level != DivisionLevel.VILLAGE or not bodies:
        return []
    ids = tuple(body.pk for body in bodies)
    return catalogue_rows(items_of_bodies(ids)[:N_ITEMS], on=on, body_ids=ids)


def _former_place(request: HttpRequest, code: str) -> HttpResponse:
    """A place that was merged, renamed or split: say so and lead on."""
    former = Division.objects.filter(code=code).order_by("-valid_from").first()
    if former is None:
        raise Http404
    successions = former.successions.select_related("successor").order_by("effective_on")
    context = {"section": "places", "division": former, "successions": list(successions)}
    response = render(request, "portal/place_former.html", context)
    cachetags.tag(response, f"place:{code}")
    return response


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """``/b/``: every body by kind, to be found by name."""
    text = simplified_text(text_asked(request.GET, "q"))
    context = {"section": "bodies", "body_text": text, "groups": grouped_bodies(text=text)}
    response = render(request, "portal/bodies.html", context)
    cachetags.tag(response, cachetags.LIST)
    return response


@require_safe
def body(request: HttpRequest, code: str) -> HttpResponse:
    """``/b/<code>/``: who they are, what they owe, what they published."""
    found = get_object_or_404(Body.objects.select_related("division", "parent"), code=code)
    today = timezone.localdate()
    selection = Selection(body_ids=(found.pk,))
    profile = newest(Selection(body_ids=(found.pk,), template="organisation_profile"), n=1)
    context = {
        "section": "bodies",
        "body": found,
        "trail": trail_of(found.division),
        "today": today,
        "counts": year_counts(today, body_code=code),
        "due": due_soon(today, n=N_DUE, body_code=code),
        "listing": listing_asked(request, selection),
        "profile": profile.rows[0] if profile.rows else None,
        "rows": catalogue_rows(
            items_of_bodies((found.pk,))[:N_ITEMS], on=today, body_ids=(found.pk,)
        ),
    }
    response = render(request, "portal/body.html", context)
    cachetags.tag(response, f"body:{code}")
    return response


@require_safe
def body_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """``/b/<code>/duties.ics``: the body's due dates for a calendar program."""
    found = get_object_or_404(Body, code=code)
    response = HttpResponse(
        duties_calendar(found, on=timezone.localdate()),
        content_type="text/calendar; charset=utf-8",
    )
    response.headers["Content-Disposition"] = f'inline; filename="duties-{code}.ics"'
    cachetags.tag(response, f"body:{code}")
    return response
