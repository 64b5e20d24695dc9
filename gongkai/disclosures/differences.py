"""What changed between two records, field by field, in pieces that a template can mark. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gongkai.disclosures.prose import plain_text
from gongkai.disclosures.reading_values import shown_value
from gongkai.disclosures.schema import Field, Kind, RecordTemplate

_TOKENS: Final = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*|\s+|.", re.DOTALL)
MAX_TOKENS: Final = 6_000
"""Longer texts are compared line by line: a character diff grows with the square."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that differs, as pieces in reading order."""

    name: str
    label: str
    pieces: tuple[Piece, ...]


FACTS: Final = (
    ("title", "标题"), ("summary", "内容概述"), ("document_number", "文号"),
    ("index_number", "索引号"), ("dated_on", "成文日期"), ("valid_from", "施行日期"),
    ("valid_until", "失效日期"), ("validity", "有效性"), ("collaborators", "联合发布机构"),
    ("domain", "领域"),
)  # fmt: skip


def record_differences(
    old: Mapping[str, Any], new: Mapping[str, Any], *, template: RecordTemplate
) -> list[FieldDifference]:
    """The fields of two canonical records that differ, in the order of the page."""
    pairs = [(name, label, _line(old.get(name)), _line(new.get(name))) for name, label in FACTS]
    pairs.append(
        (
            "text",
            "正文",
            plain_text(str(old.get("text") or "")),
            plain_text(str(new.get("text") or "")),
        )
    )
    old_values, new_values = old.get("values") or {}, new.get("values") or {}
    for field in template.fields:
        before = value_words(field, old_values.get(field.name))
        after = value_words(field, new_values.get(field.name))
        pairs.append((field.name, field.label, before, after))
    pairs.append(("attachments", "附件", _files(old), _files(new)))
    return [
        FieldDifference(name, label, tuple(text_pieces(before, after)))
        for name, label, before, after in pairs
        if before != after
    ]


def value_words(field: Field, value: Any) -> str:
    """A value as text to compare: a table row a line, its cells apart by " | "."""
    if field.kind is Kind.TABLE and isinstance(value, list):
        rows = [row for row in value if isinstance(row, dict)]
        return "\n".join(
            " | ".join(shown_value(column, row.get(column.name)) for column in field.columns)
            for row in rows
        )
    return shown_value(field, value)


def text_pieces(old: str, new: str) -> list[Piece]:
    """The two texts in one: what stayed, what went, what came.

    Chinese has no spaces, so characters are the tokens; numbers and Latin words stay whole.
    Example: ``"补贴100元", "补贴120元"`` → same 补贴, removed 100, added 120, same 元.
    """
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    if max(len(before), len(after)) > MAX_TOKENS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("removed", "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("added", "".join(after[j1:j2])))
    return pieces


def _line(value: Any) -> str:
    return "" if value is None else str(value)


def _files(record: Mapping[str, Any]) -> str:
    entries = record.get("attachments") or []
    return "\n".join(
        f"{entry.get('title', '')}（{entry.get('sha256', '')[:12]}）" for entry in entries
    )
