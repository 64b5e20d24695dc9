"""``gongkai demo``: build the fictional demo district, tell whether it is there, print sign-ins."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.demo.build import SCALES, Builder, has_tables, is_built
from gongkai.demo.staff import PASSWORD, SIGN_INS
from gongkai.disclosures.models import Disclosure
from gongkai.places.models import Body


class Command(BaseCommand):
    """Exit 0 done · 1 refused because the database already holds places."""

    help = (
        "Build the fictional demo district 云溪区 through the real import, review and publication."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The scale, and the two questions that ``make run`` asks."""
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = "example:\n  gongkai demo --scale small --data-dir /tmp/try"
        parser.add_argument("--scale", choices=sorted(SCALES), default="district")
        parser.add_argument("--json", action="store_true", help="print what was built as JSON")
        parser.add_argument("--is-built", action="store_true", help="exit 0 when it is there")
        parser.add_argument("--sign-ins", action="store_true", help="print one account a role")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, or answer."""
        if options["is_built"]:
            sys.exit(0 if has_tables() and is_built() else 1)
        if options["sign_ins"]:
            self.stdout.write(sign_ins())
            return
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if Body.objects.exists():
            raise CommandError(
                "这个数据库里已经有机构。演示区只建在空库里：换一个 --data-dir，或先删除数据目录。",
                returncode=1,
            )
        started = time.monotonic()
        Builder(
            SCALES[options["scale"]], today=timezone.localdate(), is_quiet=options["json"]
        ).build()
        built = {
            "bodies": Body.objects.count(),
            "disclosures": Disclosure.objects.exclude(version=0).count(),
            "seconds": round(time.monotonic() - started, 1),
        }
        self.stdout.write(json.dumps(built) if options["json"] else _told(built))


def _told(built: dict[str, Any]) -> str:
    return (
        f"演示区云溪区（虚构）已建成：{built['bodies']} 个机构，"
        f"{built['disclosures']} 条公开信息，用时 {built['seconds']} 秒。"
    )


def sign_ins() -> str:
    """One line a role, as ``make run`` prints it."""
    lines = [
        "",
        f"  门户    {settings.BASE_URL}/",
        f"  工作台  {settings.BASE_URL}/console/    所有演示账号的密码：{PASSWORD}",
        "",
    ]
    lines += [f"  {entry.username:<16} {entry.role}：{entry.name}" for entry in SIGN_INS]
    return "\n".join([*lines, ""])
