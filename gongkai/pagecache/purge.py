"""Purging by what changed: at once in the process that changed it, by the public log elsewhere.

The announcement after the commit purges on this machine before the act returns. Should the process
die between commit and purge, or should the act happen on another machine, ``follow_log`` finds the
entry in the log within its interval: the log position is kept beside the generations.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

from gongkai.catalogue.models import Item
from gongkai.disclosures.events import PublicChange
from gongkai.disclosures.models import Disclosure
from gongkai.duties.events import DutyMet
from gongkai.duties.models import Duty
from gongkai.log.models import LogEntry
from gongkai.pagecache.generations import Generations
from gongkai.pagecache.tags import LIST, tags_of_change, tags_of_duty

MOST_ENTRIES = 200
SUBJECT_PREFIX = "disclosure:"


@cache
def _generations(folder: Path) -> Generations:
    return Generations(folder)


def generations() -> Generations:
    """The generations that all processes of this machine share."""
    return _generations(Path(settings.PAGE_CACHE_DIR))


def purge_change(change: PublicChange) -> None:
    """No page of this machine shows the record as it was before the change."""
    for tags in _tags_of({change.code}):
        generations().purge(tags)


def purge_duty(met: DutyMet) -> None:
    """No page of this machine shows the state that the duty had."""
    facts = Duty.objects.filter(pk=met.duty_id).values_list(
        "body__code", "item__edition__domain__code", "body__division__code"
    )
    for body_code, domain_code, division_code in facts:
        tags = tags_of_duty(
            body_code=body_code, domain_code=domain_code, division_code=division_code
        )
        generations().purge(tags)


def purge_lists() -> None:
    """No list or search page shows what it showed."""
    generations().purge({LIST})


def purge_everything() -> None:
    """No page is good any more: for changes that any page may show (a name, a catalogue)."""
    generations().purge_everything()


def follow_log() -> int:
    """Every act in the public log is purged on this machine; returns how many were new to it."""
    shared = generations()
    last = LogEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    followed = shared.log_number
    if last == followed:
        return 0
    if last < followed or last - followed > MOST_ENTRIES:  # a restored database, or far behind
        shared.purge_everything()
    else:
        subjects = LogEntry.objects.filter(number__gt=followed, number__lte=last)
        codes = {
            subject.removeprefix(SUBJECT_PREFIX)
            for subject in subjects.values_list("subject", flat=True)
        }
        for tags in _tags_of(codes):
            shared.purge(tags)
    shared.set_log_number(last)
    return abs(last - followed)


def _tags_of(codes: set[str]) -> Iterator[frozenset[str]]:
    rows = Disclosure.objects.filter(code__in=codes).select_related("body__division", "domain")
    for row in rows.only("code", "item_key", "body__code", "body__division__code", "domain__code"):
        tags = tags_of_change(
            code=row.code,
            body_code=row.body.code,
            domain_code=row.domain.code if row.domain else "",
            division_code=row.body.division.code,
        )
        yield tags | {f"domain:{code}" for code in _shown_in(row) if code}


def _shown_in(disclosure: Disclosure) -> set[str]:
    """Other domains whose catalogue may show the record: that of its item, and those that its
    earlier versions named."""
    named = disclosure.published_revisions.values_list("record__domain", "record__item")
    earlier = [(str(domain or ""), str(key or "")) for domain, key in named]
    keys = {disclosure.item_key, *(key for _, key in earlier)} - {""}
    of_items = Item.objects.filter(key__in=keys).values_list("edition__domain__code", flat=True)
    return {domain for domain, _ in earlier} | set(of_items.distinct())
