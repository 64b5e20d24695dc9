"""The act of publication, and how long until everyone can see what it made public."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone

from gongkai.benches.framework import Figure, milliseconds_of, step, timed
from gongkai.benches.population import populate, prepare
from gongkai.benches.serving import fetch, serving
from gongkai.demo.records import sign_papers
from gongkai.demo.staff import Team
from gongkai.disclosures.actions import approve, create_draft, submit
from gongkai.disclosures.canonical import digest_of, draft_of
from gongkai.disclosures.models import Disclosure
from gongkai.places.models import Body, BodyKind

N_RECORDS = 2_000
N_ACTS = 40
N_SEEN = 20
LONGEST_WAIT_SECONDS = 30.0


def run(size: int) -> Iterator[Figure]:
    """The last approval (which publishes) alone, then with the site running beside it."""
    teams = prepare()
    populate(min(size, N_RECORDS))
    body = Body.objects.filter(kind=BodyKind.DEPARTMENT, pk__in=teams).order_by("pk")[0]
    team = teams[body.pk]
    with step(f"{N_ACTS} publications"):
        yield timed("publish.act", [_publish(body, team, number)[1] for number in range(N_ACTS)])
    with serving(Path(settings.DATA_DIR)) as site:
        yield from _seen(site.address, body, team)


def _publish(body: Body, team: Team, number: int) -> tuple[Disclosure, float]:
    """A record through draft and review; the milliseconds of the step that publishes it."""
    now = timezone.now()
    text = f"<p>第{number}号测量公告，测量编号{number:05d}期，请各村居遵照执行。</p>" * 6
    record = create_draft(
        body,
        template="article",
        by=team.editor,
        now=now,
        changes={"title": f"测量公告第{number:05d}期", "text": text, "dated_on": now.date()},
    )
    sign_papers(record, team=team, now=now)
    submit(record, by=team.editor, now=now)
    digest = digest_of(draft_of(record, record.latest_revision))
    taken = 0.0
    for reviewer in team.reviewers:
        if not record.version:
            deciding = partial(approve, record, digest=digest, now=now)
            taken = milliseconds_of(partial(deciding, by=reviewer))
    if not record.version:
        raise RuntimeError("the record was not published")
    return record, taken


def _seen(address: str, body: Body, team: Team) -> Iterator[Figure]:
    """Milliseconds from the end of the act until page, feed and search show the record."""
    fetch(f"{address}/feeds/")
    waits: dict[str, list[float]] = {"page": [], "feed": [], "search": []}
    with step(f"{N_SEEN} publications until they are seen"):
        for number in range(N_ACTS, N_ACTS + N_SEEN):
            record, _taken = _publish(body, team, number)
            begun = time.perf_counter()
            query = urlencode({"q": record.title})
            places = {
                "page": f"{address}/d/{record.code}.json",
                "feed": f"{address}/feeds/",
                "search": f"{address}/api/v1/search?{query}",
            }
            for name, url in places.items():
                _wait_until(url, record.code.encode())
                waits[name].append((time.perf_counter() - begun) * 1000)
    for name, milliseconds in waits.items():
        yield timed(f"publish.visible_on_{name}", milliseconds)


def _wait_until(url: str, words: bytes) -> None:
    end = time.perf_counter() + LONGEST_WAIT_SECONDS
    while time.perf_counter() < end:
        if words in fetch(url):
            return
        time.sleep(0.01)
    raise RuntimeError(f"{url} does not show {words.decode()}")
