"""Sheets of records that are no longer public leave the disk: at once here, by and by elsewhere."""

from __future__ import annotations

from gongkai.disclosures.events import PublicChange
from gongkai.disclosures.models import Disclosure
from gongkai.sheets import store

BATCH = 500


def erase_withdrawn(change: PublicChange) -> None:
    """After a withdrawal no sheet of the record is left on this machine."""
    store.erase(change.code)


def tidy() -> int:
    """Only public records have sheets here, and not too many; returns how many went.

    Covers withdrawals on other machines and a process that died between commit and erasing.
    """
    codes = store.codes()
    n_gone = 0
    for at in range(0, len(codes), BATCH):
        among = codes[at : at + BATCH]
        public = set(
            Disclosure.objects.public().filter(code__in=among).values_list("code", flat=True)
        )
        n_gone += store.erase_all_but(public, among=among)
    return n_gone + store.drop_longest_unused()
