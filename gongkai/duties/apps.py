"""Django application of duties, deadlines and evidence."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Duties, deadlines and evidence."""

    name = "gongkai.duties"
    label = "duties"
    verbose_name = "公开义务"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow the catalogue, settle reminders, and keep the register every night."""
        from gongkai.base import scheduler
        from gongkai.catalogue.events import edition_adopted
        from gongkai.duties.actions.follow_edition import follow_adoption
        from gongkai.duties.actions.settle_reminders import settle_reminders
        from gongkai.duties.events import duty_met
        from gongkai.duties.jobs import enqueue_keeping

        edition_adopted.handle(follow_adoption)
        duty_met.handle(settle_reminders)
        scheduler.daily(1, "duties.keep_register")(enqueue_keeping)
