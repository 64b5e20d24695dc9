"""``gongkai search-index``: build the full-text index anew, let it catch up, or see how it is."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from gongkai.search.follow import Standing, catch_up, rebuild, standing

EXAMPLES = """examples:
  gongkai search-index status          how far the index follows the public log
  gongkai search-index catch-up        take in what was published since
  gongkai search-index rebuild --json  build it anew while the site goes on answering
"""


class Command(BaseCommand):
    """Keep the full-text index."""

    help = "Build the full-text index anew, let it catch up, or tell its state."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One act and the form of the answer."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument("act", choices=("status", "catch-up", "rebuild"))
        parser.add_argument("--json", action="store_true", help="answer for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the act, then tell where the index stands."""
        started = time.monotonic()
        if options["act"] == "rebuild":
            rebuild(progress=None if options["json"] else self._tell_progress)
        elif options["act"] == "catch-up":
            catch_up()
        self._answer(standing(), time.monotonic() - started, as_json=options["json"])

    def _tell_progress(self, n_added: int) -> None:
        if n_added % 5_000 == 0:
            self.stderr.write(f"{n_added} records …")

    def _answer(self, found: Standing, seconds: float, *, as_json: bool) -> None:
        if as_json:
            answer = asdict(found) | {"is_current": found.is_current, "seconds": round(seconds, 3)}
            self.stdout.write(json.dumps(answer))
            return
        if not found.directory:
            self.stdout.write("no index yet: run `gongkai search-index rebuild`")
            return
        behind = "current" if found.is_current else f"{found.logged - found.indexed} acts behind"
        self.stdout.write(
            f"{found.n_documents} records, log entry {found.indexed} of {found.logged}: {behind}"
            f" ({seconds:.1f} s)"
        )
