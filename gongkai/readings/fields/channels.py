"""The channel boxes of a row (公开渠道和载体): which are listed, and which of them are ticked.

The 13 channels of the standard form have fixed codes under all their spellings; a local one keeps
its own name as ``x:<name>``. A tick that the source does not show is None and asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gongkai.readings.fields.channel_names import is_complete, looks_damaged, looks_local, name_at
from gongkai.readings.fields.folding import Folded, clean, fold
from gongkai.readings.reading import CHANNEL_CODES, Channel, Question

TICKED_GLYPHS = frozenset("■▲▄▅▇█√☑☒✓✔●◆★◼⬛▪▣🗹✅\uf052\uf0fe\uf06e\uf0fc\uf050\uf0a7\uf054")
EMPTY_GLYPHS = frozenset("□☐○◯▢◻⬜❑❏囗▯\uf0a3\uf0a8\uf06f\uf071\uf072")
UNKNOWN_GLYPH = "◌"
TICKED_LETTERS = frozenset("Rtnþü")
EMPTY_LETTERS = frozenset("o£¨口")
_LETTERS = TICKED_LETTERS | EMPTY_LETTERS
_GLYPHS = TICKED_GLYPHS | EMPTY_GLYPHS | {UNKNOWN_GLYPH}
_SEPARATORS = frozenset("、,;。.:/|\\_·-?")
_FULL_LIST = 11
_MOST_CHARACTERS = 2000
"""A longer cell is no list of channels; ten times the standard form."""


@dataclass(frozen=True, slots=True)
class ChannelReading:
    """The boxes in the order of the source, what was not understood, and what must be asked.

    ``ticks_lost``: the whole form is listed without any glyph, so no tick can be known.
    """

    channels: tuple[Channel, ...] = ()
    leftover: str = ""
    ticks_lost: bool = False
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class _Box:
    """A stretch of the folded text and the tick that its glyphs give to its first name."""

    start: int
    end: int
    ticked: bool | None
    is_boxed: bool


@dataclass(slots=True)
class _Result:
    channels: list[Channel] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def ask(self, raw: str, why: str) -> None:
        self.questions.append(Question(field="channels", raw=raw, why=why, where=""))


def parse_channels(raw: str) -> ChannelReading:
    """What the cell says of every channel. Total: any text gives a reading, nothing is dropped."""
    whole = fold(raw)
    result = _Result()
    if len(whole.text) > _MOST_CHARACTERS:
        result.ask(raw.strip(), "channel_not_understood")
        return ChannelReading((), raw.strip(), False, tuple(result.questions))
    glyphs = _glyph_places(whole)
    for box in _boxes(whole, glyphs, result) if glyphs else [_whole(whole)]:
        _read_box(whole, box, result)
    channels = tuple(result.channels)
    codes = {channel.code for channel in channels if channel.code in CHANNEL_CODES}
    lost = not glyphs and len(codes) >= _FULL_LIST
    if lost:
        channels = tuple(replace(channel, ticked=None) for channel in channels)
        result.ask(raw.strip(), "channel_ticks_lost")
    channels = _without_contradictions(channels, result)
    if result.leftovers:
        result.ask("\n".join(result.leftovers), "channel_not_understood")
    return ChannelReading(channels, "\n".join(result.leftovers), lost, tuple(result.questions))


def _whole(whole: Folded) -> _Box:
    return _Box(0, len(whole.text), True, False)


def _glyph_places(whole: Folded) -> set[int]:
    """Where box glyphs stand; leaked letters count only where a name or a box begins."""
    text = whole.text
    places = {index for index, mark in enumerate(text) if mark in _GLYPHS}
    leaked = {
        index
        for index, mark in enumerate(text)
        if mark in _LETTERS and not _follows_word(text, index) and name_at(text, index + 1)
    }
    letters = {text[index] for index in leaked}
    edges = {
        index
        for index, mark in enumerate(text)
        if mark in letters and index + 1 < len(text) and _is_edge(whole, index)
    }
    return places | leaked | edges


def _follows_word(text: str, index: int) -> bool:
    return (
        index > 0
        and text[index].isascii()
        and text[index - 1].isascii()
        and text[index - 1].isalnum()
    )


def _is_edge(whole: Folded, index: int) -> bool:
    if index == 0 or whole.gap_before(index):
        return True
    return whole.text[index - 1] in _SEPARATORS | _GLYPHS


def _verdict(glyphs: str) -> bool | None:
    """What a run of glyphs says: one kind decides, a tick inside an empty box is a tick."""
    if UNKNOWN_GLYPH in glyphs:
        return None
    found = {mark in TICKED_GLYPHS | TICKED_LETTERS for mark in glyphs}
    if len(found) == 1:
        return found.pop()
    return True if re.fullmatch(r"[□☐][√✓✔]", glyphs) else None


def _boxes(whole: Folded, glyphs: set[int], result: _Result) -> list[_Box]:
    """The text cut at its glyphs; what stands before the first glyph has none of its own."""
    trailing = _trailing(whole.text, glyphs)
    if trailing:
        return trailing
    text = whole.text
    boxes: list[_Box] = []
    index = 0
    while index < len(text):
        start = index
        while index < len(text) and index in glyphs:
            index += 1
        marks = text[start:index]
        begin = index
        while index < len(text) and index not in glyphs:
            index += 1
        if marks and not text[begin:index].strip("".join(_SEPARATORS)):
            result.leftovers.append(whole.source(start, index))
            continue
        boxes.append(_Box(begin, index, _verdict(marks) if marks else None, True))
    return boxes


def _trailing(text: str, glyphs: set[int]) -> list[_Box]:
    """The boxes of a list that puts each glyph behind its name, else nothing."""
    if 0 in glyphs or len(text) - 1 not in glyphs:
        return []
    boxes = []
    start = 0
    for index in sorted(glyphs):
        while start < index and text[start] in _SEPARATORS:
            start += 1
        name = name_at(text, start, index)
        if name is None or start + name.length != index:
            return []
        boxes.append(_Box(start, index, _verdict(text[index]), True))
        start = index + 1
    return boxes


def _read_box(whole: Folded, box: _Box, result: _Result) -> None:
    """Reads the names in a stretch; only the first belongs to the glyph that stands before it."""
    for position, name in enumerate(_names(whole, box)):
        ticked = box.ticked if not (box.is_boxed and position) else None
        label = clean(name.label)
        if name.code is None and (looks_damaged(label) or not _may_be_local(label, box)):
            result.leftovers.append(name.label + name.note)
            continue
        if ticked is None:
            result.ask(name.label, "channel_tick_unknown")
        code = name.code or f"x:{label}"
        result.channels.append(Channel(code, label, ticked, clean(name.note).strip(":：_。；;?")))


def _may_be_local(label: str, box: _Box) -> bool:
    return looks_local(label) and (box.is_boxed or is_complete(label))


@dataclass(frozen=True, slots=True)
class _Name:
    label: str
    code: str | None  # None: not known; "" a known local name
    note: str


def _names(whole: Folded, box: _Box) -> Iterator[_Name]:
    text = whole.text
    index = box.start
    while index < box.end:
        if text[index] in _SEPARATORS:
            index += 1
            continue
        if number := _NUMBER.match(text, index, box.end):
            index = number.end()
            continue
        known = name_at(text, index, box.end)
        stop = index + known.length if known else 0
        if known and not _ends_here(whole, stop, box.end, known.code):
            known = None
        if known is None:
            stop = _unknown_end(whole, index, box)
        note_end = _note_end(whole, stop, box.end, known.code if known else "")
        code = known.code if known else None
        yield _Name(whole.source(index, stop), code, whole.source(stop, note_end))
        index = note_end


def _ends_here(whole: Folded, stop: int, end: int, code: str) -> bool:
    """Whether a known name really ends: 政务服务中心 does not in 政务服务中心大堂屏."""
    if stop >= end or code == "other" or whole.text[stop] in _SEPARATORS | {"(", "h", "w"}:
        return True
    if whole.gap_before(stop) or _NUMBER.match(whole.text, stop, end):
        return True
    return name_at(whole.text, stop, end) is not None


def _unknown_end(whole: Folded, start: int, box: _Box) -> int:
    text = whole.text
    index = start + 1
    while index < box.end:
        if text[index] in "、,;:。" or text.startswith("http", index):
            break
        if whole.gap_before(index) and _NUMBER.match(text, index, box.end):
            break
        parted = bool(whole.gap_before(index))
        complete = is_complete(text[start:index])
        if (
            (parted or (complete and not box.is_boxed))
            and name_at(text, index, box.end)
            and (complete or not box.is_boxed)
        ):
            break
        if parted and complete:
            break
        index += 1
    return index


_NUMBER = re.compile(r"(?:[0-9]{1,2}[.、)]|\([0-9]{1,2}\)|[①-⑳])(?=[\u4e00-\u9fff])")
_ADDRESS = re.compile(r":?(?:https?://|www\.)[^\u4e00-\u9fff、;,]+")
_BRACKET = re.compile(r"\([^()]*\)")
_REMARK = re.compile(r":[^、;,:]+")


def _note_end(whole: Folded, stop: int, end: int, code: str) -> int:
    """Where the free text of a name ends: all after 其他, an address, a bracket, a remark."""
    if code == "other":
        return end
    for pattern in (_ADDRESS, _BRACKET, _REMARK):
        match = pattern.match(whole.text, stop, end)
        if match and (pattern is not _REMARK or not name_at(whole.text, stop + 1, end)):
            return match.end()
    return stop


def _without_contradictions(channels: tuple[Channel, ...], result: _Result) -> tuple[Channel, ...]:
    """The same label both ticked and empty is not known."""
    ticks: dict[tuple[str, str], set[bool | None]] = {}
    for channel in channels:
        ticks.setdefault((channel.code, channel.label), set()).add(channel.ticked)
    torn = {key for key, found in ticks.items() if {True, False} <= found}
    for _, label in sorted(torn):
        result.ask(label, "channel_contradiction")
    return tuple(
        replace(channel, ticked=None) if (channel.code, channel.label) in torn else channel
        for channel in channels
    )


def render_channels(channels: tuple[Channel, ...]) -> str:
    """The canonical cell text: ■ ticked, □ empty, ◌ not known; notes after a colon."""
    marks = {True: "■", False: "□", None: UNKNOWN_GLYPH}
    return " ".join(
        f"{marks[channel.ticked]}{channel.label}" + (f":{channel.note}" if channel.note else "")
        for channel in channels
    )
