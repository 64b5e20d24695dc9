"""``gongkai generate-duties``: what the daily job does, at once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from gongkai.base.commands import ExitCode, GongkaiCommand
from gongkai.duties.jobs import keep_register
from gongkai.duties.management.commands.duties import day
from gongkai.duties.queries import items_without_body, items_without_duty


class Command(GongkaiCommand):
    """Bring the register up to a day; exit 0 done, 3 done with findings."""

    help = "Generate duties, settle provisional dates, send reminders; list items without a duty."
    example = "gongkai generate-duties"

    def add_arguments(self, parser: CommandParser) -> None:
        """Up to which day."""
        parser.add_argument("--on", type=day, metavar="DATE", help="as of this day (today)")
        parser.add_argument("--json", action="store_true", help="report for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Keep the register and report findings."""
        done = keep_register(options["on"] or timezone.localdate(), now=timezone.now())
        nobody, no_rule = items_without_body(), items_without_duty()
        if options["json"]:
            self.write_json(
                done
                | {
                    "items_without_body": [item.key for item in nobody],
                    "items_without_duty": [item.key for item in no_rule],
                }
            )
        else:
            self.stdout.write(
                f"新增义务 {done['created']} · 重算期限 {done['redated']} · 提醒 {done['reminded']}"
            )
            for item in nobody:
                self.stdout.write(f"没有匹配的公开主体：{item.path}（{item.bodies_text}）")
            for item in no_rule:
                self.stdout.write(f"公开时限不产生义务：{item.path}（{item.deadline_text}）")
        if nobody or no_rule:
            self.stop(ExitCode.QUESTIONS)
