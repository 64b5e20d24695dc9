"""Django application of the typed record, its review and its publication."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    """The typed record, its review and its publication."""

    name = "gongkai.disclosures"
    label = "disclosures"
    verbose_name = "公开信息"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What is scheduled is published and what has ended expires (``serve`` runs this)."""
        from gongkai.base.scheduler import every
        from gongkai.disclosures.gates import Entrance, register
        from gongkai.disclosures.notice_period import notice_period

        register(notice_period, entrances=frozenset({Entrance.REVIEWED}))

        @every(15, "scheduled publications and expiry")
        def keep_schedule() -> None:
            from gongkai.disclosures.jobs import keep_schedule as job

            job.call()
