"""``gongkai serve``: web, worker and scheduler with one command."""

from __future__ import annotations

import os
import socket
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

EXAMPLES = """examples:
  gongkai serve                                the site on http://127.0.0.1:8000/
  gongkai serve --host 0.0.0.0 --workers 2     for other machines, on two cores
  gongkai --data-dir /srv/gongkai serve        with all files in another folder
"""


class Command(BaseCommand):
    """Check that everything is in place, then become the supervisor of web and worker."""

    help = "Run the site: web, worker and scheduler. Ctrl+C or SIGTERM stops them cleanly."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen and with how many web processes."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")
        parser.add_argument("--workers", type=int, default=1, help="web processes; one a core")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse with what to do, or never return: this process becomes the supervisor."""
        host, port, n_workers = options["host"], options["port"], options["workers"]
        if n_workers < 1:
            raise CommandError("--workers must be 1 or more", returncode=2)
        _check_database()
        _check_static_files()
        _check_port(host, port)
        connections.close_all()
        os.environ["GONGKAI_DATA_DIR"] = str(settings.DATA_DIR)
        os.environ.setdefault("GONGKAI_BASE_URL", address_of(host, port))
        chosen = ["--host", host, "--port", str(port), "--workers", str(n_workers)]
        program = [sys.executable, "-m", "gongkai.base.supervisor"]
        os.execv(  # noqa: S606  the supervisor is light because it is not this process
            sys.executable, [*program, *chosen, "--static-root", str(settings.STATIC_ROOT)]
        )


def address_of(host: str, port: int) -> str:
    """What links, feeds and QR codes name where ``GONGKAI_BASE_URL`` is not set.

    Example: ``("0.0.0.0", 9000)`` → ``http://127.0.0.1:9000``.
    """
    name = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _check_database() -> None:
    executor = MigrationExecutor(connections["default"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        raise CommandError(
            f"the database lacks {len(plan)} migrations (first: {plan[0][0]});"
            " run `gongkai migrate`, or `make run`, which does everything"
        )


def _check_static_files() -> None:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        raise CommandError(
            "there are no collected static files; run `gongkai collectstatic --noinput`,"
            " or `make run`, which does everything"
        )


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"cannot listen on {host} port {port}: {error}; choose another with --port"
            ) from error
