"""``gongkai waive-duty``: a named person decides that a duty is not owed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.base.commands import ExitCode, GongkaiCommand
from gongkai.base.errors import GongkaiError
from gongkai.duties.actions.waive import waive
from gongkai.duties.models import Duty


class Command(GongkaiCommand):
    """Waive in the name of a person with a mandate; exit 0 done, 1 refused."""

    help = "Waive a duty, with a reason, in the name of a person who may supervise the body."
    example = 'gongkai waive-duty 3k7q… --reason "机构改革，职能已划转" --by banzhuren'

    def add_arguments(self, parser: CommandParser) -> None:
        """Which duty, why, and who decides."""
        parser.add_argument("code", help="the duty's code")
        parser.add_argument("--reason", required=True, help="why it is not owed")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who decides")
        parser.add_argument("--json", action="store_true", help="report for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Waive and say so."""
        duty = Duty.objects.select_related("body__division").filter(code=options["code"]).first()
        if duty is None:
            self.stop(ExitCode.REFUSED, f"没有编号为 {options['code']} 的义务。")
        by = User.objects.filter(username=options["by"]).first()
        if by is None:
            self.stop(ExitCode.REFUSED, f"没有用户 {options['by']}。")
        try:
            decision = waive(duty, reason=options["reason"], by=by, now=timezone.now())
        except GongkaiError as error:
            self.stop(ExitCode.REFUSED, f"未免除：{error}")
        if options["json"]:
            self.write_json({"code": duty.code, "signature": decision.signature})
        else:
            self.stdout.write(f"已免除 {duty.code}，签署人 {decision.signed_name}")
