"""Django application of standard catalogues in force."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Standard catalogues in force."""

    name = "gongkai.catalogue"
    label = "catalogue"
    verbose_name = "标准目录"
    default_auto_field = "django.db.models.BigAutoField"
