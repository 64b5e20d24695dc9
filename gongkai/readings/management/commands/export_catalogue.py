"""``gongkai export-catalogue``: a body's catalogues in the official columns."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from gongkai.base.commands import ExitCode, GongkaiCommand
from gongkai.catalogue.models import Edition
from gongkai.catalogue.queries import domain_named
from gongkai.readings.actions.export_catalogue import FORMATS, export_editions


class Command(GongkaiCommand):
    """Write the editions in force; exit 0 done, 1 nothing to write."""

    help = (
        "Write the catalogues of a body that are in force, one table a domain, in the official\n"
        "columns. Importing the file gives the same catalogues."
    )
    example = "gongkai export-catalogue --body yx-civil --format xlsx --to catalogues.xlsx"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which catalogues, and how."""
        parser.add_argument("--body", required=True, metavar="CODE", help="code of the body")
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("--domain", metavar="NAME", help="only this domain (name or alias)")
        parser.add_argument(
            "--to", metavar="FILE", help="file to write; without it, standard output"
        )
        parser.add_argument("--json", action="store_true", help="report for machines (with --to)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write and report."""
        editions = Edition.objects.filter(
            state=Edition.State.IN_FORCE, body__code=options["body"]
        ).select_related("domain", "body")
        if options["domain"]:
            domain = domain_named(options["domain"])
            if domain is None:
                self.stop(ExitCode.REFUSED, f"没有名为“{options['domain']}”的领域。")
            editions = editions.filter(domain=domain)
        found = list(editions.order_by("domain__position", "domain__code"))
        if not found:
            self.stop(ExitCode.REFUSED, f"机构“{options['body']}”没有符合条件的现行目录。")
        content = export_editions(found, format_=options["format"])
        if not options["to"]:
            sys.stdout.buffer.write(content)
            return
        try:
            Path(options["to"]).write_bytes(content)
        except OSError as error:
            self.stop(ExitCode.REFUSED, f"{options['to']}：{error.strerror}")
        if options["json"]:
            self.write_json({"file": options["to"], "editions": [e.title for e in found]})
        else:
            self.stdout.write(f"{options['to']}：目录 {len(found)} 份，{len(content)} 字节")
