"""Django application of duties, deadlines and evidence."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Duties, deadlines and evidence."""

    name = "gongkai.duties"
    label = "duties"
    verbose_name = "公开义务"
    default_auto_field = "django.db.models.BigAutoField"
