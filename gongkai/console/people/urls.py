"""URLs of the console screens of people (included under /console/people/)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "console_people"
urlpatterns: list[URLPattern | URLResolver] = []
