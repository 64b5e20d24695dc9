"""What of a personal value may stand on a surface (domain 3.7). Pure; the raw value never leaves
the console."""

from __future__ import annotations

from typing import Any

from gongkai.disclosures.schema import Field, Kind, Personal, RecordTemplate, Surface, Values

_FULL_ON = {
    Personal.NONE: frozenset(Surface),
    Personal.PERSON_NAME: frozenset({Surface.CONSOLE, Surface.SCREEN, Surface.BOARD}),
}
_ONLY_CONSOLE = frozenset({Surface.CONSOLE})
_COMPOUND_SURNAMES = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "夏侯",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "令狐",
)


def is_shown(field: Field, surface: Surface) -> bool:
    """Whether the field may appear on ``surface`` at all, masked or not."""
    return surface is Surface.CONSOLE or field.personal in (Personal.NONE, Personal.PERSON_NAME)


def masked_name(name: str) -> str:
    """张三 → 张*, 张小三 → 张*三, 欧阳小三 → 欧阳*三; a name that is masked already stays."""
    if "*" in name or "＊" in name or "某" in name:
        return name
    n_kept = 2 if name.startswith(_COMPOUND_SURNAMES) and len(name) > 2 else 1
    if len(name) <= n_kept + 1:
        return name[:n_kept] + "*" if len(name) > 1 else "*"
    return name[:n_kept] + "*" * (len(name) - n_kept - 1) + name[-1]


def masked_value(field: Field, value: Any, surface: Surface) -> Any:
    """The value as it may stand on ``surface``; None where nothing of it may."""
    if surface in _FULL_ON.get(field.personal, _ONLY_CONSOLE):
        return value
    if field.personal is Personal.PERSON_NAME and isinstance(value, str):
        return "、".join(masked_name(part) for part in value.replace(",", "、").split("、"))
    return None


def masked_values(template: RecordTemplate, values: Values, surface: Surface) -> Values:
    """The values that ``surface`` may know."""
    return _masked(template.fields, values, surface)


def _masked(fields: tuple[Field, ...], values: Values, surface: Surface) -> Values:
    shown: Values = {}
    for field in fields:
        if field.name not in values:
            continue
        value = values[field.name]
        if field.kind is Kind.TABLE and isinstance(value, list):
            rows = [row for row in value if isinstance(row, dict)]
            shown[field.name] = [_masked(field.columns, row, surface) for row in rows]
            continue
        masked = masked_value(field, value, surface)
        if masked is not None:
            shown[field.name] = masked
    return shown
