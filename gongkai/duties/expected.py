"""The duties that one edition asks for, as unsaved rows: items × bodies × occasions.

Everything is loaded once per edition; a date is computed once per rule and period and then shared
by all bodies that owe the item.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from gongkai.catalogue.models import DeadlineRule, Edition, Item, ItemBody, ItemChannel
from gongkai.duties.channels import WantedChannel, wanted_channels
from gongkai.duties.deadlines import Deadline, DeadlineBook, Span
from gongkai.duties.models import Duty
from gongkai.duties.planning import period_rules, standing_plans
from gongkai.places.models import Body

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's digits: none is taken for another when a code is read out."""

CODE_LENGTH = 12


def duty_code(*parts: str) -> str:
    """The public code of a duty: 60 bits of the SHA-256 of what makes it unique."""
    number = int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:8], "big") >> 4
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(CODE_LENGTH))


@dataclass(frozen=True, slots=True)
class Expectation:
    """When an edition's items are counted from, and up to which day periods may begin."""

    edition: Edition
    starts_on: dt.date
    until: dt.date
    now: dt.datetime


def items_with_rules(edition: Edition) -> list[Item]:
    """The items of ``edition`` that must be published unasked, with rules, bodies and channels.

    Four queries. An item of which the source does not tell whether it is proactive counts as such.
    """
    return items_with_rules_of(Item.objects.filter(edition=edition).order_by("position"))


def items_with_rules_of(items: QuerySet[Item]) -> list[Item]:
    """Those of ``items`` that must be published unasked, loaded as ``items_with_rules`` does."""
    return list(
        items.exclude(is_proactive=False)
        .select_related("edition__domain")
        .prefetch_related(
            Prefetch("deadlines", DeadlineRule.objects.order_by("position")),
            Prefetch(
                "item_bodies",
                ItemBody.objects.filter(body__isnull=False)
                .select_related("body")
                .order_by("position"),
            ),
            Prefetch("channels", ItemChannel.objects.filter(is_ticked=True).order_by("position")),
        )
    )


def bodies_of(item: Item) -> list[Body]:
    """The matched bodies of an item (loaded by ``items_with_rules``), each once."""
    return list({row.body_id: row.body for row in item.item_bodies.all() if row.body}.values())


def channels_of(item: Item) -> tuple[WantedChannel, ...]:
    """The channels that a duty of the item lists."""
    return wanted_channels((row.code, row.label) for row in item.channels.all())


def new_duty(  # the facts of one duty; everything else follows from them
    *,
    item: Item,
    body: Body,
    rule: DeadlineRule | None,
    occasion: str,
    subject: str,
    deadline: Deadline,
    now: dt.datetime,
    span: Span | None = None,
    identity: str = "",
) -> Duty:
    """An unsaved duty with its code; ``identity`` stands for the period where there is none."""
    period = span.label if span and occasion == Duty.Occasion.PERIOD else ""
    return Duty(
        code=duty_code(body.code, item.key, identity or period, subject),
        body=body,
        item=item,
        item_key=item.key,
        rule=rule,
        occasion=occasion,
        subject=subject,
        period=period,
        period_starts_on=span.starts_on if span else None,
        period_ends_on=span.ends_on if span else None,
        due_on=deadline.due_on,
        is_provisional=deadline.is_provisional,
        is_inferred=deadline.is_inferred,
        steps=list(deadline.steps),
        created_at=now,
    )


def expected_duties(item: Item, *, asked: Expectation, book: DeadlineBook) -> Iterator[Duty]:
    """Every duty for a period and every standing duty that ``item`` asks of its bodies by now."""
    bodies = bodies_of(item)
    if not bodies:
        return
    rules = list(item.deadlines.all())
    for rule in period_rules(rules):
        for span in book.spans(rule.every, since=asked.starts_on, until=asked.until):
            deadline = book.for_period(rule, span)
            if deadline.due_on is not None and deadline.due_on < asked.starts_on:
                continue  # due before the catalogue took effect
            for body in bodies:
                if _exists_during(body, span.starts_on, span.ends_on):
                    yield new_duty(
                        item=item, body=body, rule=rule, occasion=Duty.Occasion.PERIOD,
                        subject=rule.subject, deadline=deadline, now=asked.now, span=span,
                    )  # fmt: skip
    for plan in standing_plans(rules):
        deadline = book.first_publication(plan, starts_on=asked.starts_on)
        for body in bodies:
            if _exists_during(body, asked.until, None):
                yield new_duty(
                    item=item, body=body, rule=plan.rule, occasion=Duty.Occasion.STANDING,
                    subject=plan.subject, deadline=deadline, now=asked.now,
                    span=Span("", asked.starts_on, None),
                )  # fmt: skip


def _exists_during(body: Body, starts_on: dt.date, ends_on: dt.date | None) -> bool:
    is_dissolved = body.valid_until is not None and body.valid_until < starts_on
    is_to_come = body.valid_from is not None and ends_on is not None and body.valid_from > ends_on
    return not is_dissolved and not is_to_come
