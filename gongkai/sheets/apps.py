"""Django application of printed sheets: it has no models."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Sheets of public records as PDF."""

    name = "gongkai.sheets"
    label = "sheets"
    verbose_name = "打印件"

    def ready(self) -> None:
        """Erase after every withdrawal, here at once and elsewhere within a minute."""
        from gongkai.base.scheduler import every
        from gongkai.disclosures.events import withdrawn
        from gongkai.sheets import following

        withdrawn.handle(following.erase_withdrawn)
        every(60, "sheets of withdrawn records are erased")(following.tidy)
