"""URLs of the console screens of readings (included under /console/readings/)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "console_readings"
urlpatterns: list[URLPattern | URLResolver] = []
