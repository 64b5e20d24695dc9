"""URLs of the console screens of readings (included under /console/readings/)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from gongkai.console.readings import settling, views

app_name = "console_readings"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("upload/", views.upload, name="upload"),
    path("confirm/", settling.confirm_clear, name="confirm_clear"),
    path("edition/<int:pk>/", views.edition, name="edition"),
    path("edition/<int:pk>/export.<slug:format_>", views.export, name="export"),
    path("export/<slug:code>.<slug:format_>", views.export_all, name="export_all"),
    path("<int:pk>/", settling.reading, name="reading"),
    path("<int:pk>/source/", views.source, name="source"),
    path("<int:pk>/answer/<int:question_pk>/", settling.answer, name="answer"),
    path("<int:pk>/unknown/", settling.unknown, name="unknown"),
    path("<int:pk>/difference/", settling.difference, name="difference"),
    path("<int:pk>/confirm/", settling.confirm, name="confirm"),
    path("<int:pk>/discard/", settling.discard, name="discard"),
]
