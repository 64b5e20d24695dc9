"""``gongkai import-places``: divisions and bodies from a spreadsheet."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import CommandParser
from django.utils import timezone

from gongkai.base.commands import ExitCode, GongkaiCommand
from gongkai.base.errors import GongkaiError
from gongkai.places.actions.import_places import check_places, import_places
from gongkai.places.messages import error_text, problem_text
from gongkai.places.schema import PlacesReport, Problem


class Command(GongkaiCommand):
    """Import or check the spreadsheet; exit 0 done, 1 refused with nothing changed, 2 usage."""

    help = (
        "Take divisions (sheet 区划) and bodies (sheet 机构) from an xlsx file.\n"
        "Nothing is stored when any cell is wrong; nothing is ever deleted."
    )
    example = "gongkai import-places places.xlsx --dry-run"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and how."""
        parser.add_argument("file", help="xlsx file, laid out as export-places writes it")
        parser.add_argument("--dry-run", action="store_true", help="check, store nothing")
        parser.add_argument("--json", action="store_true", help="report for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and report."""
        act = check_places if options["dry_run"] else import_places
        as_json: bool = options["json"]
        try:
            report = act(Path(options["file"]).read_bytes(), now=timezone.now())
        except OSError as error:
            self._refuse(f"{options['file']}：{error.strerror}", [], as_json=as_json)
        except GongkaiError as error:
            self._refuse(error_text(error), error.data.get("problems", []), as_json=as_json)
        self._report(report, as_json=as_json)

    def _refuse(self, why: str, problems: list[Problem], *, as_json: bool) -> NoReturn:
        if as_json:
            found = [{**asdict(problem), "text": problem_text(problem)} for problem in problems]
            self.write_json({"refused": why, "problems": found})
            self.stop(ExitCode.REFUSED)
        self.stop(ExitCode.REFUSED, "\n".join([why, *(problem_text(one) for one in problems)]))

    def _report(self, report: PlacesReport, *, as_json: bool) -> None:
        if as_json:
            self.write_json({"refused": None, **asdict(report)})
            return
        self.stdout.write(
            f"区划：新增 {report.n_divisions_new}，更新 {report.n_divisions_changed}；"
            f"机构：新增 {report.n_bodies_new}，更新 {report.n_bodies_changed}；"
            f"未变 {report.n_unchanged}"
        )
        for remark in report.remarks:
            self.stdout.write(f"提示 {problem_text(remark)}")
