"""The content elements of a row (公开内容(要素)): bullets and numbers taken off, wraps joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.readings.fields.folding import Folded, clean, fold
from gongkai.readings.fields.nesting import depths
from gongkai.readings.fields.numbers import chinese_number

_BULLETS = frozenset("●·•▪◆◇■□▶►➢➤★☆◎○\uf06c\uf06e\uf0d8\uf0fc")
_MARKERS = (
    ("circled", re.compile(r"[\u2460-\u2473\u2474-\u2487\u2488-\u249b]")),
    ("bracketed", re.compile(r"\(([0-9]{1,2}|[一二三四五六七八九十]{1,3})\)")),
    ("dotted", re.compile(r"([0-9]{1,2})[.](?![0-9])")),
    ("paused", re.compile(r"([0-9]{1,2})、")),
    ("closed", re.compile(r"([0-9]{1,2})\)")),
    ("chinese", re.compile(r"([一二三四五六七八九十]{1,3})、")),
)


@dataclass(frozen=True, slots=True)
class _Marker:
    style: str
    value: int
    start: int
    end: int


def split_contents(raw: str) -> tuple[str, ...]:
    """The elements in order, each on one line, without their bullets and numbers.

    Never splits inside brackets or 《》. Only blanks, markers and ; at an end are dropped.
    Example: "1.申请条件2.办理流程" → ("申请条件", "办理流程").
    """
    whole = fold(raw)
    cuts = list(_cuts(whole))
    edges = [*cuts, (len(whole.text), len(whole.text))]
    elements = []
    begin = 0
    for start, end in edges:
        element = whole.source(begin, start)
        elements.append(clean(element).rstrip(";；").lstrip(";；"))
        begin = end
    return tuple(element for element in elements if element)


def _cuts(whole: Folded) -> Iterator[tuple[int, int]]:
    """Places to cut: (end of the element before, start of the element after)."""
    text = whole.text
    inside = depths(text)
    markers = {marker.start: marker for marker in _markers(whole, inside)}
    listed = bool(markers) or any(
        mark in _BULLETS and not inside[index] for index, mark in enumerate(text)
    )
    wraps = set() if listed else _wraps(whole)
    index = begin = 0
    while index < len(text):
        if index in markers:
            yield index, markers[index].end
            index = begin = markers[index].end
            continue
        if not inside[index]:
            if text[index] in _BULLETS and _is_bullet(whole, index):
                yield index, index + 1
            elif text[index] == ";":
                yield index + 1, index + 1
            elif _ends_element(whole, index, begin, listed=listed) or (
                not listed and whole.breaks_before(index) and index not in wraps
            ):
                yield index, index
        index += 1


_LAW_ENDS = re.compile(r"[》)]$")
_GOES_ON = re.compile(r"[的等和及与或、,;。)》]|实施")
MIN_SHARED = 3


def _ends_element(whole: Folded, index: int, begin: int, *, listed: bool) -> bool:
    """Whether a gap parts two elements: after a sentence, after a law, before the same opening."""
    gap = whole.gap_before(index)
    if not gap or index <= begin:
        return False
    before, after = whole.text[begin:index], whole.text[index:]
    if "\n" in gap and before.endswith("。"):
        return True
    if listed or _GOES_ON.match(after):
        return False
    opens_law = after.startswith("《") or bool(re.match(r"[\u4e00-\u9fff]{2}", after))
    if _LAW_ENDS.search(before) and "《" in before and opens_law:
        return True
    opening = whole.text[begin : begin + MIN_SHARED]
    return len(before) > 2 * MIN_SHARED and len(opening) == MIN_SHARED and after.startswith(opening)


def _is_bullet(whole: Folded, index: int) -> bool:
    """A middle dot inside a word (人名·姓) is no bullet."""
    if whole.text[index] != "·":
        return True
    return index == 0 or bool(whole.gap_before(index)) or whole.text[index - 1] in ";。,、"


def _markers(whole: Folded, inside: list[int]) -> Iterator[_Marker]:
    """The numbers that count on: each style starts at one and goes up by one."""
    text = whole.text
    expected: dict[str, int] = {}
    index = 0
    while index < len(text):
        marker = _marker_at(text, index, inside) or _bare_marker(whole, index, inside, expected)
        if marker and _counts_on(whole, marker, expected):
            expected[marker.style] = marker.value + 1
            yield marker
            index = marker.end
        else:
            index += 1


_BARE = re.compile(r"([0-9]{1,2})(?=[\u4e00-\u9fff]{2})")


def _bare_marker(
    whole: Folded, index: int, inside: list[int], expected: dict[str, int]
) -> _Marker | None:
    """A number that lost its dot, where the list before counts on to it: 6.… 7咨询电话."""
    match = _BARE.match(whole.text, index)
    if match is None or inside[index] or not whole.gap_before(index):
        return None
    value = int(match[1])
    if value < MIN_SHARED or expected.get("dotted") != value:
        return None
    return _Marker("dotted", value, index, match.end())


def _marker_at(text: str, index: int, inside: list[int]) -> _Marker | None:
    for style, pattern in _MARKERS:
        match = pattern.match(text, index)
        if match is None:
            continue
        if inside[index] > (1 if style == "bracketed" else 0):
            return None
        if style == "circled":
            value: int | None = (ord(match[0]) - 0x2460) % 20 + 1
        else:
            value = chinese_number(match[1])
        return _Marker(style, value, index, match.end()) if value is not None else None
    return None


def _counts_on(whole: Folded, marker: _Marker, expected: dict[str, int]) -> bool:
    if marker.end >= len(whole.text):
        return False
    starts = (
        marker.start == 0
        or bool(whole.gap_before(marker.start))
        or whole.text[marker.start - 1] in ";。,、:" + "".join(_BULLETS)
    )
    if marker.style == "circled":
        return True
    if marker.start and whole.text[marker.start - 1].isdigit() and marker.style != "bracketed":
        return False
    if marker.value == expected.get(marker.style, 0):
        return True
    return starts and marker.value == 1


def _wraps(whole: Folded) -> set[int]:
    """The line ends that only wrap a long line: the line before is as wide as the widest."""
    starts = [0] + [i for i in range(1, len(whole.text)) if whole.breaks_before(i)]
    ends = [*starts[1:], len(whole.text)]
    widths = [end - start for start, end in zip(starts, ends, strict=True)]
    widest = max(widths)
    is_even = len(set(widths)) == 1 and widest >= 3
    wraps = set()
    for end, width in zip(ends, widths, strict=True):
        following = whole.text[end : end + 1]
        ends_line = whole.text[end - 1 : end] in {"。", ";", "》", ":"}
        is_full = not ends_line and not is_even and (width >= widest - 1 or widest < 5)
        if is_full or (following and following in "、,;。)》及和等的"):
            wraps.add(end)
    return wraps


def render_contents(elements: tuple[str, ...]) -> str:
    """The canonical cell text: one element as it is, several numbered on lines of their own."""
    if len(elements) < 2:
        return "".join(elements)
    return "\n".join(f"{number}. {element}" for number, element in enumerate(elements, start=1))
