"""Django application of the derived full-text index."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The derived full-text index."""

    name = "gongkai.search"
    label = "search"
    verbose_name = "检索"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The index follows the log twice a second (``serve`` runs what is registered)."""
        from gongkai.base.scheduler import every
        from gongkai.search.follow import catch_up

        every(0.5, "search follows the log")(catch_up)
