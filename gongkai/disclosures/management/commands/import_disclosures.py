"""``gongkai import-disclosures``: the records of an existing site, from a spreadsheet or a feed."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from gongkai.accounts.access import Act, responsible_users
from gongkai.accounts.models import User
from gongkai.base.commands import GongkaiCommand
from gongkai.base.errors import GongkaiError, Refused
from gongkai.disclosures.actions.import_disclosures import ImportReport, import_disclosures
from gongkai.disclosures.messages import error_text, text_of
from gongkai.places.models import Body

EXAMPLE = """
  gongkai import-disclosures old-site.xlsx --body yunxi-office --dry-run
  gongkai import-disclosures feed.xml --body yunxi-office --json

Columns: 标题 正文 发布日期 成文日期 文号 索引号 发布机构 领域 网址 编号 模板 有效性.
Exit: 0 done, 1 refused and nothing changed, 2 wrong usage, 3 done with rows left out."""

ASK_FOR_ONE = (
    "导入记在区政务公开办的人名下，可是没有人有这个授权："
    "请先在工作台“人员授权”里设一位，或者用 --by 写明账号。"
)


class Command(GongkaiCommand):
    """Read FILE, let every row through the gates, publish it with its origin, and report."""

    help = "Import existing disclosures from .xlsx .xls .csv, Atom, RSS or JSON Feed."
    example = EXAMPLE

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE --body CODE [--by USERNAME] [--dry-run] [--json]."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--body", required=True, metavar="CODE", help="publishes unnamed rows")
        parser.add_argument("--by", metavar="USERNAME", help="who imports (district office)")
        parser.add_argument("--dry-run", action="store_true", help="check only, store nothing")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, **options: Any) -> None:
        """Import and exit with the contract's codes."""
        try:
            report = self._imported(options)
        except GongkaiError as error:
            self._print_refusal(error, as_json=options["json"])
            raise SystemExit(1) from None
        self._print(report, as_json=options["json"])
        if report.n_refused and not (report.n_created or report.n_unchanged or report.n_changed):
            raise SystemExit(1)
        if report.problems:
            raise SystemExit(3)

    def _imported(self, options: dict[str, Any]) -> ImportReport:
        now = timezone.now()
        body = Body.objects.select_related("division").filter(code=options["body"]).first()
        if body is None:
            raise Refused("import.unknown_body", value=options["body"])
        path: Path = options["file"]
        try:
            content = path.read_bytes()
        except OSError:
            raise Refused("import.unreadable", name=path.name) from None
        by = self._importer(body, options["by"])
        return import_disclosures(
            content, name=path.name, body=body, by=by, now=now, dry_run=options["dry_run"]
        )

    def _importer(self, body: Body, username: str | None) -> User:
        """The named person, else who supervises the body."""
        if username:
            named = User.objects.filter(username=username).first()
        else:
            named = next(
                iter(responsible_users(body, Act.SUPERVISE, on=timezone.localdate())), None
            )
        if named is None:
            raise Refused("import.nobody_supervises", body=body.name)
        return named

    def _print(self, report: ImportReport, *, as_json: bool) -> None:
        if as_json:
            facts = dataclasses.asdict(report)
            for problem, source in zip(facts["problems"], report.problems, strict=True):
                problem["text"] = text_of(source.code, source.facts)
                problem["facts"] = {name: str(value) for name, value in source.facts.items()}
            self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1))
            return
        self.stdout.write(
            f"{report.n_rows} 行：新增 {report.n_created}，已有 {report.n_unchanged}，"
            f"原网站已改 {report.n_changed}，未导入 {report.n_refused}"
        )
        for problem in report.problems:
            where = f"{problem.sheet} 第 {problem.row} 行 {problem.column}".strip()
            self.stdout.write(f"  {where}：{text_of(problem.code, problem.facts)}")

    def _print_refusal(self, error: GongkaiError, *, as_json: bool) -> None:
        told = ASK_FOR_ONE if error.code == "import.nobody_supervises" else error_text(error)
        if as_json:
            refusal = {"refused": {"code": error.code, "text": told}}
            self.stdout.write(json.dumps(refusal, ensure_ascii=False))
        else:
            self.stderr.write(told)
