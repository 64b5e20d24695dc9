"""Django application of view counts, rolled up at ingest."""

from django.apps import AppConfig


class FootprintsConfig(AppConfig):
    """View counts, rolled up at ingest."""

    name = "gongkai.footprints"
    label = "footprints"
    verbose_name = "访问统计"
    default_auto_field = "django.db.models.BigAutoField"
