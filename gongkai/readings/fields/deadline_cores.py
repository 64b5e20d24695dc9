"""The cores of deadline phrases: the words that say *when* (20个工作日内, 每季度, 长期 …).

Works on folded text. A core whose number cannot be trusted (a range, two numbers that disagree,
a digit torn apart) is found as ``unknown``, so that nobody reads a wrong number from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from gongkai.readings.fields.folding import Folded
from gongkai.readings.fields.numbers import chinese_number

_CN = "零〇一二两三四五六七八九十百"
_N = rf"(?P<n>[0-9]{{1,6}}|[{_CN}]+)(?:\((?P<n2>[0-9]{{1,6}}|[{_CN}]+)\))?"
_M = rf"(?P<m>[0-9]{{1,2}}|[{_CN}]+)"
_D = rf"(?P<d>[0-9]{{1,2}}|[{_CN}]+)"
_WORK = r"个?(?:法定)?工作(?:日|天)"
_DAY = r"(?:个?(?:自然日|日历日|日历天|公历日)|个?[日天])"
_IN = r"(?:之内|以内|内|之?前不超过)"
_FILL = (
    r"(?:予以|给予|应当|应该|应|须|必须|需要|需|要|将|及时|主动|依法|依规|向全社会|向社会|向公众|对外|"
    r"对社会|进行|首次|全文|全部|统一|集中|并|在网上|在政府网站上?|通过政府网站|通过网站|完成|做好|持续|"
    r"保持|相关信息|有关信息|政府信息|信息|一并|逐项|逐笔|定期)"
)
_VERB = (
    r"(?:公开|公布|公示|发布|更新|公告|反馈|录入|上传|上网|调整|披露|维护|张贴|通报|告知|公佈|上墙|报送)"
    rf"(?!期|时间|不少于|不得少于|至少|[0-9]|[{_CN}]+(?:个|日|天|次))"
)
_TAIL = (
    rf"(?:{_FILL}{{0,6}}{_VERB}[、和并及]?(?={_FILL}|{_VERB})|"
    rf"{_FILL}{{0,6}}{_VERB}(?:完毕|到位|工作)?){{0,4}}"
)
_NOT_LESS = r"(?:不得?少于|不得?低于|至少|不短于|满|为|是|一般为|:)*"
_ONCE = (
    rf"(?:{_FILL}|至少|最少|不少于|不低于|原则上){{0,4}}(?:{_VERB}|公开|公布|公示|更新|发布)?"
    rf"(?:至少|不少于)?(?P<times>[0-9]{{1,2}}|[{_CN}]+)[次期]"
)
_CLOSED = rf"(?:结束|终了)(?:之后|以后|后)的?{_N}(?:(?P<work>{_WORK})|{_DAY})(?:之内|以内|内)"
_AFTER_END = (
    rf"(?:结束|终了|期满)?(?:之后|以后|后)(?:的)?{_N}(?:(?P<work>{_WORK})|{_DAY})(?:之内|以内|内)?"
)
_QUARTER_DAY = (
    r"的?(?:第一个?|首个?|头一?个?|第1个)月份?的?"
    rf"(?:第?{_D}[日号]|(?P<fend>底|末|月底|内))(?:之前|以前|前)?|"
    rf"的?(?P<last>最后一?个?|末|末尾)月份?的?{_D}[日号](?:之前|以前|前)?|"
    r"的?(?P<qend>季?(?:末|底)(?:之前|以前|前|月)?)|" + _AFTER_END
)
_MONTH_DAY = (
    rf"的?{_D}[日号](?:之前|以前|前)?|的?(?P<mend>月?(?:底|末)(?:之前|以前|前)?)|" + _AFTER_END
)
_YEAR_DAY = (
    rf"的?{_M}月份?(?:{_D}[日号](?:之前|以前|前)?|(?P<yend>底|末)(?:之前|以前|前)?|"
    r"(?P<within>内|份内)?(?!前|以前|之前|[0-9、,和至-]))|"
    rf"的?第?(?P<q>[一二三四1234])季度(?:内|末|底)?前?|的?(?P<dec>年?(?:底|末))(?:之前|以前|前)?|"
    + _AFTER_END
)


@dataclass(frozen=True, slots=True)
class Core:
    """A core found in a folded text: its rule fields, its place, and whether a verb follows it."""

    kind: str
    start: int
    end: int
    fields: dict[str, Any] = field(default_factory=dict)
    has_verb: bool = False


def _compiled(*parts: str) -> re.Pattern[str]:
    """The pattern; a group name that alternatives share is numbered: n, n__2, n__3."""
    seen: dict[str, int] = {}

    def numbered(match: re.Match[str]) -> str:
        name = match[1]
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}>" if seen[name] == 1 else f"(?P<{name}__{seen[name]}>"

    return re.compile(re.sub(r"\(\?P<(\w+)>", numbered, "".join(parts)))


_NOT_AT_ONCE = r"(?!之?内|以内|之?后|以后|前)"
_TERM = r"(?:期限?|时间|时长)?"
_AT_LEAST = r"(?:不得?少于|不得?低于|不短于)"
_SHOWN = rf"(?:(?:公示|公告|征求意见){_TERM}{_NOT_LESS}|(?:公布|公开|张贴|展示){_TERM}{_AT_LEAST})"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "quarter",
        _compiled(
            rf"(?:至少)?(?:每一?个?季度?|按季度?|逐季度?)(?:{_QUARTER_DAY})?(?:{_ONCE})?",
        ),
    ),
    (
        "month",
        _compiled(
            rf"(?:至少)?(?:每一?个?(?:自然)?月份?|按月度?|逐月)(?:{_MONTH_DAY})?(?:{_ONCE})?",
        ),
    ),
    ("half", _compiled(rf"(?:至少)?(?:每半年度?|按半年)(?:{_AFTER_END})?(?:{_ONCE})?")),
    (
        "year",
        _compiled(rf"(?:至少)?(?:每一?个?年度?|按年度?|逐年)(?:{_YEAR_DAY})?(?:{_ONCE})?"),
    ),
    ("quarter", _compiled(rf"(?<![上下本第一二三四])季度{_CLOSED}")),
    ("half", _compiled(rf"半年{_CLOSED}")),
    ("month", _compiled(rf"(?<![个次下上本])月度?{_CLOSED}")),
    ("year", _compiled(rf"(?<![上下本0-9])年度{_CLOSED}")),
    ("half", _compiled(rf"(?:一个?)?半年{_ONCE}")),
    ("quarter", _compiled(rf"(?:一个?)?季度?{_ONCE}")),
    ("month", _compiled(rf"(?:一个?)?月{_ONCE}")),
    ("year", _compiled(rf"[一1]年{_ONCE}")),
    ("half", _compiled(r"(?<![上下前后])半年(?=[公更发])")),
    ("next_month", _compiled(rf"(?:次|下)一?个?月(?:的)?{_D}[日号](?:之前|以前|前)?")),
    (
        "odd_period",
        _compiled(
            rf"每隔?(?:[0-9]+|[{_CN}]+)个?(?:年度?|季度|月|周|天|日)(?!前)|",
            r"每个?(?:周|日|天|学期|学年|旬|星期|工作日)|不?定期(?=公|更|发|$)|",
            r"适时|定时|按时|按期|按规定时[间限]",
        ),
    ),
    ("before", _compiled(rf"{_N}{_WORK}(?:之|以)?前")),
    ("before", _compiled(rf"(?:之|以)?前的?{_N}{_WORK}(?!之?内|以内)")),
    ("before", _compiled(rf"(?:至少)?提前{_N}{_WORK}")),
    (
        "odd_before",
        _compiled(
            rf"{_N}{_DAY}(?:之|以)?前|提前{_N}{_DAY}|",
            rf"(?:之|以)?前的?{_N}(?:{_WORK}|{_DAY})(?:之?内|以内)?",
        ),
    ),
    ("notice_work", _compiled(rf"{_SHOWN}{_N}{_WORK}{_NOT_AT_ONCE}")),
    ("notice_day", _compiled(rf"{_SHOWN}{_N}{_DAY}{_NOT_AT_ONCE}")),
    (
        "after_work",
        _compiled(
            rf"{_N}{_WORK}(?:{_IN}|(?!之?后|以后|之?前|以前|以上|左右|起|至|内))",
        ),
    ),
    ("after_day", _compiled(rf"{_N}{_DAY}(?:之内|以内|内)")),
    ("after_week", _compiled(rf"{_N}个?(?:周|星期)(?:之内|以内|内)")),
    ("odd_span", _compiled(rf"(?:{_N}|半)个?(?:月|小时|年|季度)(?:之内|以内|内)")),
    ("realtime", _compiled(r"实时|即时|当[日天](?=[公更发予及内]|$)")),
    (
        "prompt",
        _compiled(
            r"(?:及时|随时|立即|第一时间|尽快)(?:[、,]?(?:准确|全面|如实|真实|完整))*",
            r"(?=$|[^,;。]{0,8}(?:公开|公布|公示|发布|更新|公告|调整|披露|维护))|动态(?:更新|调整)",
        ),
    ),
    (
        "permanent",
        _compiled(
            r"(?:保持|持续)?(?:(?<!延)长期(?!限)|永久|常年|长久)(?:有效|坚持|保留|保存)?|持续(?=公[开示布])",
        ),
    ),
    ("torn", _compiled(r"(?:个工作[日天]?|工作[日天]|(?<=[0-9])个?作日)(?:之|以)?内?")),
)
_NOT_BEFORE_LIMIT = re.compile(r"(?:公示|公告|少于|低于|至少|每隔?|(?<!不)(?<!不得)超过|大于)$")
_TAIL_PATTERN = re.compile(_TAIL)
_LATE_TAIL = re.compile(
    r",(?:(?:予以|及时|应当?|主动|向社会|依法|并|进行)*(?:公开|公布|公示|发布))(?=$|[,;。])"
)


def find_core(whole: Folded, start: int, end: int) -> Core | None:
    """The first core between two places of the folded text, with its tail verbs."""
    best: tuple[str, re.Match[str]] | None = None
    for name, pattern in _PATTERNS:
        match = pattern.search(whole.text, start, end)
        if match is None:
            continue
        if best is None or (match.start(), -match.end()) < (best[1].start(), -best[1].end()):
            best = (name, match)
    return _core(whole, *best, (start, end)) if best else None


def _core(whole: Folded, name: str, match: re.Match[str], within: tuple[int, int]) -> Core:
    tail = _TAIL_PATTERN.match(whole.text, match.end(), within[1])
    stop = tail.end() if tail else match.end()
    has_verb = stop > match.end()
    fields = _fields(name, match) if _is_sound(whole, name, match, within[0]) else None
    if fields is None:
        return Core("unknown", match.start(), stop, {}, has_verb)
    kind = fields.pop("kind")
    return Core(kind, match.start(), stop, fields, has_verb)


def late_tail(text: str, start: int, end: int) -> int:
    """The end of a ``,予以公开`` that only completes the core before it, else ``start``."""
    match = _LATE_TAIL.match(text, start, end)
    return match.end() if match else start


def _group(match: re.Match[str], name: str) -> str | None:
    found = _group_name(match, name)
    return match[found] if found else None


def _group_name(match: re.Match[str], name: str) -> str | None:
    """The numbered form of the group that took part in the match."""
    for found, value in match.groupdict().items():
        if value and found.split("__")[0] == name:
            return found
    return None


def _is_sound(whole: Folded, name: str, match: re.Match[str], low: int) -> bool:
    """Whether every number of the match stands alone and whole.

    公示5个工作日内 is not sound (within five days, or for five days?), nor is 不少于5个工作日.
    """
    if name.startswith("after") and _NOT_BEFORE_LIMIT.search(whole.text[low : match.start()]):
        return False
    for group in ("n", "m", "d", "times"):
        found = _group_name(match, group)
        if found is None:
            continue
        start, end = match.span(found)
        if any(whole.gap_before(index) for index in range(start + 1, end)):
            return False
        if not _stands_alone(whole.text[low:start]):
            return False
    first, second = _group(match, "n"), _group(match, "n2")
    return second is None or chinese_number(first or "") == chinese_number(second)


def _stands_alone(head: str) -> bool:
    """Whether no other number runs into the one that follows ``head``."""
    before, earlier = head[-1:], head[-2:-1]
    if before and (before.isdigit() or before in "-~—–－*×+_Xx%Oo#?…"):
        return False
    is_number = bool(earlier) and (earlier.isdigit() or earlier in _CN)
    return not (is_number and before in "至到或、,./(")


def _number(match: re.Match[str], name: str, low: int, high: int) -> int | None:
    found = _group(match, name)
    value = chinese_number(found) if found else None
    return value if value is not None and low <= value <= high else None


def _fields(name: str, match: re.Match[str]) -> dict[str, Any] | None:
    """The rule fields that a match gives, or None where its numbers make no sense."""
    if name in {"quarter", "month", "half", "year", "next_month"}:
        return _periodic(name, match)
    if name in {"realtime", "prompt", "permanent"}:
        return {"kind": name}
    counted = _COUNTED.get(name)
    n = _number(match, "n", 1, 366)
    if counted is None or n is None:
        return None
    kind, unit, factor = counted
    return {"kind": kind, "n": n * factor, "unit": unit}


_COUNTED = {
    "before": ("workdays_before", "workday", 1),
    "after_work": ("workdays_after", "workday", 1),
    "after_day": ("days_after", "day", 1),
    "after_week": ("days_after", "day", 7),
    "notice_work": ("notice_period", "workday", 1),
    "notice_day": ("notice_period", "day", 1),
}


def _periodic(name: str, match: re.Match[str]) -> dict[str, Any] | None:
    if _group(match, "times") and _number(match, "times", 1, 1) is None:
        return None
    fields: dict[str, Any] = {"kind": "periodic", "every": name}
    if _group(match, "n"):
        n = _number(match, "n", 1, 366)
        unit = "workday" if _group(match, "work") else "day"
        return None if n is None else fields | {"n": n, "unit": unit, "day_rule": "after_end"}
    if name == "next_month":
        day = _number(match, "d", 1, 31)
        return None if day is None else fields | {"every": "month", "day_rule": f"next_month:{day}"}
    rule = {"quarter": _quarter_rule, "month": _month_rule, "year": _year_rule}.get(name)
    day_rule = rule(match) if rule else None
    if day_rule == "":
        return None
    return fields | ({"day_rule": day_rule} if day_rule else {})


def _quarter_rule(match: re.Match[str]) -> str | None:
    if _group(match, "d"):
        day = _number(match, "d", 1, 31)
        month = "last_month" if _group(match, "last") else "first_month"
        return f"{month}:{day}" if day else ""
    return "first_month:end" if _group(match, "fend") else None


def _month_rule(match: re.Match[str]) -> str | None:
    if _group(match, "d"):
        day = _number(match, "d", 1, 31)
        return f"day:{day}" if day else ""
    return "day:end" if _group(match, "mend") else None


def _year_rule(match: re.Match[str]) -> str | None:
    if _group(match, "m"):
        month = _number(match, "m", 1, 12)
        day = _number(match, "d", 1, 31) if _group(match, "d") else 0
        if month is None or day is None:
            return ""
        return f"month:{month}:{day or 'end'}"
    if quarter := _group(match, "q"):
        return f"month:{(chinese_number(quarter) or 0) * 3}:end"
    return "month:12:end" if _group(match, "dec") else None
