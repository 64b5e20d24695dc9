"""Cells that point at the row above instead of saying something (同上)."""

from __future__ import annotations

from gongkai.readings.fields.folding import folded

_POINTERS = frozenset(
    {"同上", "同前", "同上行", "同上一行", "同上栏", "同上项", "上同", "〃", "″", '"'}
)


def is_same_as_above(raw: str) -> bool:
    """Whether the whole cell only says "as above"."""
    text = folded(raw).strip("()[]。.,;、")
    return text in _POINTERS
