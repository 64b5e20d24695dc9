"""The deadline phrase of a row (公开时限): every rule that it states, never a guessed number.

The words are cut into parts at commas and brackets; each part is searched for cores
(``deadline_cores``); the words before a core give trigger, subject and condition
(``deadline_prefixes``). What cannot be understood is an ``unknown`` rule or left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from gongkai.readings.fields.deadline_cores import Core, find_core, late_tail
from gongkai.readings.fields.deadline_prefixes import (
    Prefix,
    is_filler,
    is_object,
    read_prefix,
)
from gongkai.readings.fields.folding import Folded, fold
from gongkai.readings.fields.nesting import depths
from gongkai.readings.reading import Deadline


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """The rules in the order of the source, and the words that none of them covers.

    A rule of kind ``unknown`` and a leftover each mean a question to a person.
    """

    rules: tuple[Deadline, ...] = ()
    leftover: str = ""


@dataclass(slots=True)
class _Scan:
    whole: Folded
    context: str
    rules: list[Deadline] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)  # end of each rule's words in the folded text
    starts: list[int] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    is_torn: bool = False  # alternatives (实时或每月): nobody can tell which rule holds

    def add(self, rule: Deadline, start: int, end: int) -> None:
        self.rules.append(rule)
        self.starts.append(start)
        self.ends.append(end)

    def extend_last(self, end: int) -> None:
        """The last rule's words reach to ``end`` (a filler or an override clause follows it)."""
        self.ends[-1] = end
        raw = self.whole.source(self.starts[-1], end)
        self.rules[-1] = replace(self.rules[-1], raw=raw)


_MOST_CHARACTERS = 1000
"""A longer cell is no deadline; the longest seen have a tenth of it."""
_OVERRIDE = re.compile(
    r"\([^()]{0,40}另有规定[^()]{0,20}\)|"
    r"(?:但)?(?:[国法上]|有关)[^。;()]{0,40}?另有规定的?(?:,?(?:从其规定|除外|依照其规定|按其规定(?:执行)?|"
    r"适用其规定|依其规定|按照?规定执行))?|(?:法律|法规)[^。;()]{0,30}?规定的?,?从其规定"
)
_TIME_WORDS = re.compile(r"[日月年季周天时]|工作|期限|时限|长期|永久|按照?规定|按要求|依照?规定")
_AT_EVENT = re.compile(
    r"(?P<subject>[^在]*?)(?:在|于)?(?P<event>[^在]+?[^及实随即适按定平临有同小学课工届不])"
    r"(?:之时|的同时|时)(?:,?(?:予以|及时|同步|应当?|进行|主动)*(?:公开|公布|公示|发布|公告)?)"
)
_AFTER = frozenset({"workdays_after", "days_after"})
_PLACE_TAIL = re.compile(
    r"(?:并|应当?|且)?(?:在|通过|于|依托)[^,;。]{2,24}?(?:进行|予以|及时|向社会|上|内)*"
    r"(?:公开|公布|公示|发布|张贴|公告)"
)
_ON_REQUEST = re.compile(r"(?P<subject>.*?)(?:均|都|则)?(?:为|属于|实行|应)?依申请(?:公开)?")
_MORE_DATES = re.compile(
    r"[初中]|[上中下]旬|[和及、与至到~—-]*(?:[0-9X×*＊]|[一二三四五六七八九十]+[月日])"
)
_EXTENDED = re.compile(r"(?:延长|顺延|延期)(?:的?期限|时间)?(?:至|到|不得|不?超过|最多|最长|为)*$")
"""What stands before a number that only adds to the limit before it."""
_TOGETHER = re.compile(
    r"(?:与|和|同|随)(?P<event>.+?)(?:一并|同步|同时)(?:公开|公布|公示|发布|公告|上网)?"
)
_LIST_MARK = re.compile(
    r"[①-⑳]|\((?P<b>[0-9]{1,2}|[一二三四五六七八九十])\)|(?P<p>[0-9]{1,2}|[一二三四五六七八九十])[.、]"
)


def parse_deadline(raw: str, *, context: str = "") -> DeadlineReading:
    """Every rule of the phrase. Total: any text gives a reading and nothing is dropped.

    ``context`` is what the row is about: under 行政处罚 a limit of 2, 3, 5 or 7 days counts
    working days (Administrative Penalty Law art. 85), everywhere else 日 is a calendar day.
    Example: "20个工作日内公开,长期公示" → workdays_after 20, permanent.
    """
    scan = _Scan(fold(raw), context)
    if len(scan.whole.text) > _MOST_CHARACTERS:
        return DeadlineReading((), raw.strip())
    for start, end, overrides in _sentences(scan.whole):
        if overrides:
            _take_override(scan, start, end)
        else:
            _read_sentence(scan, start, end)
    rules = _settled(scan, raw)
    return DeadlineReading(rules, "\n".join(scan.leftovers))


