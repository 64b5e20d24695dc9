"""The duties of a body as an iCalendar feed, for the calendar on a phone or a desk."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings

from gongkai.duties.models import Duty
from gongkai.duties.queries import explanation
from gongkai.duties.states import DutyState
from gongkai.places.models import Body

if TYPE_CHECKING:
    from icalendar import Event

PAST_DAYS = 92
AHEAD_DAYS = 400
MOST_EVENTS = 3000

_STATUS = {
    DutyState.MET: "✓ ",
    DutyState.MET_LATE: "✓ ",
    DutyState.OVERDUE: "！",
}


def duties_calendar(body: Body, *, on: dt.date, path: str = "") -> bytes:
    """The dated duties of ``body`` from a quarter back to a year ahead, one all-day event each.

    Waived and repealed duties are left out, so that they vanish from subscribed calendars. The
    same facts give the same bytes. ``path`` is where an event links to, with ``{code}`` in it (the
    body's public page when empty). One query.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Gongkai//duties//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{body.title} 公开义务")
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("x-published-ttl", "PT6H")
    window = (on - dt.timedelta(days=PAST_DAYS), on + dt.timedelta(days=AHEAD_DAYS))
    duties = (
        Duty.objects.filter(body=body, due_on__range=window)
        .exclude(closed_by__in=(Duty.Closing.WAIVED, Duty.Closing.REPEALED))
        .select_related("item__edition__domain", "event")
        .order_by("due_on", "pk")[:MOST_EVENTS]
    )
    for duty in duties:
        calendar.add_component(_event(duty, body=body, on=on, path=path))
    return bytes(calendar.to_ical())


def _event(duty: Duty, *, body: Body, on: dt.date, path: str) -> Event:
    from icalendar import Event

    state = duty.state_on(on)
    due_on = duty.due_on or on
    link = path.format(code=duty.code) if path else f"/b/{body.code}/"
    event = Event()
    event.add("uid", f"duty-{duty.code}@{settings.ALLOWED_HOSTS[0] or 'gongkai'}")
    event.add("dtstamp", duty.created_at.astimezone(dt.UTC))
    event.add("dtstart", due_on)
    event.add("dtend", due_on + dt.timedelta(days=1))
    event.add("summary", f"{_STATUS.get(state, '')}{duty.item.title} {duty.period}".strip())
    event.add(
        "description",
        "\n".join(
            (
                f"{state.label} · {body.name} · {duty.item.edition.domain.name}",
                *((duty.event.title,) if duty.event else ()),
                *explanation(duty),
            )
        ),
    )
    event.add("categories", [duty.item.edition.domain.name])
    event.add("url", f"{settings.BASE_URL}{link}")
    event.add("transp", "TRANSPARENT")
    return event
