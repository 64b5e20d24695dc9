"""``gongkai duties``: the register of duties, each with its explained deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from gongkai.base.commands import ExitCode, GongkaiCommand
from gongkai.catalogue.models import Domain
from gongkai.duties.models import Duty
from gongkai.duties.queries import (
    Selection,
    counts_by_state,
    duties_register,
    explanation,
    register_rows,
)
from gongkai.duties.states import DutyState
from gongkai.places.models import Body

BATCH = 2000


def day(text: str) -> dt.date:
    """The day written as 2026-09-18; argparse tells the person when it is none."""
    return dt.date.fromisoformat(text)


class Command(GongkaiCommand):
    """Print the register; exit 0 done, 1 unknown body or domain."""

    help = "List what every body owes, when it is due, and how that date comes about."
    example = "gongkai duties --body minzheng --on 2026-11-23 --state overdue"

    def add_arguments(self, parser: CommandParser) -> None:
        """What to list."""
        parser.add_argument("--body", default="", metavar="CODE", help="only this body")
        parser.add_argument("--domain", default="", metavar="NAME", help="only this domain")
        parser.add_argument("--on", type=day, metavar="DATE", help="as of this day (today)")
        parser.add_argument(
            "--state",
            action="append",
            choices=DutyState.values,
            help="only duties in this state; may be given again",
        )
        parser.add_argument("--text", default="", metavar="WORDS", help="only where these occur")
        parser.add_argument("--limit", type=int, default=0, metavar="N", help="at most N duties")
        parser.add_argument("--language", choices=("zh-hans", "en"), default="zh-hans")
        parser.add_argument("--json", action="store_true", help="the register for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the selected duties and how many are in each state."""
        on = options["on"] or timezone.localdate()
        selection = Selection(
            on=on,
            body=self._body(options["body"]),
            domain=self._domain(options["domain"]),
            states=tuple(DutyState(state) for state in options["state"] or ()),
            text=options["text"],
        )
        duties = duties_register(selection)
        ids = list(duties.values_list("pk", flat=True)[: options["limit"] or None])
        rows = (
            duty
            for start in range(0, len(ids), BATCH)
            for duty in register_rows(ids[start : start + BATCH], on=on)
        )
        counts = {
            state.value: count for state, count in counts_by_state(duties, on=on).by_state.items()
        }
        if options["json"]:
            told = [_as_json(duty, on, options["language"]) for duty in rows]
            self.write_json({"on": on, "counts": counts, "duties": told})
        else:
            self._print(rows, on=on, language=options["language"], counts=counts)

    def _body(self, code: str) -> str:
        if code and not Body.objects.filter(code=code).exists():
            self.stop(ExitCode.REFUSED, f"没有编码为 {code} 的机构。用 export-places 查看编码。")
        return code

    def _domain(self, name: str) -> str:
        if not name:
            return ""
        domain = Domain.objects.filter(code=name).first() or (
            Domain.objects.filter(name=name).first()
        )
        if domain is None:
            self.stop(ExitCode.REFUSED, f"没有名为 {name} 的领域。")
        return domain.code

    def _print(
        self, rows: Iterable[Duty], *, on: dt.date, language: str, counts: dict[str, int]
    ) -> None:
        for duty in rows:
            due = duty.due_on.isoformat() if duty.due_on else "长期"
            marks = "".join(
                word
                for word, holds in (("暂定", duty.is_provisional), ("推定", duty.is_inferred))
                if holds
            )
            self.stdout.write(
                f"{duty.state_on(on).label}\t{due}{marks and f'（{marks}）'}\t{duty.body.name}\t"
                f"{duty.item.title}\t{duty.period}\t{duty.code}"
            )
            for step in explanation(duty, language):
                self.stdout.write(f"    {step}")
        told = " · ".join(f"{DutyState(state).label} {n}" for state, n in counts.items())
        self.stdout.write(f"{on}：{told or '没有义务'}")


def _as_json(duty: Duty, on: dt.date, language: str) -> dict[str, Any]:
    return {
        "code": duty.code,
        "state": duty.state_on(on).value,
        "body": {"code": duty.body.code, "name": duty.body.name},
        "domain": duty.item.edition.domain.name,
        "item": {"key": duty.item_key, "path": duty.item.path, "deadline": duty.item.deadline_text},
        "occasion": duty.occasion,
        "subject": duty.subject or None,
        "period": duty.period or None,
        "event": {"title": duty.event.title, "occurred_on": duty.event.occurred_on}
        if duty.event
        else None,
        "due_on": duty.due_on,
        "provisional": duty.is_provisional,
        "inferred": duty.is_inferred,
        "met_at": duty.met_at,
        "closed_by": duty.closed_by or None,
        "explanation": explanation(duty, language),
        "channels": [
            {
                "code": row.code,
                "label": row.label,
                "required": row.is_required,
                "met_at": row.met_at,
            }
            for row in duty.channels.all()
        ],
    }