def _sentences(whole: Folded) -> Iterator[tuple[int, int, bool]]:
    """The stretches to read on their own, and whether each is an override clause."""
    text = whole.text
    cuts = {0, len(text)}
    clauses = [match.span() for match in _OVERRIDE.finditer(text)]
    for start, end in clauses:
        cuts |= {start, end}
    cuts |= {place for mark in _list_marks(whole) for place in mark}
    inside = depths(text)
    for index, mark in enumerate(text):
        if mark in ";。" and not inside[index]:
            cuts |= {index, index + 1}
    cuts |= _telling_brackets(whole, inside)
    edges = sorted(cuts)
    starts = {start for start, _ in clauses}
    marks = {start for start, _ in _list_marks(whole)}
    for start, end in pairwise(edges):
        if start not in marks:
            yield start, end, any(low <= start < high for low, high in clauses) or start in starts


def _telling_brackets(whole: Folded, inside: list[int]) -> set[int]:
    """The places around outer brackets that hold a rule of their own."""
    text = whole.text
    cuts = set()
    start = None
    for index, depth in enumerate(inside):
        if depth and start is None:
            start = index
        if start is not None and depth and (index + 1 == len(inside) or not inside[index + 1]):
            core = find_core(whole, start + 1, index)
            is_after_number = start > 0 and text[start - 1].isdigit()
            if core and core.kind != "unknown" and not is_after_number:
                cuts |= {start, start + 1, index, index + 1}
            start = None
    return cuts


def _list_marks(whole: Folded) -> list[tuple[int, int]]:
    """Numbers of a list (①…②…, 1.…2.…); a lone "1." is none, it may be part of a number."""
    text = whole.text
    circled, counted = [], []
    expected = 1
    for match in _LIST_MARK.finditer(text):
        number = match["b"] or match["p"]
        if number is None:
            circled.append(match.span())
        elif number in {str(expected), "零一二三四五六七八九十"[expected : expected + 1]} and (
            match.start() == 0
            or whole.gap_before(match.start())
            or text[match.start() - 1] in ";。,、:"
            or not text[match.start() - 1].isdigit()
        ):
            counted.append(match.span())
            expected += 1
    return circled + (counted if len(counted) > 1 else [])


def _take_override(scan: _Scan, start: int, end: int) -> None:
    if scan.rules:
        scan.rules = [replace(rule, override_clause=True) for rule in scan.rules]
        scan.extend_last(end)
    else:
        raw = scan.whole.source(start, end)
        scan.add(Deadline("unknown", raw, override_clause=True), start, end)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    inside = depths(text[start:end])
    for index in range(start, end):
        if text[index] == "," and not inside[index - start]:
            yield begin, index
            begin = index + 1
    yield begin, end


def _read_sentence(scan: _Scan, start: int, end: int) -> None:
    text = scan.whole.text
    pending: list[tuple[int, int]] = []
    index = start
    for begin, stop in _parts(text, start, end):
        index = max(begin, index)
        while index < stop and (core := find_core(scan.whole, index, stop)):
            pending.append((index, core.start))
            core, index = _whole_core(scan, core, stop, end)
            _add_rule(scan, core, pending, index)
            pending = []
        if index < stop:
            pending.append((index, stop))
    _take_pending(scan, pending)


def _whole_core(scan: _Scan, core: Core, stop: int, end: int) -> tuple[Core, int]:
    """The core with the words after it that belong to it, and where they end."""
    text = scan.whole.text
    if core.end == stop:
        return core, core.end if core.has_verb else late_tail(text, core.end, end)
    rest = text[core.end : stop]
    if core.kind == "periodic" and _MORE_DATES.match(rest):
        return Core("unknown", core.start, stop), stop
    trigger = _trigger_behind(rest) if core.kind in _AFTER else None
    if trigger:
        return replace(core, fields=core.fields | {"trigger": trigger}), stop
    if find_core(scan.whole, core.end, stop):
        return core, core.end
    if core.kind == "unknown":
        return core, stop
    if (core.has_verb or core.kind == "periodic") and is_object(rest):
        named = {"subject": rest} if "、" not in rest[:1] else {}
        return replace(core, fields=core.fields | named), stop
    if core.kind == "periodic" and _TIME_WORDS.search(rest) and not is_filler(rest):
        return Core("unknown", core.start, stop), stop
    return core, core.end


