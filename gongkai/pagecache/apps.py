"""Django application of the page cache: it has no models, only ears."""

from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    """Finished pages in front of Django, purged by what changed."""

    name = "gongkai.pagecache"
    label = "pagecache"
    verbose_name = "页面缓存"

    def ready(self) -> None:
        """Purge after every public change, here at once and elsewhere by the log."""
        from gongkai.base.scheduler import every
        from gongkai.catalogue.events import edition_adopted
        from gongkai.disclosures import events
        from gongkai.duties.events import duty_met
        from gongkai.pagecache import purge
        from gongkai.search.events import index_followed

        for event in (events.published, events.corrected, events.withdrawn):
            event.handle(purge.purge_change)
        index_followed.handle(lambda _followed: purge.purge_lists())
        duty_met.handle(purge.purge_duty)
        edition_adopted.handle(lambda _adopted: purge.purge_everything())
        every(0.5, "page cache follows the log")(purge.follow_log)
