"""Django application of calendar-free foundations: codes, text, errors, environment; no models."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Calendar-free foundations: codes, text, errors, environment; no models."""

    name = "gongkai.base"
    label = "base"
    verbose_name = "公共基础"
    default_auto_field = "django.db.models.BigAutoField"
