"""Compute the dates of duties at hand anew, where their rule or the calendar changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.catalogue.models import DeadlineRule, Item
from gongkai.duties.deadlines import Deadline, DeadlineBook, Span, cycle_of
from gongkai.duties.models import Duty, DutyDecision
from gongkai.duties.planning import (
    event_rules,
    falls_back_to_law,
    period_rules,
    standing_plans,
)
from gongkai.duties.signing import signed_decision

REDATED_FIELDS = (
    "item", "item_key", "rule", "due_on", "is_provisional", "is_inferred", "steps",
    "closed_by", "closed_at",
)  # fmt: skip
"""What redating and following an edition may change of a duty."""


@dataclass(slots=True)
class Changes:
    """Duties to be stored again and the decisions that say why."""

    duties: list[Duty] = field(default_factory=list)
    decisions: list[DutyDecision] = field(default_factory=list)

    def store(self) -> None:
        """The changes are in the database: two statements per batch. Inside a transaction."""
        Duty.objects.bulk_update(self.duties, REDATED_FIELDS, batch_size=100)
        DutyDecision.objects.bulk_create(self.decisions, batch_size=500)


def rule_for(duty: Duty, rules: Sequence[DeadlineRule]) -> tuple[DeadlineRule | None, bool]:
    """The rule among ``rules`` that asks for ``duty``, and whether any does.

    ``(None, True)`` is an event that runs by the law itself (art. 26).
    """
    found: DeadlineRule | None = None
    if duty.occasion == Duty.Occasion.PERIOD:
        cycle = cycle_of(duty.period)
        found = next(
            (
                rule
                for rule in period_rules(rules)
                if rule.subject == duty.subject and rule.every == cycle
            ),
            None,
        )
    elif duty.occasion == Duty.Occasion.STANDING:
        plans = (plan for plan in standing_plans(rules) if plan.subject == duty.subject)
        found = next((plan.rule for plan in plans), None)
    else:
        found = event_rules(rules).get(duty.subject)
        if found is None and not duty.subject and falls_back_to_law(rules):
            return None, True
    return found, found is not None


def deadline_of(
    duty: Duty, *, rule: DeadlineRule | None, rules: Sequence[DeadlineRule], book: DeadlineBook
) -> Deadline:
    """The deadline of ``duty`` by ``rule`` (see ``rule_for``) and today's calendar."""
    if duty.occasion == Duty.Occasion.EVENT and duty.event is not None:
        if rule is None:
            return book.by_law(occurred_on=duty.event.occurred_on)
        return book.after_event(rule, occurred_on=duty.event.occurred_on)
    starts_on = duty.period_starts_on or duty.created_at.date()
    if duty.occasion == Duty.Occasion.PERIOD and rule is not None:
        return book.for_period(rule, Span(duty.period, starts_on, duty.period_ends_on))
    plan = next(plan for plan in standing_plans(rules) if plan.subject == duty.subject)
    return book.first_publication(plan, starts_on=starts_on)


def redate(
    duty: Duty,
    *,
    rule: DeadlineRule | None,
    item: Item,
    book: DeadlineBook,
    reason: str,
    now: dt.datetime,
    changes: Changes,
) -> bool:
    """Put the date anew into ``duty`` and note why; False when nothing is different."""
    deadline = deadline_of(duty, rule=rule, rules=list(item.deadlines.all()), book=book)
    steps = list(deadline.steps)
    before = (duty.due_on, duty.is_provisional, duty.steps)
    if before == (deadline.due_on, deadline.is_provisional, steps):
        return False
    if duty.due_on != deadline.due_on:
        changes.decisions.append(
            signed_decision(
                duty,
                kind=DutyDecision.Kind.RECOMPUTED,
                reason=reason,
                by=None,
                now=now,
                due_on=deadline.due_on,
            )
        )
    duty.due_on = deadline.due_on
    duty.is_provisional = deadline.is_provisional
    duty.is_inferred = deadline.is_inferred
    duty.steps = steps
    duty.rule = rule
    return True


def extended_ids(duties: Iterable[Duty]) -> set[int]:
    """Ids of those duties whose date a person set: it is not computed over."""
    return set(
        DutyDecision.objects.filter(
            duty__in=[duty.pk for duty in duties], kind=DutyDecision.Kind.EXTENDED
        ).values_list("duty_id", flat=True)
    )
