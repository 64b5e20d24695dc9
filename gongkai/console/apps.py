"""Django application of the staff console on Wagtail."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The staff console on Wagtail."""

    name = "gongkai.console"
    label = "console"
    verbose_name = "工作台"
    default_auto_field = "django.db.models.BigAutoField"
