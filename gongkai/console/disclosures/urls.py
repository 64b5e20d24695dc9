"""URLs of the console screens of disclosures (included under /console/disclosures/)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "console_disclosures"
urlpatterns: list[URLPattern | URLResolver] = []
