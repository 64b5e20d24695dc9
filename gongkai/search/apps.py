"""Django application of the derived full-text index."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The derived full-text index."""

    name = "gongkai.search"
    label = "search"
    verbose_name = "检索"
    default_auto_field = "django.db.models.BigAutoField"
