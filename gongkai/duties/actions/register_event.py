"""Register that something happened which must be published: its duties follow at once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.catalogue.models import DeadlineRule, Edition, Item
from gongkai.duties.actions.generate_duties import store_duties
from gongkai.duties.deadlines import Deadline, DeadlineBook
from gongkai.duties.expected import items_with_rules_of, new_duty
from gongkai.duties.models import Duty, DutyEvent
from gongkai.duties.planning import event_rules, falls_back_to_law
from gongkai.duties.signing import without_control_signs
from gongkai.places.models import Body

LONGEST_TITLE = 200


def register_event(
    body: Body,
    item: Item,
    *,
    title: str,
    occurred_on: dt.date,
    by: User | None,
    now: dt.datetime,
    subject: str | None = None,
) -> list[Duty]:
    """The event is on record and its duties exist with dated deadlines.

    Where the item has rules for several subjects (执法决定信息 …), ``subject`` chooses one; None
    makes a duty for each. An item without a usable rule runs by the Regulation's 20 working
    days (art. 26), marked as inferred. ``by`` None is for imports that were authorised before.
    Registering the same title of the same day again returns the duties at hand.
    Raises: ``Forbidden``; ``duties.item_not_owed`` when the body does not owe the item now;
    ``duties.no_event_rule`` when the item is owed per period only; ``duties.unknown_subject``;
    ``duties.title_missing``, ``duties.title_too_long``.
    """
    if by is not None:
        check_may(by, Act.WRITE, body)
    text = _checked_title(title)
    owed = _owed_item(body, item)
    chosen = _chosen_rules(list(owed.deadlines.all()), subject)
    book = DeadlineBook.for_district()
    with transaction.atomic():
        event, _created = DutyEvent.objects.get_or_create(
            body=body,
            item=owed,
            title=text,
            occurred_on=occurred_on,
            defaults={"registered_at": now, "registered_by": by},
        )
        store_duties(
            _event_duty(event, rule=rule, subject=of, book=book, now=now)
            for of, rule in chosen.items()
            if not Duty.objects.filter(event=event, subject=of).exists()
        )
    return list(Duty.objects.filter(event=event).select_related("item", "body", "event"))


def _checked_title(title: str) -> str:
    text = " ".join(without_control_signs(title).split())
    if not text:
        raise Refused("duties.title_missing")
    if len(text) > LONGEST_TITLE:
        raise Refused("duties.title_too_long", limit=LONGEST_TITLE)
    return text


def _owed_item(body: Body, item: Item) -> Item:
    """The row in force of the item's key, when ``body`` owes it."""
    rows = items_with_rules_of(
        Item.objects.filter(
            key=item.key, edition__state=Edition.State.IN_FORCE, item_bodies__body=body
        ).distinct()
    )
    if not rows:
        raise Refused("duties.item_not_owed", item=item.title, body=body.name)
    return rows[0]


def _chosen_rules(rules: list[DeadlineRule], subject: str | None) -> dict[str, DeadlineRule | None]:
    if falls_back_to_law(rules):
        chosen: dict[str, DeadlineRule | None] = {"": None}
    else:
        chosen = dict(event_rules(rules))
    if not chosen:
        raise Refused("duties.no_event_rule")
    if subject is None:
        return chosen
    if subject not in chosen:
        raise Refused("duties.unknown_subject", subject=subject, subjects=sorted(chosen))
    return {subject: chosen[subject]}


def _event_duty(
    event: DutyEvent,
    *,
    rule: DeadlineRule | None,
    subject: str,
    book: DeadlineBook,
    now: dt.datetime,
) -> Duty:
    deadline: Deadline = (
        book.after_event(rule, occurred_on=event.occurred_on)
        if rule is not None
        else book.by_law(occurred_on=event.occurred_on)
    )
    duty = new_duty(
        item=event.item,
        body=event.body,
        rule=rule,
        occasion=Duty.Occasion.EVENT,
        subject=subject,
        deadline=deadline,
        now=now,
        identity=f"event {event.pk}",
    )
    duty.event = event
    return duty
