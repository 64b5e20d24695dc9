"""The steps by which a due date comes about, and their words in Chinese and English. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.duties.periods import Period, period_named

FORMED_OR_CHANGED = "formed_or_changed"
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a computation; the facts are plain JSON values (days as ISO text)."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The step as it is stored with a duty."""
        return {"code": self.code, "facts": dict(self.facts)}


def explain(steps: Iterable[Step | Mapping[str, Any]], language: str = "zh-hans") -> list[str]:
    """The steps in words, one text a step, in the order of the computation.

    Example: ["形成于 2026-09-18", "+20 个工作日(不计当日;10月1–7日放假;…)", "2026-10-22"].
    """
    is_english = language.startswith("en")
    return [text for step in steps if (text := _words(step, is_english))]


def explain_sentence(steps: Iterable[Step | Mapping[str, Any]], language: str = "zh-hans") -> str:
    """The steps in one line, joined by arrows."""
    return " → ".join(explain(steps, language))


def _words(step: Step | Mapping[str, Any], is_english: bool) -> str:
    code, facts = (
        (step.code, step.facts)
        if isinstance(step, Step)
        else (
            str(step.get("code", "")),
            step.get("facts") or {},
        )
    )
    words = _WORDS.get(code)
    return words[is_english](facts) if words else ""


# ---- days in words ------------------------------------------------------------------------------


def _day(on: str) -> dt.date:
    return dt.date.fromisoformat(on)


def _range_zh(first: dt.date, last: dt.date) -> str:
    if first == last:
        return f"{first.month}月{first.day}日"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.month}月{first.day}–{last.day}日"
    return f"{first.month}月{first.day}日–{last.month}月{last.day}日"


def _range_en(first: dt.date, last: dt.date) -> str:
    end = f"{last.day} {_MONTHS[last.month - 1]}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{first.day} {_MONTHS[first.month - 1]} – {end}"


def _listed_en(texts: list[str]) -> str:
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def _special_zh(facts: Mapping[str, Any]) -> list[str]:
    """The days off and the make-up days that a count met."""
    parts = []
    if off := facts.get("off"):
        parts.append("、".join(_range_zh(_day(a), _day(b)) for a, b in off) + "放假")
    if worked := facts.get("worked"):
        parts.append("、".join(_range_zh(_day(on), _day(on)) for on in worked) + "调休上班")
    return parts


def _special_en(facts: Mapping[str, Any]) -> list[str]:
    parts = []
    if off := facts.get("off"):
        parts.append(_listed_en([_range_en(_day(a), _day(b)) for a, b in off]) + " off")
    if worked := facts.get("worked"):
        parts.append(_listed_en([_range_en(_day(on), _day(on)) for on in worked]) + " worked")
    return parts


# ---- each step in words -------------------------------------------------------------------------


def _event_zh(facts: Mapping[str, Any]) -> str:
    trigger = facts.get("trigger")
    if not trigger or trigger == FORMED_OR_CHANGED:
        return f"形成于 {facts['on']}"
    return f"{trigger}:{facts['on']}"


def _event_en(facts: Mapping[str, Any]) -> str:
    trigger = facts.get("trigger")
    if not trigger or trigger == FORMED_OR_CHANGED:
        return f"formed {facts['on']}"
    return f"{trigger} {facts['on']}"


def _workdays_zh(facts: Mapping[str, Any]) -> str:
    notes = ";".join(["不计当日", *_special_zh(facts)])
    return f"{facts.get('sign', '+')}{facts['n']} 个工作日({notes})"


def _workdays_en(facts: Mapping[str, Any]) -> str:
    unit = "working day" if facts["n"] == 1 else "working days"
    return ", ".join([f"{facts.get('sign', '+')}{facts['n']} {unit}", *_special_en(facts)])


def _days_en(facts: Mapping[str, Any]) -> str:
    return f"+{facts['n']} {'day' if facts['n'] == 1 else 'days'}"