def _trigger_behind(rest: str) -> str | None:
    """The event in brackets behind its number: 20个工作日(自信息形成之日起)."""
    inner = re.fullmatch(r"\((.+)\)", rest)
    prefix = read_prefix([inner[1]], "workdays_after") if inner else Prefix()
    return None if prefix.odd or prefix.subject or prefix.condition else prefix.trigger


def _add_rule(scan: _Scan, core: Core, pending: list[tuple[int, int]], end: int) -> None:
    text = scan.whole.text
    spans = [(start, stop) for start, stop in pending if text[start:stop].strip("、,/:()")]
    prefix = read_prefix([text[start:stop] for start, stop in spans], core.kind)
    start = spans[0][0] if spans else core.start
    while start < core.start and text[start] in "、,/)":
        start += 1
    if scan.rules and text[start:end].startswith(("或", "和或", "亦可")):
        scan.is_torn = True
    if _EXTENDED.search(text, 0, core.start):
        core, prefix = Core("unknown", core.start, core.end), Prefix()
    rule = _rule(scan, core, prefix, scan.whole.source(start, end))
    if start and text[start - 1] == "(" and scan.rules and rule == replace(rule, subject=None):
        rule = replace(rule, subject=scan.rules[-1].subject)
    if prefix.odd and core.kind != "unknown":
        scan.leftovers.append(prefix.odd)
    scan.add(rule, start, end)


def _rule(scan: _Scan, core: Core, prefix: Prefix, raw: str) -> Deadline:
    rule = Deadline(
        kind=core.kind,
        raw=raw,
        condition=prefix.condition,
        **{"subject": prefix.subject, "trigger": prefix.trigger} | core.fields,
    )
    told = scan.context + raw
    if rule.kind == "days_after" and rule.n in {2, 3, 5, 7} and "行政处罚" in told:
        return replace(rule, kind="workdays_after", unit="workday")
    return rule


def _take_pending(scan: _Scan, pending: list[tuple[int, int]]) -> None:
    """Words without a core: part of the rule before, an event (…时), an unknown, or left over."""
    spans = [(a, b) for a, b in pending if scan.whole.text[a:b].strip("、,/:()。;")]
    if not spans:
        return
    start, end = spans[0][0], spans[-1][1]
    while scan.whole.text[start] in "、,/:)":
        start += 1
    said = [(a, b) for a, b in spans if not _adds_nothing(scan.whole.text[max(a, start) : b])]
    if not said and scan.rules:
        scan.extend_last(end)
        return
    text = scan.whole.text[start : said[-1][1] if said else end]
    rule = _coreless(text, scan.whole.source(start, end))
    if rule:
        scan.add(rule, start, end)
    else:
        scan.leftovers.append(scan.whole.source(start, end))


def _adds_nothing(text: str) -> bool:
    """Fillers, and where it is published: the channel column says that."""
    return is_filler(text) or bool(_PLACE_TAIL.fullmatch(text))


def _coreless(text: str, raw: str) -> Deadline | None:
    """The rule of words that hold no core, if they speak of time or of requests at all."""
    event = _TOGETHER.fullmatch(text) or _AT_EVENT.fullmatch(text)
    if event:
        subject = event.groupdict().get("subject") or None
        return Deadline("at_event", raw, trigger=event["event"], subject=subject)
    if _TIME_WORDS.search(text):
        return Deadline("unknown", raw)
    on_request = _ON_REQUEST.fullmatch(text)
    if on_request:
        return Deadline("unknown", raw, subject=on_request["subject"] or None)
    return None


def _settled(scan: _Scan, raw: str) -> tuple[Deadline, ...]:
    """The rules, unless two of them give different numbers for the same thing: then unknown."""
    numbers: dict[tuple[str | None, ...], set[tuple[str, int | None]]] = {}
    n_bare = 0
    for rule in scan.rules:
        if rule.kind in _AFTER:
            key = (rule.trigger, rule.subject, rule.condition)
            numbers.setdefault(key, set()).add((rule.kind, rule.n))
            n_bare += key == (None, None, None)
    values = {value for found in numbers.values() for value in found}
    torn = any(len(found) > 1 for found in numbers.values()) or (n_bare and len(values) > 1)
    if torn or scan.is_torn:
        scan.leftovers.clear()
        return (Deadline("unknown", raw.strip()),)
    return tuple(scan.rules)


def render_deadlines(rules: tuple[Deadline, ...]) -> str:
    """The canonical cell text: the source's own phrases, parted by semicolons."""
    return ";".join(rule.raw for rule in rules)
