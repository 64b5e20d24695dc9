"""Factories of duties, events, evidence and reminders."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from gongkai.accounts.tests.factories import UserFactory
from gongkai.catalogue.tests.factories import ItemFactory
from gongkai.duties.models import Duty, DutyChannel, DutyEvent, Evidence, Reminder

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
NOON = dt.time(12, tzinfo=SHANGHAI)
CREATED_AT = dt.datetime(2026, 7, 1, 9, 0, tzinfo=SHANGHAI)


class DutyEventFactory(DjangoModelFactory[DutyEvent]):
    """A document that was issued on 2026-09-18."""

    class Meta:
        model = DutyEvent

    item = factory.SubFactory(ItemFactory)
    body = factory.LazyAttribute(lambda o: o.item.edition.body)
    title = factory.Sequence(lambda n: f"印发《云溪区城乡低保实施办法（{n}）》")
    occurred_on = dt.date(2026, 9, 18)
    registered_at = dt.datetime(2026, 9, 18, 15, 0, tzinfo=SHANGHAI)


class DutyFactory(DjangoModelFactory[Duty]):
    """An open duty of the third quarter of 2026, due 2026-09-30, with the website required.

    Traits: ``met`` (on 2026-09-20), ``met_late`` (2026-10-15), ``waived``, ``nothing``,
    ``repealed``, ``standing`` (no date), ``by_event``. ``channels=["website", "board"]``
    replaces the channels; only the website is required.
    """

    class Meta:
        model = Duty
        skip_postgeneration_save = True

    class Params:
        met = factory.Trait(
            met_at=dt.datetime(2026, 9, 20, 10, 0, tzinfo=SHANGHAI), met_on=dt.date(2026, 9, 20)
        )
        met_late = factory.Trait(
            met_at=dt.datetime(2026, 10, 15, 10, 0, tzinfo=SHANGHAI), met_on=dt.date(2026, 10, 15)
        )
        waived = factory.Trait(closed_by="waived", closed_at=CREATED_AT)
        nothing = factory.Trait(closed_by="nothing", closed_at=CREATED_AT)
        repealed = factory.Trait(closed_by="repealed", closed_at=CREATED_AT)
        standing = factory.Trait(
            occasion=Duty.Occasion.STANDING, period="", period_ends_on=None, due_on=None
        )
        by_event = factory.Trait(
            occasion=Duty.Occasion.EVENT,
            period="",
            period_starts_on=None,
            period_ends_on=None,
            event=factory.SubFactory(
                DutyEventFactory, item=factory.SelfAttribute("..item"),
                body=factory.SelfAttribute("..body"),
            ),
            due_on=dt.date(2026, 10, 22),
        )  # fmt: skip

    code = factory.Sequence(lambda n: f"duty{n:08d}")
    item = factory.SubFactory(ItemFactory)
    body = factory.LazyAttribute(lambda o: o.item.edition.body)
    item_key = factory.LazyAttribute(lambda o: o.item.key)
    occasion = Duty.Occasion.PERIOD
    period = "2026Q3"
    period_starts_on = dt.date(2026, 7, 1)
    period_ends_on = dt.date(2026, 9, 30)
    due_on = dt.date(2026, 9, 30)
    created_at = CREATED_AT

    @factory.post_generation
    def channels(
        duty: Duty,  # noqa: N805
        create: bool,
        extracted: list[str] | None,
        **_: Any,
    ) -> None:
        """The channels of the duty."""
        for code in ("website",) if extracted is None else extracted:
            DutyChannel.objects.create(
                duty=duty,
                code=code,
                label="政府网站" if code == "website" else code,
                is_required=code == "website",
                met_at=duty.met_at if code == "website" else None,
            )


class EvidenceFactory(DjangoModelFactory[Evidence]):
    """A fetched page as proof for the website."""

    class Meta:
        model = Evidence

    duty = factory.SubFactory(DutyFactory)
    channel_code = "website"
    revision_digest = factory.Sequence(lambda n: f"{n:064x}")
    kind = "web_fetch"
    url = "http://127.0.0.1:8000/d/abc/"
    captured_at = dt.datetime(2026, 9, 20, 10, 0, tzinfo=SHANGHAI)


class ReminderFactory(DjangoModelFactory[Reminder]):
    """An unread reminder that a duty comes due."""

    class Meta:
        model = Reminder

    duty = factory.SubFactory(DutyFactory)
    user = factory.SubFactory(UserFactory)
    kind = Reminder.Kind.COMING
    due_on = factory.LazyAttribute(lambda o: o.duty.due_on)
    lead_days = 5
    created_at = dt.datetime(2026, 9, 25, 2, 0, tzinfo=SHANGHAI)
