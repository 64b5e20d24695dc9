"""The root of all URLs; each surface brings its own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("gongkai.accounts.urls")),
    path("console/", include("gongkai.console.urls")),
    path("api/v1/", include("gongkai.api.urls")),
    path("", include("gongkai.portal.urls")),
]

handler400 = "gongkai.portal.error_pages.bad_request"
handler403 = "gongkai.portal.error_pages.permission_denied"
handler404 = "gongkai.portal.error_pages.page_not_found"
handler500 = "gongkai.portal.error_pages.server_error"
