"""Pages of the portal over many records: whole time in the server, template time, queries."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from django.template.backends.django import Template

from gongkai.benches.asking import Asker
from gongkai.benches.framework import Figure, timed
from gongkai.benches.population import populate, prepare
from gongkai.disclosures.models import Disclosure

N_REQUESTS = 60


def run(size: int) -> Iterator[Figure]:
    """Home, lists (first and deep pages), a record, and the same lists as JSON."""
    prepare()
    populate(size)
    codes = list(
        Disclosure.objects.order_by("pk").values_list("code", "body__code", "domain__code")
    )
    first, middle = codes[0], codes[len(codes) // 2]
    pages = {
        "home": ("/", {}),
        "latest": ("/latest/", {}),
        "latest_deep": ("/latest/", {"before": middle[0]}),
        "body": (f"/b/{middle[1]}/", {}),
        "detail": (f"/d/{middle[0]}/", {}),
        "history": (f"/d/{middle[0]}/history/", {}),
        "feed": ("/feeds/", {}),
        "api_list": ("/api/v1/disclosures", {}),
        "api_list_of_body": ("/api/v1/disclosures", {"body": first[1]}),
        "api_detail": (f"/api/v1/disclosures/{first[0]}", {}),
    }
    ask = Asker()
    for name, (path, query) in pages.items():
        ask.get(path, **query)
        yield Figure(f"portal.{name}.queries", ask.queries_of(path), "queries")
        whole, beyond = _times(ask, path, query)
        yield timed(f"portal.{name}", whole)
        yield timed(f"portal.{name}.beyond_template", beyond)


def _times(ask: Asker, path: str, query: dict[str, str]) -> tuple[list[float], list[float]]:
    """Milliseconds of whole requests, and of the same without the outermost rendering."""
    whole, beyond = [], []
    original = Template.render
    spent = [0.0, 0.0]  # seconds in templates, depth

    def render(self: Template, *args: Any, **kwargs: Any) -> Any:
        spent[1] += 1
        started = time.perf_counter()
        try:
            return original(self, *args, **kwargs)
        finally:
            spent[1] -= 1
            if not spent[1]:
                spent[0] += time.perf_counter() - started

    with patch.object(Template, "render", render):
        for _ in range(N_REQUESTS):
            spent[0] = 0.0
            started = time.perf_counter()
            ask.get(path, **query)
            taken = time.perf_counter() - started
            whole.append(taken * 1000)
            beyond.append((taken - spent[0]) * 1000)
    return whole, beyond
