"""URLs of the console screens of places (included under /console/places/)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "console_places"
urlpatterns: list[URLPattern | URLResolver] = []
