"""Which facts a page shows, told to the cache in front, so that a change purges just those pages.

Every page that anyone may see carries ``X-Gongkai-Tags`` (space-separated); the cache in front
strips it. Tags name what the page shows:

* ``disclosure:<code>`` the record itself (its page, versions, receipt, files)
* ``body:<code>`` a list or profile of one body
* ``domain:<code>`` the catalogue or list of one domain
* ``place:<division code>`` a page of one place: it shows everything below that place as well
* ``list`` the lists over everything (home, search, policies, services, feeds, sitemap)
* ``duties`` the state of duties over everything; also changes with the day

``tags_of_change`` gives the tags that one public change makes stale, ``tags_of_duty`` those of a
duty that was met, closed or moved.
"""

from __future__ import annotations

from django.http import HttpResponseBase

HEADER = "X-Gongkai-Tags"
LIST = "list"
DUTIES = "duties"


def tag(response: HttpResponseBase, *tags: str) -> None:
    """The response carries ``tags`` in addition to those it has."""
    held = response.headers.get(HEADER, "").split()
    response.headers[HEADER] = " ".join(dict.fromkeys([*held, *filter(None, tags)]))


def tags_of_change(
    *, code: str, body_code: str, domain_code: str = "", division_code: str = ""
) -> set[str]:
    """The tags of every page that shows a record which was published, corrected or withdrawn."""
    tags = {f"disclosure:{code}", f"body:{body_code}", LIST, *_places_above(division_code)}
    if domain_code:
        tags.add(f"domain:{domain_code}")
    return tags


def tags_of_duty(*, body_code: str, domain_code: str, division_code: str = "") -> set[str]:
    """The tags of every page that shows the state of a duty of this body and domain."""
    return {f"body:{body_code}", f"domain:{domain_code}", DUTIES, *_places_above(division_code)}


def _places_above(division_code: str) -> set[str]:
    """The place and every place above it: 439901102201 → 439901102201, 439901102000, …"""
    if len(division_code) != 12:
        return set()
    return {f"place:{division_code[:n]:0<12}" for n in (6, 9, 12)}
