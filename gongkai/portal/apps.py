"""Django application of the public web site."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public web site."""

    name = "gongkai.portal"
    label = "portal"
    verbose_name = "公开门户"
    default_auto_field = "django.db.models.BigAutoField"
