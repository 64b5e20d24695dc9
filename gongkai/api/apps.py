"""Django application of the public read-only API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The public read-only API."""

    name = "gongkai.api"
    label = "api"
    verbose_name = "开放接口"
    default_auto_field = "django.db.models.BigAutoField"
