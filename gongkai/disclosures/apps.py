"""Django application of the typed record, its review and its publication."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    """The typed record, its review and its publication."""

    name = "gongkai.disclosures"
    label = "disclosures"
    verbose_name = "公开信息"
    default_auto_field = "django.db.models.BigAutoField"
