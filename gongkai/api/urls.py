"""URLs of the API: its page, its description, its resources, and a clear no for the rest."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from gongkai.api.api import api, guarded, not_found
from gongkai.api.documentation import description, page


def _guarded(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses with every view guarded."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = guarded(pattern.callback)
    return patterns


app_name = "api"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", page, name="documentation"),
    path("docs", page),
    path("openapi.json", guarded(description), name="openapi"),
    *(pattern for pattern in _guarded(api.urls[0]) if getattr(pattern, "name", "") != "api-root"),
    re_path(r"^(?P<rest>.*)$", guarded(not_found)),
]
