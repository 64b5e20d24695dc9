"""Django application of the fictional demo district."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The fictional demo district."""

    name = "gongkai.demo"
    label = "demo"
    verbose_name = "演示区"
    default_auto_field = "django.db.models.BigAutoField"
