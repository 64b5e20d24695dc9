"""``gongkai bench``: measure, beside peers in the same run, and name the machine."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.benches.framework import (
    BENCHES,
    BenchFailed,
    Figure,
    as_json,
    machine,
    run_apart,
    run_here,
    tell,
)

EXAMPLES = """examples:
  gongkai bench                    all benches, each in a scratch folder of its own
  gongkai bench search --size 20000
  gongkai bench cache --json
"""


class Command(BaseCommand):
    """Run benches and show their figures."""

    help = "Measure speed and memory in scratch folders; nothing of the site is touched."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which benches, how large."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
        parser.add_argument("--size", type=int, default=200_000, help="records where many are")
        parser.add_argument("--json", action="store_true", help="figures for machines")
        parser.add_argument("--here", action="store_true", help="in this (scratch) data folder")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure each; a bench that fails is told, and the exit status is 1."""
        names: list[str] = options["names"] or list(BENCHES)
        unknown = sorted(set(names) - set(BENCHES))
        if unknown:
            raise CommandError(
                f"no bench called {', '.join(unknown)}; there are {', '.join(BENCHES)}",
                returncode=2,
            )
        if options["here"]:
            self.stdout.write(as_json(run_here(names[0], size=options["size"])))
            return
        figures, failed = self._measure(names, size=options["size"])
        if options["json"]:
            self.stdout.write(as_json(figures))
        else:
            self._show(figures)
        if failed:
            raise CommandError(f"without figures: {', '.join(failed)}")

    def _measure(self, names: list[str], *, size: int) -> tuple[list[Figure], list[str]]:
        figures: list[Figure] = []
        failed: list[str] = []
        here = machine()
        for name in names:
            tell(f"== {name}")
            try:
                figures += [replace(f, machine=here) for f in run_apart(name, size=size)]
            except BenchFailed:
                failed.append(name)
        return figures, failed

    def _show(self, figures: list[Figure]) -> None:
        self.stdout.write(f"{machine()}\n")
        for figure in figures:
            spread = ""
            if figure.p50 is not None:
                spread = f"  p50 {figure.p50:g}  p95 {figure.p95:g}  p99 {figure.p99:g}"
            ratios = "".join(f"  ×{ratio:g} {peer}" for peer, ratio in figure.against.items())
            self.stdout.write(
                f"{figure.name:<34}{figure.value:>12g} {figure.unit:<10}{spread}"
                f"  n {figure.n}{ratios}"
            )
