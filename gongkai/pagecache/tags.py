"""Names of facts that a page shows; a change names the same, so just those pages are dropped.

A response that anyone may see carries them in ``X-Gongkai-Tags``, separated by spaces:
``disclosure:<code>``, ``body:<code>``, ``domain:<code>``, ``place:<12-digit code>``, ``list`` for
lists over everything, ``duties`` for the state of all duties. A response without tags is not kept.
"""

from __future__ import annotations

HEADER = "X-Gongkai-Tags"
SECONDS_HEADER = "X-Gongkai-Seconds"
LIST = "list"
DUTIES = "duties"


def tags_of_change(
    *, code: str, body_code: str, domain_code: str = "", division_code: str = ""
) -> frozenset[str]:
    """Everything that shows a record which was published, corrected, withdrawn or has expired."""
    tags = {f"disclosure:{code}", f"body:{body_code}", LIST, *_places_above(division_code)}
    if domain_code:
        tags.add(f"domain:{domain_code}")
    return frozenset(tags)


def tags_of_duty(*, body_code: str, domain_code: str, division_code: str = "") -> frozenset[str]:
    """Everything that shows the state of a duty of this body in this domain."""
    return frozenset(
        {f"body:{body_code}", f"domain:{domain_code}", DUTIES, *_places_above(division_code)}
    )


def _places_above(division_code: str) -> set[str]:
    """439901102201 → itself, 439901102000 and 439901000000."""
    if len(division_code) != 12:
        return set()
    return {f"place:{division_code[:n]:0<12}" for n in (6, 9, 12)}
