"""Build the demo district: every step goes through the same acts that people use."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import sys
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.catalogue.models import Item
from gongkai.demo import next_edition
from gongkai.demo.content.catalogues import county_catalogues, township_catalogues
from gongkai.demo.content.texts import DemoRecord, compose
from gongkai.demo.messy import write_catalogue
from gongkai.demo.places_file import GOVERNMENT, places_file
from gongkai.demo.records import (
    Cast,
    at,
    correct_record,
    demo_code,
    duty_for_event,
    import_old_site,
    localities,
    owed_items,
    publish_for_duty,
    subject_of,
    submitted,
    weeks,
)
from gongkai.demo.staff import hire
from gongkai.disclosures.actions.create_draft import create_draft
from gongkai.disclosures.actions.decide import approve, return_draft
from gongkai.disclosures.actions.withdraw import withdraw
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import DisclosureState
from gongkai.duties.actions.extend_deadline import extend_deadline
from gongkai.duties.actions.generate_duties import generate_duties
from gongkai.duties.actions.send_reminders import send_reminders
from gongkai.duties.actions.state_nothing_occurred import state_nothing_occurred
from gongkai.duties.actions.waive import waive
from gongkai.duties.models import Duty, DutySettings
from gongkai.places.actions.import_places import import_places
from gongkai.places.models import Body
from gongkai.readings.actions.confirm_reading import confirm_reading
from gongkai.readings.actions.settle_question import leave_unknown
from gongkai.readings.actions.store_reading import store_file


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is built. The district has kept its register here for ``register_days``; older
    records came from its former site, over ``n_weeks``."""

    n_disclosures: int
    n_weeks: int
    n_catalogues: int
    register_days: int
    n_events: int  # at least so many records of events; more where duties were not met
    n_decided: int  # corrected and withdrawn
    n_open: int  # events, drafts and reviews that wait on people's desks


FATES = ("review", "draft", "second step", "returned", "event", "review")
"""Where the records on people's desks stand, in turn."""

SCALES = {
    "district": Scale(2024, 52, 40, register_days=150, n_events=20, n_decided=26, n_open=24),
    "small": Scale(90, 4, 6, register_days=60, n_events=10, n_decided=13, n_open=12),
}


