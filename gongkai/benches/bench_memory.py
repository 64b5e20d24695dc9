"""Resident memory of the whole site at the scale of the demo district, after it was used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from gongkai.benches.framework import Figure, step
from gongkai.benches.serving import fetch, serving
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import PUBLIC_STATES
from gongkai.places.models import Body

N_PAGES = 300


def run(size: int) -> Iterator[Figure]:
    """Build the demo, serve it, read some hundred pages; then ask the system."""
    with step("demo district"):
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("demo", scale="district" if size >= 2_000 else "small")
    codes = list(Disclosure.objects.filter(state__in=PUBLIC_STATES).values_list("code", flat=True))
    bodies = list(Body.objects.values_list("code", flat=True))
    pages = [
        "/",
        "/catalogue/",
        "/duties/",
        "/latest/",
        "/api/v1/disclosures",
        "/search?q=%E5%85%AC",
    ]
    pages += [f"/d/{code}/" for code in codes[:N_PAGES]] + [f"/b/{code}/" for code in bodies[:50]]
    connections.close_all()
    with serving(Path(settings.DATA_DIR)) as site:
        with step(f"{len(pages)} pages"):
            for path in pages:
                fetch(site.address + path, compressed=True)
        tree = _tree(site.process_id)
        resident = {number: _kilobytes(number, "status", "VmRSS:") for number in tree}
        shared_out = {number: _kilobytes(number, "smaps_rollup", "Pss:") for number in tree}
    yield Figure("memory.resident", round(sum(resident.values()) / 1e3, 1), "MB", n=len(tree))
    yield Figure("memory.proportional", round(sum(shared_out.values()) / 1e3, 1), "MB", n=len(tree))
    largest = max(resident.values(), default=0)
    yield Figure("memory.largest_process", round(largest / 1e3, 1), "MB")


def _tree(root: int) -> list[int]:
    """The process and everything that it has started, directly or not."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
    tree = [root]
    for number in tree:
        tree += [child for child, parent in parents.items() if parent == number]
    return tree


def _kilobytes(number: int, file: str, name: str) -> int:
    try:
        lines = Path(f"/proc/{number}/{file}").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
