"""Pure rules of catalogues: the key of an item and how two editions differ."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from gongkai.catalogue.schema import Difference, FieldChange, ItemChange, ItemFacts

KEY_LENGTH = 32


def normalised(text: str | None) -> str:
    """``text`` without spaces and with one width of every character, for comparison only.

    Example: ``"公开主 体（县级）"`` → ``"公开主体(县级)"``.
    """
    return "".join(unicodedata.normalize("NFKC", text or "").split()).casefold()


def item_key(
    *,
    domain: str,
    level1: str | None,
    level2: str | None,
    level3: str | None,
    subject: tuple[str, ...],
    occurrence: int = 1,
) -> str:
    """The key of an item that stays the same from edition to edition (domain 1.6).

    SHA-256 over the domain's code, the level names and the names of the publishing bodies in any
    order; never over the row number. ``occurrence`` counts rows that agree in all of these.
    """
    levels = [normalised(level) for level in (level1, level2, level3)]
    names = sorted({normalised(name) for name in subject} - {""})
    parts = [domain, *levels, *names, *([str(occurrence)] if occurrence > 1 else [])]
    lengths_and_parts = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(lengths_and_parts.encode()).hexdigest()[:KEY_LENGTH]


def keyed_items(domain: str, items: Sequence[ItemFacts]) -> list[tuple[str, ItemFacts]]:
    """The items with their keys; rows that agree in every key part are counted in order."""
    seen: dict[str, int] = {}
    keyed = []
    for item in items:
        parts: dict[str, Any] = {
            "domain": domain,
            "level1": item.level1,
            "level2": item.level2,
            "level3": item.level3,
            "subject": item.bodies,
        }
        first = item_key(**parts)
        seen[first] = seen.get(first, 0) + 1
        keyed.append((item_key(**parts, occurrence=seen[first]), item))
    return keyed


COMPARED = (
    "contents", "basis", "deadlines", "bodies", "channels", "audience", "mode",
    "levels", "extra",
)  # fmt: skip
"""Fields of an item that a difference tells apart, in the order of the official columns. The row
number is none of them: one row more renumbers every row below it and changes no duty."""


def difference(domain: str, old: Sequence[ItemFacts], new: Sequence[ItemFacts]) -> Difference:
    """What ``new`` adds, removes and changes against ``old``.

    Items are the same by key. Where only the publishing bodies changed the key does too: an item
    gone and an item come under one path of level names are told as one item that changed.
    """
    before, after = dict(keyed_items(domain, old)), dict(keyed_items(domain, new))
    removed = {key: item for key, item in before.items() if key not in after}
    added = {key: item for key, item in after.items() if key not in before}
    pairs = [(key, key) for key in after if key in before]
    pairs += _same_path(removed, added)
    changed, n_unchanged = [], 0
    for old_key, new_key in pairs:
        removed.pop(old_key, None)
        added.pop(new_key, None)
        changes = field_changes(before[old_key], after[new_key])
        if changes:
            changed.append(ItemChange(old_key, new_key, after[new_key].path, changes))
        else:
            n_unchanged += 1
    return Difference(tuple(added.items()), tuple(removed.items()), tuple(changed), n_unchanged)


def _same_path(removed: dict[str, ItemFacts], added: dict[str, ItemFacts]) -> list[tuple[str, str]]:
    waiting: dict[str, list[str]] = {}
    for key, item in removed.items():
        waiting.setdefault(normalised(item.path), []).append(key)
    pairs = []
    for key, item in added.items():
        same = waiting.get(normalised(item.path))
        if same:
            pairs.append((same.pop(0), key))
    return pairs


def field_changes(old: ItemFacts, new: ItemFacts) -> tuple[FieldChange, ...]:
    """The fields in which two items differ; width and spaces of characters do not count."""
    found = []
    for name in COMPARED:
        before, after = shown(old, name), shown(new, name)
        if normalised(before) != normalised(after):
            found.append(FieldChange(name, before, after))
    return tuple(found)


def shown(item: ItemFacts, field: str) -> str:
    """One field of an item as text for people; lists one entry a line."""
    return _SHOWN[field](item)


def _ticks(pairs: Iterable[tuple[str, bool | None]]) -> str:
    marks = {True: "√", None: "？"}
    return "、".join(f"{name}{marks[tick]}" for name, tick in pairs if tick is not False)


def _audience(item: ItemFacts) -> str:
    ticks = [("全社会", item.to_society or False), ("特定群体", item.to_group or False)]
    return " ".join(part for part in (_ticks(ticks), item.audience_text) if part)


_SHOWN: dict[str, Callable[[ItemFacts], str]] = {
    "number": lambda item: item.number,
    "contents": lambda item: "\n".join(item.contents),
    "basis": lambda item: item.basis_text or "\n".join(basis.raw for basis in item.bases),
    "deadlines": lambda item: item.deadline_text or "\n".join(d.raw for d in item.deadlines),
    "bodies": lambda item: "、".join(item.bodies),
    "channels": lambda item: "\n".join(
        f"{'■' if box.is_ticked else '□' if box.is_ticked is False else '？'}{box.label}{box.note}"
        for box in item.channels
    ),
    "audience": _audience,
    "mode": lambda item: _ticks(
        [("主动", item.is_proactive or False), ("依申请", item.is_on_request or False)]
    ),
    "levels": lambda item: _ticks((name, tick or False) for name, tick in item.levels.items()),
    "extra": lambda item: "\n".join(f"{name}：{text}" for name, text in item.extra.items() if text),
}