class Builder:
    """One build: the same day gives the same district."""

    def __init__(self, scale: Scale, *, today: dt.date, is_quiet: bool = False) -> None:
        self.scale, self.today, self.is_quiet = scale, today, is_quiet
        self.chance = random.Random(20260101)
        self.last_day = today - dt.timedelta(days=1)  # whole days only: nothing lies ahead of now
        self.begins_on = today - dt.timedelta(days=scale.register_days)

    def build(self) -> None:
        """Places, people, catalogues, duties, a year of disclosures, decisions, reminders."""
        self._tell("区划与机构")
        import_places(places_file(), now=at(self.begins_on))
        self.government = Body.objects.get(code=GOVERNMENT)
        bodies = list(Body.objects.select_related("division").order_by("position", "code"))
        teams = hire(bodies, government=self.government, since=dt.date(2024, 1, 1))
        self.cast = Cast(teams, User.objects.get(username="gongkaiban"), self.today)
        DutySettings.objects.update_or_create(pk=1, defaults={"begins_on": self.begins_on})
        self._read_catalogues()
        self._tell("生成公开义务")
        generate_duties(self.today, now=at(self.today, 0, 1))
        self.places = localities()
        self.owed = owed_items()
        self.owed_by_event = [pair for pair in self.owed if _runs_by_event(pair[1])]
        self._import_old_site()
        self._meet_duties()
        self._correct_and_withdraw()
        self._decide_duties()
        self._leave_work_open()
        send_reminders(self.today, now=at(self.today, 0, 5))
        self._tell("完成", done=True)

    def _tell(self, what: str, n: int = 0, of: int = 0, *, done: bool = False) -> None:
        if self.is_quiet:
            return
        count = f" {n}/{of}" if of else ""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K[demo] {what}{count}" + ("\n" if done else ""))
        elif n % 200 == 1 or not of:
            sys.stderr.write(f"[demo] {what}{count}\n")
        sys.stderr.flush()

    def _read_catalogues(self) -> None:
        """Every catalogue is written as a messy file, read by the importer, settled, confirmed."""
        catalogues = (*county_catalogues(), *township_catalogues())
        step = len(catalogues) // self.scale.n_catalogues
        wanted = [
            catalogue
            for position, catalogue in enumerate(catalogues)
            if position % step == 0 or catalogue.domain == next_edition.DOMAIN
        ]
        now = at(self.begins_on, 14)
        for position, catalogue in enumerate(wanted):
            self._tell("读入标准目录", position + 1, len(wanted))
            name, content = write_catalogue(catalogue, position)
            body = self._keeper(catalogue.body_key)
            stored = store_file(name, content, body=body, by=self.cast.office, now=now)
            for reading in stored.readings:
                leave_unknown(reading, by=self.cast.office, now=now)
                confirm_reading(
                    reading,
                    by=self.cast.office,
                    now=now,
                    effective_from=self.begins_on - dt.timedelta(days=400),
                )

    def _keeper(self, key: str) -> Body:
        if key == "township":
            return self.government
        return Body.objects.select_related("division").get(code=f"yunxi-{key}")

    def _import_old_site(self) -> None:
        """A year of records of the former site, week by week."""
        n_duties = self._duties_to_meet().count()
        n_total = max(0, self.scale.n_disclosures - n_duties - self.scale.n_events)
        days = list(weeks(self.today, self.scale.n_weeks))
        for number, week in enumerate(days):
            self._tell("导入原网站信息", number + 1, len(days))
            share = n_total // len(days) + (1 if number < n_total % len(days) else 0)
            rows = []
            for body, item in self.chance.sample(self.owed, share):
                subject = subject_of(body, item, self.places)
                record = compose(subject, on=week, chance=self.chance)
                rows.append((body, item, record))
            import_old_site(rows, cast=self.cast, government=self.government, week=week)

    def _duties_to_meet(self) -> QuerySet[Duty]:
        return Duty.objects.filter(due_on__lte=self.today, met_at=None, closed_by="")

    def _meet_duties(self) -> None:
        """Most duties are met in time, some late, a few not at all; some arise from events."""
        duties = list(
            Duty.objects.filter(due_on__lte=self.today, met_at=None, closed_by="")
            .select_related("body__division", "item__edition__domain", "event")
            .prefetch_related("item__bases")
            .order_by("due_on", "code")
        )
        for number, duty in enumerate(duties):
            self._tell("编写、审核、发布", number + 1, len(duties))
            fate = self.chance.random()
            if fate > 0.04:
                self._publish(duty, is_late=fate > 0.95)
        n_public = Disclosure.objects.exclude(version=0).count()
        self._publish_events(max(0, self.scale.n_disclosures - n_public))

    def _publish(self, duty: Duty, *, is_late: bool) -> None:
        assert_due = duty.due_on or self.today
        shift = self.chance.randint(2, 15) if is_late else -self.chance.randint(0, 9)
        day = min(assert_due + dt.timedelta(days=shift), self.last_day)
        subject = subject_of(duty.body, duty.item, self.places, period=duty.period)
        record = compose(subject, on=day, chance=self.chance)
        publish_for_duty(duty, record, cast=self.cast, on=day, chance=self.chance)

    @property
    def _n_event_days(self) -> int:
        """Events lie in the time of the register, most of them old enough to be published."""
        return max(4, self.scale.register_days - 20)

    def _publish_events(self, n: int) -> None:
        """Things that happened and were published within their 10 or 20 working days."""
        pairs = self.chance.sample(self.owed_by_event, min(n, len(self.owed_by_event)))
        for number, (body, item) in enumerate(pairs):
            self._tell("事件触发的公开", number + 1, n)
            occurred_on = self.today - dt.timedelta(days=self.chance.randint(3, self._n_event_days))
            duty = duty_for_event(
                body, item, cast=self.cast, occurred_on=occurred_on, title=f"{item.title}形成"
            )
            day = min(occurred_on + dt.timedelta(days=self.chance.randint(1, 14)), self.last_day)
            subject = subject_of(body, item, self.places)
            record = compose(subject, on=day, chance=self.chance)
            publish_for_duty(duty, record, cast=self.cast, on=day, chance=self.chance)

    def _correct_and_withdraw(self) -> None:
        """Some records were corrected, some withdrawn, two of them for privacy."""
        public = list(
            Disclosure.objects.filter(version=1, duty__isnull=False)
            .select_related("body__division", "duty", "domain")
            .order_by("code")
        )
        chosen = self.chance.sample(public, min(len(public), self.scale.n_decided))
        n_corrected = round(len(chosen) * 0.7)
        self._tell("更正与撤回")
        for disclosure in chosen[:n_corrected]:
            day = self.last_day - dt.timedelta(days=self.chance.randint(0, 2))
            published_on = timezone.localdate(disclosure.published_at)
            correct_record(
                disclosure,
                cast=self.cast,
                changes={"summary": disclosure.summary + "（咨询电话已更新）"},
                reason="原公布的咨询电话有误，现予更正。",
                on=max(day, published_on),
            )
        for number, disclosure in enumerate(chosen[n_corrected:]):
            withdraw(
                disclosure,
                by=self.cast.office,
                reason="附件中个人信息处理不当，撤回后重新公布。"
                if number < 2
                else "重复发布，以先前公布的为准。",
                now=at(self.last_day, 16),
                is_privacy=number < 2,
            )

    def _decide_duties(self) -> None:
        """Some open duties are waived, extended, or closed by a statement that nothing occurred."""
        overdue = Duty.objects.filter(due_on__lt=self.today, met_at=None, closed_by="")
        open_duties = list(overdue.select_related("body__division", "item").order_by("code")[:16])
        now = at(self.last_day, 17)
        for duty in open_duties[:3]:
            waive(duty, reason="该事项职能已划转，本机构不再承担。", by=self.cast.office, now=now)
        for duty in open_duties[3:8]:
            if duty.occasion == Duty.Occasion.PERIOD:
                editor = self.cast.teams[duty.body_id].editor
                state_nothing_occurred(
                    duty, reason="本期没有发生此类事项。", by=editor, now=now, today=self.today
                )
        for duty in open_duties[8:10]:
            later = self.today + dt.timedelta(days=20)
            extend_deadline(
                duty,
                due_on=later,
                reason="数据核对未完成，经批准延期。",
                by=self.cast.office,
                now=now,
            )

    def _leave_work_open(self) -> None:
        """What waits on people's desks: events just registered, drafts, records under review."""
        next_edition.send_next_edition(
            self._keeper("minzheng"), by=self.cast.office, now=at(self.last_day, 15)
        )
        own = [pair for pair in self.owed_by_event if pair[0].code == "yunxi-minzheng"]
        n_own, n_open = min(len(own), self.scale.n_open // 3), self.scale.n_open
        others = min(n_open - n_own, len(self.owed_by_event))
        chosen = self.chance.sample(own, n_own) + self.chance.sample(self.owed_by_event, others)
        for (body, item), fate in zip(chosen, itertools.cycle(FATES), strict=False):
            occurred_on = self.last_day - dt.timedelta(days=self.chance.randint(1, 12))
            duty = duty_for_event(
                body, item, cast=self.cast, occurred_on=occurred_on, title=f"{item.title}更新"
            )
            subject = subject_of(body, item, self.places)
            record = compose(subject, on=self.last_day, chance=self.chance)
            if not Disclosure.objects.filter(code=demo_code(duty)).exists():
                self._leave(duty, record, fate=fate)

    def _leave(self, duty: Duty, record: DemoRecord, *, fate: str) -> None:
        """The record stops where its fate says: not begun, a draft, returned, or at a step."""
        team, now = self.cast.teams[duty.body_id], at(self.last_day, 9)
        if fate == "event":
            return
        if fate == "draft":
            create_draft(
                duty.body,
                template=record.template,
                by=team.editor,
                now=now,
                duty=duty,
                changes={"title": record.title, "summary": record.summary},
                code=demo_code(duty),
            )
            return
        with transaction.atomic():
            disclosure = submitted(duty, record, team=team, on=self.last_day, chance=self.chance)
            digest = disclosure.review_decisions.order_by("-pk").values_list("digest", flat=True)[0]
            if fate == "second step":
                approve(disclosure, by=team.reviewers[0], digest=digest, now=now)
            elif fate == "returned":
                comment = "第二段的数字与附件不一致，请核对后再报。"
                return_draft(
                    disclosure, by=team.reviewers[0], digest=digest, comment=comment, now=now
                )


def _runs_by_event(item: Item) -> bool:
    return any(rule.kind in {"workdays_after", "days_after"} for rule in item.deadlines.all())


def has_tables() -> bool:
    """Whether the database was brought up to date at least once."""
    return Body._meta.db_table in connection.introspection.table_names()


def is_built() -> bool:
    """Whether the demo district stands: its government and its last step are there."""
    return (
        Body.objects.filter(code=GOVERNMENT).exists()
        and Disclosure.objects.filter(state=DisclosureState.IN_REVIEW).exists()
    )
