"""What a spreadsheet number shows: dates, padded numbers and percentages by the cell style."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

_DATE_CODES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_PADDED = re.compile(r"^0{2,}$")
_EPOCH = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet date has no zone


@dataclass(slots=True)
class Styles:
    """The font and number format of each cell style of a workbook."""

    fonts: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, root: etree._Element, local: Callable[[etree._Element], str]) -> Styles:
        """The styles from a styles part."""
        codes = {
            str(e.get("numFmtId")): str(e.get("formatCode", "")) for e in root.iter("{*}numFmt")
        }
        names: list[str] = []
        for fonts in root.iterchildren("{*}fonts"):
            for font in fonts:
                names.append(next((str(n.get("val", "")) for n in font.iter("{*}name")), ""))
        styles = cls()
        for group in root.iterchildren("{*}cellXfs"):
            for entry in group:
                number = str(entry.get("fontId", "0"))
                index = int(number) if number.isdigit() else 0
                styles.fonts.append(names[index] if index < len(names) else "")
                code = str(entry.get("numFmtId", "0"))
                styles.formats.append(codes.get(code) or f"#{code}")
        return styles

    def font(self, style: int) -> str:
        """The font name of a cell style."""
        return self.fonts[style] if style < len(self.fonts) else ""

    def number_format(self, style: int) -> str:
        """The format code of a cell style; ``#14`` names a built-in one."""
        return self.formats[style] if style < len(self.formats) else "#0"


def number_text(value: str, number_format: str) -> str:
    """A stored number as a person reads it in the sheet, without rounding it away.

    Example: ``505`` with format ``0000`` → ``0505``; ``45000`` as a date → ``2023-03-15``.
    """
    try:
        number = float(value)
    except ValueError:
        return value
    if not math.isfinite(number):
        return value
    if is_date_format(number_format):
        return _date_text(number) or value
    if _PADDED.match(number_format) and number == int(number):
        return f"{int(number):0{len(number_format)}d}"
    if number_format in {"#9", "#10"} or number_format.rstrip().endswith("%"):
        return f"{number * 100:.10g}%"
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else f"{number:.15g}"


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or a time."""
    if code.startswith("#") and code[1:].isdigit():
        return int(code[1:]) in _DATE_CODES
    bare = _QUOTED.sub("", code).lower()
    return bool(re.search(r"[ymdhs年月日]", bare)) and "general" not in bare


def _date_text(number: float) -> str:
    if not 0 <= number < 2_958_466:
        return ""
    moment = _EPOCH + datetime.timedelta(seconds=round(number * 86_400))
    if number < 1:
        return moment.strftime("%H:%M")
    return moment.strftime("%Y-%m-%d" if moment.time() == datetime.time() else "%Y-%m-%d %H:%M")
