"""The register's filters between the address line and a ``Selection``; bad values are ignored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from django.db.models import Q

from gongkai.duties.models import Duty
from gongkai.duties.queries import SORTS, Selection
from gongkai.duties.states import DutyState

NAMES = (
    "q", "state", "body", "domain", "occasion", "period", "due_from", "due_until", "sort",
)  # fmt: skip
LONGEST_VALUE = 80


def read_selection(given: Mapping[str, str], *, scope: Q, on: dt.date) -> Selection:
    """What the query string asks for, within ``scope``; what makes no sense is left out."""
    values = {name: clean(given.get(name, "")) for name in NAMES}
    state = values["state"]
    occasion = values["occasion"]
    return Selection(
        on=on,
        scope=scope,
        body=values["body"],
        domain=values["domain"],
        states=(DutyState(state),) if state in DutyState.values else (),
        occasion=occasion if occasion in Duty.Occasion.values else "",
        period=values["period"].upper(),
        text=values["q"],
        due_from=_day(values["due_from"]),
        due_until=_day(values["due_until"]),
        sort=values["sort"] if values["sort"] in SORTS else "due",
    )


def query_string(selection: Selection, **changes: str) -> str:
    """The query string of ``selection`` with some names changed; an empty value drops a name."""
    values = {
        "q": selection.text,
        "state": selection.states[0].value if selection.states else "",
        "body": selection.body,
        "domain": selection.domain,
        "occasion": selection.occasion,
        "period": selection.period,
        "due_from": selection.due_from.isoformat() if selection.due_from else "",
        "due_until": selection.due_until.isoformat() if selection.due_until else "",
        "sort": "" if selection.sort == "due" else selection.sort,
    }
    return urlencode({name: value for name, value in (values | changes).items() if value})


def without_states(selection: Selection) -> Selection:
    """The same selection in any state: what the counts on the chips are about."""
    return replace(selection, states=())


def read_day(text: str) -> dt.date | None:
    """The day written as 2026-09-18; None for anything else."""
    return _day(clean(text))


def clean(text: str) -> str:
    """``text`` without control signs and surrounding space, at most 80 signs."""
    return "".join(letter for letter in text if letter.isprintable()).strip()[:LONGEST_VALUE]


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
