"""The console's menu: which screens a person can go to, by the mandates held today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.access import ALLOWED, Act
from gongkai.accounts.models import Mandate
from gongkai.duties.models import Reminder

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.utils.functional import _StrPromise

    from gongkai.accounts.models import User


@dataclass(frozen=True, slots=True)
class Place:
    """A screen of the menu: shown to people with a mandate for ``act`` on some body."""

    label: _StrPromise
    url: str
    act: Act
    icon: str  # the path of a 24 × 24 line drawing


PLACES = (
    Place(_("我的工作"), "/console/", Act.LOOK, "M4 11l8-7 8 7M6 10v10h12V10"),
    Place(
        _("公开义务"), "/console/duties/", Act.LOOK,
        "M5 6h14v14H5zM5 10h14M9 3v4M15 3v4M9 15l2 2 4-4",
    ),
    Place(
        _("提醒"), "/console/duties/reminders/", Act.LOOK,
        "M6 17v-6a6 6 0 0 1 12 0v6l2 2H4zM10 21h4",
    ),
    Place(
        _("公开信息"), "/console/disclosures/", Act.LOOK,
        "M6 3h9l4 4v14H6zM9 11h7M9 15h7",
    ),
    Place(
        _("待我审核"), "/console/disclosures/queue/", Act.REVIEW,
        "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12l3 3 5-6",
    ),
    Place(_("标准目录"), "/console/readings/", Act.LOOK, "M4 5h16v14H4zM4 10h16M10 10v9"),
    Place(
        _("区划机构"), "/console/places/", Act.LOOK,
        "M12 21s7-6 7-11a7 7 0 0 0-14 0c0 5 7 11 7 11M12 8a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5",
    ),
    Place(
        _("人员授权"), "/console/people/", Act.ADMINISTER,
        "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21c0-4 4-6 8-6s8 2 8 6",
    ),
    Place(
        _("审核流程"), "/console/disclosures/routes/", Act.ADMINISTER,
        "M5 5h6v5H5zM13 14h6v5h-6zM8 10v6h5",
    ),
    Place(
        _("台账设置"), "/console/duties/settings/", Act.SUPERVISE,
        "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a person's menu."""

    place: Place
    is_current: bool
    n_waiting: int


def menu_of(user: User | AnonymousUser, path: str) -> list[Entry]:
    """The menu of ``user`` on the page at ``path``. Two queries."""
    if not user.is_authenticated:
        return []
    mandates = Mandate.objects.valid_on(timezone.localdate()).filter(user=user)
    acts = {act for role in mandates.values_list("role", flat=True) for act in ALLOWED[role]}
    shown = [place for place in PLACES if place.act in acts]
    begun = [place.url for place in shown if path.startswith(place.url)]
    current = max(begun, key=len, default="")
    n_unread = Reminder.objects.filter(user=user, read_at=None).count() if shown else 0
    return [
        Entry(
            place,
            place.url == current and (place.url != "/console/" or path == "/console/"),
            n_unread if place.url.endswith("/reminders/") else 0,
        )
        for place in shown
    ]
