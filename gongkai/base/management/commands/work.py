"""``gongkai work``: jobs and recurring work without the web, for further machines."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Run jobs and recurring work until stopped."""

    help = "Run queued jobs and recurring work (`gongkai serve` starts this beside the web)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often the queue is asked."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = "example:\n  gongkai work --interval 0.5"
        parser.add_argument(
            "--interval", type=float, default=0.5, help="seconds between looks into an empty queue"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or SIGINT."""
        from gongkai.base.worker import register_housekeeping, work

        register_housekeeping()
        work(interval=options["interval"])
