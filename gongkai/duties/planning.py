"""Which duties the deadline rules of an item ask for: per period, standing, after an event. Pure.

An item has a list of rules, some for a *subject* only (执法决定信息 …). For every subject
they are taken together: 长期公开 with 20个工作日内 is one standing duty with a limit for the first
publication, not two duties. How a rule becomes a date is told by ``duties.rules``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

NUMBERED_KINDS = ("workdays_after", "days_after")
EVENT_KINDS = (*NUMBERED_KINDS, "workdays_before", "at_event", "realtime", "prompt")


class Rule(Protocol):
    """What planning reads of a deadline rule (``catalogue.DeadlineRule`` has it)."""

    kind: str
    n: int | None
    unit: str
    trigger: str
    every: str
    day_rule: str
    subject: str
    condition: str


AnyRule = TypeVar("AnyRule", bound=Rule)


@dataclass(frozen=True, slots=True)
class StandingPlan(Generic[AnyRule]):
    """A standing duty: ``rule`` makes it stand, ``limit`` dates its first publication."""

    subject: str
    rule: AnyRule
    limit: AnyRule | None


def rule_facts(rule: Rule) -> tuple[object, ...]:
    """What of a rule decides a date; equal facts mean that nothing has to be computed anew."""
    return (rule.kind, rule.n, rule.unit, rule.trigger, rule.every, rule.day_rule)


def _by_subject(rules: Iterable[AnyRule]) -> dict[str, list[AnyRule]]:
    """Rules that hold without a condition, by subject, in the order of the source.

    A conditional rule (集体财务往来较多的，应每月公布) binds only where the condition holds; the
    register cannot know that, so it makes no duty by itself.
    """
    grouped: dict[str, list[AnyRule]] = {}
    for rule in rules:
        if not rule.condition:
            grouped.setdefault(rule.subject, []).append(rule)
    return grouped


def period_rules(rules: Iterable[AnyRule]) -> list[AnyRule]:
    """The periodic rules with a known cycle: at most one per subject and cycle."""
    chosen: dict[tuple[str, str], AnyRule] = {}
    for subject, group in _by_subject(rules).items():
        for rule in group:
            if rule.kind == "periodic" and rule.every:
                chosen.setdefault((subject, rule.every), rule)
    return list(chosen.values())


def standing_plans(rules: Iterable[AnyRule]) -> list[StandingPlan[AnyRule]]:
    """The standing duties: what is permanent, and what is owed promptly without other rules."""
    plans: list[StandingPlan[AnyRule]] = []
    for subject, group in _by_subject(rules).items():
        kinds = {rule.kind: rule for rule in reversed(group)}  # the first of a kind wins
        limit = next((rule for rule in group if rule.kind in NUMBERED_KINDS), None)
        if "permanent" in kinds:
            limit = limit or kinds.get("prompt") or kinds.get("realtime")
            plans.append(StandingPlan(subject, kinds["permanent"], limit))
        elif _is_standing_prompt(kinds.get("prompt")) and limit is None and "periodic" not in kinds:
            plans.append(StandingPlan(subject, kinds["prompt"], kinds["prompt"]))
    return plans


def _is_standing_prompt(rule: Rule | None) -> bool:
    """及时公开 stands by itself; 重大决策作出后及时公开 waits for its event."""
    return rule is not None and rule.trigger in {"", "formed_or_changed"}


def event_rules(rules: Iterable[AnyRule]) -> dict[str, AnyRule]:
    """For each subject the rule that an event starts: one with a number before one without."""
    chosen: dict[str, AnyRule] = {}
    for subject, group in _by_subject(rules).items():
        ranked = sorted(
            (rule for rule in group if rule.kind in EVENT_KINDS),
            key=lambda rule: EVENT_KINDS.index(rule.kind),
        )
        if ranked:
            chosen[subject] = ranked[0]
    return chosen


def falls_back_to_law(rules: Sequence[Rule]) -> bool:
    """Whether an event of the item runs by the Regulation's own limit (art. 26), as inferred.

    So where the source gives no rule that an event could start, and no cycle either.
    """
    return not event_rules(rules) and not period_rules(rules)


def is_without_duty(rules: Sequence[Rule]) -> bool:
    """Whether no duty can come of these rules: none given, or none understood."""
    return not (event_rules(rules) or period_rules(rules) or standing_plans(rules))
