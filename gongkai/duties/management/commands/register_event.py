"""``gongkai register-event``: something happened that must be published."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from gongkai.base.commands import ExitCode, GongkaiCommand
from gongkai.base.errors import GongkaiError
from gongkai.catalogue.models import Item
from gongkai.duties.actions.register_event import register_event
from gongkai.duties.management.commands.duties import day
from gongkai.duties.queries import explanation
from gongkai.places.models import Body


class Command(GongkaiCommand):
    """Register the event as the operator; exit 0 done, 1 refused."""

    help = "Register an event of a body and item; its duties follow with dated deadlines."
    example = (
        'gongkai register-event --body minzheng --item 最低生活保障 --title "印发实施办法" '
        "--on 2026-09-18"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What happened, where and when."""
        parser.add_argument("--body", required=True, metavar="CODE", help="the body's code")
        parser.add_argument(
            "--item", required=True, metavar="KEY|TITLE", help="the item's key or its exact title"
        )
        parser.add_argument("--title", required=True, help="what happened")
        parser.add_argument("--on", required=True, type=day, metavar="DATE", help="the day of it")
        parser.add_argument("--subject", default=None, help="where the item has rules for several")
        parser.add_argument("--json", action="store_true", help="report for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Register and print the duties."""
        body = Body.objects.filter(code=options["body"]).first()
        if body is None:
            self.stop(ExitCode.REFUSED, f"没有编码为 {options['body']} 的机构。")
        if options["on"] > timezone.localdate():
            self.stop(ExitCode.REFUSED, "发生日期不能晚于今天。")
        item = self._item(body, options["item"])
        try:
            duties = register_event(
                body,
                item,
                title=options["title"],
                occurred_on=options["on"],
                by=None,
                now=timezone.now(),
                subject=options["subject"],
            )
        except GongkaiError as error:
            self.stop(ExitCode.REFUSED, f"未登记：{error}")
        told = [
            {"code": duty.code, "due_on": duty.due_on, "explanation": explanation(duty)}
            for duty in duties
        ]
        if options["json"]:
            self.write_json({"duties": told})
            return
        for duty in duties:
            self.stdout.write(f"{duty.code}\t{duty.due_on}\t{duty.item.title}")
            for step in explanation(duty):
                self.stdout.write(f"    {step}")

    def _item(self, body: Body, wanted: str) -> Item:
        owed = (
            Item.objects.filter(item_bodies__body=body, edition__state="in_force")
            .distinct()
            .order_by("pk")
        )
        found = list(owed.filter(key=wanted)) or [row for row in owed if row.title == wanted]
        if not found:
            self.stop(ExitCode.REFUSED, f"{body.name} 现行目录里没有事项“{wanted}”。")
        if len({row.key for row in found}) > 1:
            keys = "、".join(row.key for row in found)
            self.stop(ExitCode.REFUSED, f"有几个事项都叫“{wanted}”，请写事项键：{keys}")
        return found[0]
