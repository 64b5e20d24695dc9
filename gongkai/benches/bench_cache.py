"""The same page uncached, from our cache, from nginx's cache and as a file, side by side.

Also counts what was stale: after a withdrawal every layer is asked at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.benches.framework import Figure, step, tell
from gongkai.benches.population import populate, prepare
from gongkai.benches.serving import (
    NotAvailable,
    fetch,
    is_hit,
    nginx,
    requests_per_second,
    serving,
    status_of,
)
from gongkai.disclosures.actions import withdraw
from gongkai.disclosures.models import Disclosure

N_RECORDS = 2_000
N_WITHDRAWALS = 25
MOST_TRIES = 20  # the index follows the withdrawal before, which starts a generation too


def run(size: int) -> Iterator[Figure]:
    """Requests per second of each, on the page of a record; needs wrk and nginx."""
    prepare()
    populate(min(size, N_RECORDS))
    connections.close_all()
    folder = Path(settings.DATA_DIR)
    code = Disclosure.objects.order_by("-pk").values_list("code", flat=True)[0]
    path = f"/d/{code}/"
    try:
        with step("uncached"), serving(folder, GONGKAI_PAGE_CACHE_MB="0") as site:
            fetch(site.address + path)
            uncached = requests_per_second(site.address + path)
        with serving(folder) as site:
            yield from _cached(folder, site.address, path, uncached)
            yield from _stale(folder, site.address)
    except NotAvailable as missing:
        tell(f"left out: {missing}")


def _cached(folder: Path, address: str, path: str, uncached: float) -> Iterator[Figure]:
    page = fetch(address + path, compressed=True)
    with step("from our cache"):
        ours = requests_per_second(address + path)
    link = folder / "page-cache" / "nginx" / "current"
    with nginx(
        folder / "nginx", upstream=address.removeprefix("http://"), generation=link, page=page
    ) as front:
        if fetch(front + path, compressed=True) != page:
            raise RuntimeError("nginx gives other bytes than the program")
        if not is_hit(front + path):
            raise RuntimeError("nginx does not keep the page")
        with step("nginx: its cache and a file, in turns"):
            turns = [
                (
                    requests_per_second(front + path),
                    requests_per_second(f"{front}/static/page.html"),
                )
                for _ in range(3)
            ]
    cached, static = (sorted(column)[1] for column in zip(*turns, strict=True))
    yield Figure("cache.page", len(page), "bytes")
    yield Figure("cache.uncached", uncached, "requests/s")
    yield Figure("cache.ours", ours, "requests/s", against={"uncached": round(ours / uncached, 1)})
    yield Figure("cache.nginx_static", static, "requests/s")
    yield Figure(
        "cache.nginx",
        cached,
        "requests/s",
        against={"nginx_static": round(cached / static, 3), "ours": round(cached / ours, 2)},
    )


def _stale(folder: Path, address: str) -> Iterator[Figure]:
    """Withdraw records whose pages are in both caches by the real act, and ask both at once."""
    records = list(Disclosure.objects.select_related("body__division").order_by("pk"))
    records = records[:N_WITHDRAWALS]
    supervisor = User.objects.get(username="gongkaiban")
    link = folder / "page-cache" / "nginx" / "current"
    upstream = address.removeprefix("http://")
    n_stale = {"ours": 0, "nginx": 0}
    with nginx(folder / "nginx-2", upstream=upstream, generation=link, page=b"") as front:
        places = {"ours": address, "nginx": front}
        for record in records:
            path = f"/api/v1/disclosures/{record.code}"
            if {status_of(place + path) for place in places.values()} != {200}:
                raise RuntimeError(f"{path} is not public")
            if not any(is_hit(front + path) for _ in range(MOST_TRIES)):
                raise RuntimeError(f"{path} is not in the cache of nginx")
            withdraw(record, by=supervisor, now=timezone.now(), reason="测量撤回是否立即生效")
            for name, place in places.items():
                n_stale[name] += status_of(place + path, compressed=True) == 200
    for name, n in n_stale.items():
        yield Figure(f"cache.stale_after_withdrawal.{name}", n, "pages", n=len(records))
