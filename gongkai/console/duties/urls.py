"""URLs of the console screens of duties (included under /console/duties/)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "console_duties"
urlpatterns: list[URLPattern | URLResolver] = []
