"""URLs of the register of duties, under /console/duties/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "console_duties"
urlpatterns: list[URLPattern] = []
