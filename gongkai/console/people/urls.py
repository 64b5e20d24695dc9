"""URLs of the console screens of people (included under /console/people/)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from gongkai.console.people import views

app_name = "console_people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.people, name="people"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/grant/", views.grant, name="grant"),
    path("<int:pk>/end/<int:mandate_pk>/", views.end, name="end"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/password/", views.password, name="password"),
]
