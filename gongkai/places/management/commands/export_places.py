"""``gongkai export-places``: divisions and bodies as a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from gongkai.base.commands import ExitCode, GongkaiCommand
from gongkai.places.actions.export_places import export_places
from gongkai.places.models import Body, Division


class Command(GongkaiCommand):
    """Write the spreadsheet; exit 0 done, 1 not written."""

    help = "Write all divisions and bodies as one xlsx file with two sheets."
    example = "gongkai export-places --to places.xlsx"

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to write."""
        parser.add_argument("--to", required=True, metavar="FILE", help="file to write")
        parser.add_argument("--json", action="store_true", help="report for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write and say what was written."""
        target = Path(options["to"])
        try:
            target.write_bytes(export_places())
        except OSError as error:
            self.stop(ExitCode.REFUSED, f"{target}：{error.strerror}")
        n_divisions, n_bodies = Division.objects.count(), Body.objects.count()
        if options["json"]:
            self.write_json({"file": str(target), "divisions": n_divisions, "bodies": n_bodies})
        else:
            self.stdout.write(f"{target}：区划 {n_divisions} · 机构 {n_bodies}")
