"""What every page of the portal knows: the site, its presentation, its other addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from gongkai.portal import presentation
from gongkai.portal.presentation import Presentation


@dataclass(frozen=True, slots=True)
class Choice:
    """One language or view that can be chosen, and where."""

    code: str
    label: str
    address: str
    is_current: bool


LANGUAGE_LABELS = {
    presentation.SIMPLIFIED: "简体",
    presentation.TRADITIONAL: "繁體",
    presentation.ENGLISH: "English",
}
VIEW_LABELS = {
    presentation.PLAIN: gettext_lazy("标准"),
    presentation.ELDER: gettext_lazy("大字"),
    presentation.CONTRAST: gettext_lazy("高对比"),
    presentation.DARK: gettext_lazy("夜间"),
}


def shown_in(request: HttpRequest) -> Presentation:
    """The presentation of the request; the canonical one where no middleware set it."""
    return getattr(request, "presentation", None) or Presentation()


def portal(request: HttpRequest) -> dict[str, Any]:
    """The context of every page; asks nothing of the database, session or cookies."""
    shown = shown_in(request)
    query = request.META.get("QUERY_STRING", "")
    path = request.path_info + (f"?{query}" if query else "")
    return {
        "portal_site": {
            "name": settings.SITE_NAME,
            "code": settings.SITE_CODE,
            "address": settings.BASE_URL,
            "domain": settings.BASE_URL.partition("://")[2],
            "owner": settings.SITE_OWNER,
            "contact": settings.SITE_CONTACT,
            "icp_number": settings.ICP_NUMBER,
            "police_number": settings.POLICE_NUMBER,
            "error_report_url": settings.ERROR_REPORT_URL,
        },
        "shown": shown,
        "is_english": shown.language == presentation.ENGLISH,
        "canonical_url": settings.BASE_URL + shown.in_view("").address(request.path_info),
        "language_choices": [
            Choice(code, label, shown.in_language(code).address(path), code == shown.language)
            for code, label in LANGUAGE_LABELS.items()
        ],
        "view_choices": [
            Choice(code, str(label), shown.in_view(code).address(path), code == shown.view)
            for code, label in VIEW_LABELS.items()
        ],
        "alternates": [
            (
                Presentation(code).html_language,
                settings.BASE_URL + Presentation(code).address(request.path_info),
            )
            for code in presentation.LANGUAGES
        ],
    }
