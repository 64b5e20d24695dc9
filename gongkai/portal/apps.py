"""Django application of the public web site."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public web site."""

    name = "gongkai.portal"
    label = "portal"
    verbose_name = "公开门户"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The open data follow what is published (``serve`` runs what is registered)."""
        from django.utils import timezone

        from gongkai.base.scheduler import every

        @every(15, "open data files")
        def build_open_data() -> None:
            from gongkai.portal.bulk.build import build_if_stale

            build_if_stale(now=timezone.now())
