"""``gongkai log verify``: read the whole public log and tell whether its chain holds."""

from __future__ import annotations

from typing import Any, Final

from django.core.management.base import CommandParser

from gongkai.base.commands import ExitCode, GongkaiCommand
from gongkai.log.queries import Verification, verify_chain

FAULTS: Final = {
    "number": "序号不连续：有日志项被删除或插入",
    "previous": "前项摘要不符：前后两项接不上",
    "hash": "本项摘要不符：内容被改动过",
    "head": "日志末端不符：末尾的日志项被删除或添加",
}


class Command(GongkaiCommand):
    """Verify the chain; exit 0 it holds, 1 it does not, with the number of the first fault."""

    help = "Read every entry of the public log in order and check the chain of digests."
    example = "gongkai log verify --json"

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do with the log."""
        parser.add_argument("act", choices=("verify",), help="check every entry against its chain")
        parser.add_argument("--json", action="store_true", help="result for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and say how it stands."""
        found = verify_chain()
        if options["json"]:
            self.write_json(_as_json(found))
        elif found.fault is None:
            self.stdout.write(f"日志完整：{found.n_entries} 项，末项摘要 {found.last_hash}")
        else:
            self.stderr.write(f"日志第 {found.fault.number} 项：{FAULTS[found.fault.code]}")
        if found.fault is not None:
            self.stop(ExitCode.REFUSED)


def _as_json(found: Verification) -> dict[str, Any]:
    fault = found.fault
    return {
        "intact": found.is_intact,
        "entries": found.n_entries,
        "last_hash": found.last_hash,
        "fault": fault and {"number": fault.number, "code": fault.code, "text": FAULTS[fault.code]},
    }
