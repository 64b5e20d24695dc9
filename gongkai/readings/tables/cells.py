"""What one placed cell says: the field parsers behind one door, with their questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from gongkai.readings.fields.basis import parse_basis
from gongkai.readings.fields.bodies import split_bodies
from gongkai.readings.fields.channels import EMPTY_GLYPHS, TICKED_GLYPHS, parse_channels
from gongkai.readings.fields.contents import split_contents
from gongkai.readings.fields.deadline import parse_deadline
from gongkai.readings.fields.folding import clean, folded
from gongkai.readings.fields.ticks import parse_tick, split_tick
from gongkai.readings.reading import Channel, Deadline, Question


@dataclass(frozen=True, slots=True)
class TickFound:
    """What a √ cell says; ``why`` is set where it says nothing certain."""

    ticked: bool | None
    text: str = ""
    levels: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class JointFound:
    """What a column without sub headers says of its √ columns."""

    ticks: dict[str, bool | None] = field(default_factory=dict)
    text: str = ""
    why: str = ""


@lru_cache(maxsize=16384)
def value(key: str, text: str, context: str = "") -> tuple[Any, tuple[Question, ...]]:
    """The value of a list field and the questions about it (their place is filled in later).

    ``context`` says what the row is about, where the law counts days differently.
    """
    if key == "contents":
        return split_contents(text), ()
    if key == "bodies":
        return _whole_bodies(split_bodies(text)), ()
    if key == "channels":
        channels = parse_channels(text)
        return channels.channels, channels.questions
    if key == "basis":
        basis = parse_basis(text)
        return basis.items, basis.questions
    return _deadlines(text, context)


def _deadlines(text: str, context: str) -> tuple[tuple[Deadline, ...], tuple[Question, ...]]:
    found = parse_deadline(text, context=context)
    unknown = not found.rules or any(rule.kind == "unknown" for rule in found.rules)
    if unknown or found.leftover:
        raw = text if unknown else found.leftover
        return found.rules, (Question("deadlines", raw, "deadline_not_understood", ""),)
    return found.rules, ()


def _whole_bodies(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names with places that only begin one put back: 市、区两级政府 is one body."""
    whole: list[str] = []
    head = ""
    for name in names:
        if len(name) == 1 and name in "省市州县区旗乡镇村":
            head += f"{name}、"
        else:
            shared = "级" in name[:4]
            whole.extend([head + name] if shared else [*head.rstrip("、").split("、"), name])
            head = ""
    return tuple(name for name in (*whole, *head.split("、")) if name)


def without_default_ticks(text: str, channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
    """Names without glyph in a table that uses glyphs elsewhere: not known whether ticked."""
    if any(mark in TICKED_GLYPHS or mark in EMPTY_GLYPHS for mark in text):
        return channels
    return tuple(Channel(c.code, c.label, None, c.note) for c in channels)


@lru_cache(maxsize=16384)
def tick(key: str, text: str) -> TickFound:
    """The tick of one √ column."""
    found = parse_tick(text)
    if found is None:
        return TickFound(None, why="" if folded(text) in {"?"} else "tick_not_understood")
    if isinstance(found, bool):
        return TickFound(found)
    mark, words = split_tick(text)
    if key == "group":
        return TickFound(True if mark is None else mark, words)
    return _words_for_tick(key, mark, words)


def _words_for_tick(key: str, mark: bool | None, words: str) -> TickFound:
    flat = folded(words)
    names = {
        "society": {"全社会", "向社会公开", "社会", "面向全社会", "社会公众"},
        "proactive": {"主动", "主动公开"},
        "on_request": {"依申请", "依申请公开"},
    }
    if flat in names.get(key, set()):
        return TickFound(True)
    if key.startswith("level:") and flat.endswith(("级", "社区", "村", "街道", "镇", "乡")):
        own = key.removeprefix("level:")
        if flat == own:
            return TickFound(True)
        if len(flat) <= 8:
            return TickFound(None, levels=(flat,))
    return TickFound(mark, why="tick_is_text")


@lru_cache(maxsize=4096)
def joint(key: str, text: str) -> JointFound:
    """The words of a column that has no sub headers."""
    flat = folded(text)
    rule = {"audience": _audience, "mode": _mode, "levels": _levels}[key]
    return rule(flat, text)


def _audience(flat: str, text: str) -> JointFound:
    if flat in {"全社会", "社会", "社会公众", "面向全社会", "全社会公开", "向社会公开", "公众"}:
        return JointFound({"society": True})
    if flat in {"特定群体", "特定群众", "特定对象"}:
        return JointFound({"group": True})
    if parse_tick(text) in {True, False, None}:
        return JointFound(why="tick_column_unknown")
    if "社会" in flat:
        both = {"society": True, "group": True} if "特定" in flat else {"society": True}
        return JointFound(dict(both), clean(text))
    return JointFound({"group": True}, clean(text))


def _mode(flat: str, text: str) -> JointFound:
    ticks: dict[str, bool | None] = {}
    if flat in {"主动", "主动公开"}:
        ticks["proactive"] = True
    elif flat in {"依申请", "依申请公开", "申请公开"}:
        ticks["on_request"] = True
    elif "主动" in flat and "依申请" in flat and len(flat) <= 14:
        ticks.update(proactive=True, on_request=True)
    return JointFound(ticks, why="" if ticks else "mode_not_understood")


def _levels(flat: str, text: str) -> JointFound:
    parts = [
        p for p in flat.replace(",", "、").replace("/", "、").replace(";", "、").split("、") if p
    ]
    short = all(len(part) <= 6 and not part.isascii() for part in parts)
    if parts and short and all(part[-1] in "级村乡镇区县市道" for part in parts):
        return JointFound({f"level:{part}": True for part in parts})
    return JointFound(why="level_not_understood")
