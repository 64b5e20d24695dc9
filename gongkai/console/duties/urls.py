"""URLs of the register of duties, under /console/duties/."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.console.duties import duty, mine, register, settings

app_name = "console_duties"
urlpatterns: list[URLPattern] = [
    path("", register.register, name="register"),
    path("mine/", mine.month, name="month"),
    path("heat/", register.heat, name="heat"),
    path("export.xlsx", register.export, name="export"),
    path("views/", register.save_view, name="save_view"),
    path("views/<int:view_id>/forget/", register.forget_view, name="forget_view"),
    path("reminders/", mine.reminders, name="reminders"),
    path("reminders/mark/", mine.mark_reminders, name="mark_reminders"),
    path("event/", duty.event, name="event"),
    path("settings/", settings.settings, name="settings"),
    path("settings/change/", settings.change, name="change_settings"),
    path("settings/override/", settings.override, name="override"),
    path("duty/<slug:code>/", duty.page, name="duty"),
    path("duty/<slug:code>/<slug:decision>/", duty.decide, name="decide"),
    path("<slug:body>/calendar/", mine.calendar, name="calendar"),
]

feed_patterns: list[URLPattern] = [
    path("duties/<slug:body>/calendar.ics", mine.calendar_feed, name="duties_calendar_feed"),
]
"""Outside of the console's sign-in: calendar programs have no session, the address is signed."""
