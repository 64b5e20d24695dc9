"""The root of all URLs; each surface brings its own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("gongkai.accounts.urls")),
    path("console/", include("gongkai.console.urls")),
    path("api/v1/", include("gongkai.api.urls")),
    path("", include("gongkai.portal.urls")),
]
