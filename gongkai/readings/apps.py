"""Django application of reading catalogue files and settling their questions."""

from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    """Reading catalogue files and settling their questions."""

    name = "gongkai.readings"
    label = "readings"
    verbose_name = "目录读入"
    default_auto_field = "django.db.models.BigAutoField"
