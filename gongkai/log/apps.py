"""Django application of the append-only public log."""

from django.apps import AppConfig


class LogConfig(AppConfig):
    """The append-only public log."""

    name = "gongkai.log"
    label = "log"
    verbose_name = "公开日志"
    default_auto_field = "django.db.models.BigAutoField"
