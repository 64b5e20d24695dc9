"""``gongkai build-data``: write the files of open data now."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from gongkai.base.commands import GongkaiCommand
from gongkai.portal.bulk.build import build, folder


class Command(GongkaiCommand):
    """Writes every data set as CSV and JSON Lines into the data folder."""

    help = "Write the files of open data (CSV, JSON Lines) into the data folder."
    example = "gongkai build-data"

    def add_arguments(self, parser: CommandParser) -> None:
        """How to tell."""
        parser.add_argument("--json", action="store_true", help="report for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, and say what was written."""
        manifest = build(now=timezone.now())
        if options["json"]:
            self.write_json({"folder": str(folder()), **asdict(manifest)})
            return
        for file in manifest.files:
            self.stdout.write(f"{folder() / file.name}  {file.n_rows} rows  {file.size} bytes")
