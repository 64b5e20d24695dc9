"""URLs of the console screens of places (included under /console/places/)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from gongkai.console.places import views

app_name = "console_places"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.tree, name="tree"),
    path("bodies/", views.bodies, name="bodies"),
    path("export.xlsx", views.export, name="export"),
    path("import/", views.import_, name="import"),
    path("<int:pk>/", views.division, name="division"),
    path("<int:pk>/<slug:act>/", views.change, name="change"),
]