def _rolled_zh(facts: Mapping[str, Any]) -> str:
    return ";".join([f"{facts['from']} 为休息日,顺延至下一个工作日", *_special_zh(facts)])


def _rolled_en(facts: Mapping[str, Any]) -> str:
    return ", ".join(
        [f"{facts['from']} is a day off, moved to the next working day", *_special_en(facts)]
    )


def _period_name(facts: Mapping[str, Any], language: str) -> str:
    period: Period | None = period_named(str(facts.get("period", "")))
    return period.name(language) if period else str(facts.get("period", ""))


def _day_rule_zh(facts: Mapping[str, Any]) -> str:
    name, _, day = str(facts.get("rule", "")).partition(":")
    month, _, day_of_month = day.partition(":")
    spoken = {"first_month": "首月", "last_month": "末月", "next_month": "次月", "day": "当月"}
    if name in spoken:
        return f"{spoken[name]}{'末日' if day == 'end' else day + '日'}"
    if name == "month":
        return f"{month}月{'末日' if day_of_month == 'end' else day_of_month + '日'}"
    return "本期最后一日"


def _day_rule_en(facts: Mapping[str, Any]) -> str:
    name, _, day = str(facts.get("rule", "")).partition(":")
    month, _, day_of_month = day.partition(":")
    spoken = {
        "first_month": "of its first month", "last_month": "of its last month",
        "next_month": "of the month after it", "day": "of the month",
    }  # fmt: skip
    if name in spoken:
        return f"{'last day' if day == 'end' else 'day ' + day} {spoken[name]}"
    if name == "month":
        number = int(month) if month.isdigit() and 1 <= int(month) <= 12 else 1
        return f"{'end of' if day_of_month == 'end' else day_of_month} {_MONTHS[number - 1]}"
    return "last day of the period"


def _years(facts: Mapping[str, Any]) -> str:
    return "、".join(str(year) for year in facts.get("years", ()))


def _shown_zh(facts: Mapping[str, Any]) -> str:
    unit = "个工作日" if facts.get("unit") == "workday" else "日"
    return (
        "(".join([f"公示 {facts['n']} {unit}", ";".join(["不计当日", *_special_zh(facts)])]) + ")"
    )


def _shown_en(facts: Mapping[str, Any]) -> str:
    unit = "working days" if facts.get("unit") == "workday" else "days"
    return ", ".join([f"on display for {facts['n']} {unit}", *_special_en(facts)])


_Words = tuple[Callable[[Mapping[str, Any]], str], Callable[[Mapping[str, Any]], str]]
_WORDS: dict[str, _Words] = {
    "event": (_event_zh, _event_en),
    "workdays": (_workdays_zh, _workdays_en),
    "days": (lambda facts: f"+{facts['n']} 日(不计当日)", _days_en),
    "rolled": (_rolled_zh, _rolled_en),
    "period": (
        lambda facts: _period_name(facts, "zh-hans"),
        lambda facts: _period_name(facts, "en"),
    ),
    "day_rule": (_day_rule_zh, _day_rule_en),
    "period_end": (
        lambda facts: f"期满于 {facts['on']}",
        lambda facts: f"period ends {facts['on']}",
    ),
    "same_day": (lambda facts: "当日公开", lambda facts: "on the same day"),
    "notice": (_shown_zh, _shown_en),
    "inferred": (
        lambda facts: "原文未写天数,按《政府信息公开条例》第二十六条推定",
        lambda facts: "no number in the source, inferred from art. 26 of the Regulation",
    ),
    "standing": (lambda facts: "长期公开,没有截止日期", lambda facts: "standing, no due date"),
    "unknown": (
        lambda facts: "时限未能识别,无法推算日期",
        lambda facts: "the limit is not understood, no date follows",
    ),
    "provisional": (
        lambda facts: f"{_years(facts)}年放假安排尚未公布,暂按周一至周五计算",
        lambda facts: f"the plan of {_years(facts)} is not published, Monday to Friday assumed",
    ),
    "due": (lambda facts: str(facts["on"]), lambda facts: str(facts["on"])),
}
