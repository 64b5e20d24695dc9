"""Numbers as catalogues write them: Chinese and capital numerals, row numbers, sums of money."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.readings.fields.folding import folded

_DIGITS = {mark: value for value, mark in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CAPITAL = dict(
    zip("壹贰叁肆伍陆柒捌玖拾佰仟萬貳參陸圓", "一二三四五六七八九十百千万二三六元", strict=True)
)
_UNITS = {"十": 10, "百": 100, "千": 1000}
_SECTIONS = {"亿": 100_000_000, "万": 10_000}

CHINESE_NUMERAL = "[零〇一二两三四五六七八九十百千]+"
_WELL_FORMED = re.compile(
    r"(?:(?P<k>[一二两三四五六七八九])千)?(?P<z1>零)?(?:(?P<h>[一二两三四五六七八九])百)?(?P<z2>零)?"
    r"(?:(?P<t>[一二三四五六七八九])?(?P<ten>十))?(?P<z3>零)?(?P<o>[一二两三四五六七八九])?"
)


def _section(text: str) -> int | None:
    """The value of a numeral below 10,000 that is written properly, else None."""
    match = _WELL_FORMED.fullmatch(text)
    if match is None or not text.strip("零"):
        return None
    tens = (_DIGITS[match["t"]] if match["t"] else 1) * 10 if match["ten"] else 0
    total = tens
    for group, unit in (("k", 1000), ("h", 100), ("o", 1)):
        if match[group]:
            total += _DIGITS[match[group]] * unit
    return total


def chinese_number(text: str) -> int | None:
    """The value of a Chinese or Arabic numeral; None where it is no well-formed number.

    Digit by digit is read too. Example: 二十 → 20, 一百零三 → 103, 二〇二六 → 2026, １５ → 15.
    """
    text = folded(text)
    if re.fullmatch(r"[0-9]{1,12}", text):
        return int(text)
    if re.fullmatch(r"[零〇一二三四五六七八九]{2,4}", text):
        return int("".join(str(_DIGITS[mark]) for mark in text))
    if text in {"零", "〇"}:
        return 0
    total = 0
    for mark, unit in _SECTIONS.items():
        if mark in text:
            head, text = text.split(mark, 1)
            value = _section(head)
            if value is None:
                return None
            total += value * unit
            text = text.removeprefix("零")
    if not text:
        return total or None
    value = _section(text)
    return None if value is None else total + value


def capital_number(text: str) -> int | None:
    """The value of a capital numeral. Example: 壹仟贰佰叁拾肆 → 1234."""
    return chinese_number("".join(_CAPITAL.get(mark, mark) for mark in folded(text)))


_AMOUNT = re.compile(
    r"(?:人民币)?:?(?P<yuan>[零一二两三四五六七八九十百千万亿]+)[元圆](?P<rest>[^元圆]*)"
)
_CENTS = re.compile(
    r"零?(?:(?P<jiao>[零一二三四五六七八九])角)?(?:零?(?P<fen>[一二三四五六七八九])分)?[整正]?"
)


def capital_amount_fen(text: str) -> int | None:
    """A sum in capital numerals, in fen. Example: 壹仟贰佰叁拾肆元伍角陆分 → 123456."""
    plain = "".join(_CAPITAL.get(mark, mark) for mark in folded(text))
    match = _AMOUNT.fullmatch(plain)
    cents = _CENTS.fullmatch(match["rest"]) if match else None
    if match is None or cents is None:
        return None
    yuan = chinese_number(match["yuan"])
    if yuan is None:
        return None
    jiao, fen = cents["jiao"] or "零", cents["fen"] or "零"
    return yuan * 100 + _DIGITS[jiao] * 10 + _DIGITS[fen]


@dataclass(frozen=True, slots=True)
class RowNumber:
    """A row number (序号): the source's form without decoration, its value, and what is left."""

    number: str | None
    ordinal: int | None = None
    leftover: str = ""


_PLAIN = re.compile(r"[(\[]?第?([0-9]{1,6})[)\]]?[.、,项号]?")
_COMPOUND = re.compile(r"[0-9A-Za-z]{1,6}(?:[-.—–_/][0-9A-Za-z]{1,6}){1,4}\.?")
_CHINESE = re.compile(rf"[(\[]?第?({CHINESE_NUMERAL})[)\]]?[.、,项号]?")
_CIRCLED = {chr(0x2460 + n): n + 1 for n in range(20)}


def parse_row_number(raw: str) -> RowNumber:
    """What a cell of the number column says; text that is no number is left over.

    Example: "0505" → number "0505", ordinal 505; "1-2" → number "1-2"; "（三）" → number "三".
    """
    text = folded(raw)
    if not text:
        return RowNumber(number=None)
    if text in _CIRCLED:
        return RowNumber(number=text, ordinal=_CIRCLED[text])
    if match := _PLAIN.fullmatch(text):
        return RowNumber(number=match[1], ordinal=int(match[1]))
    if _COMPOUND.fullmatch(text):
        return RowNumber(number=text.rstrip("."))
    if (match := _CHINESE.fullmatch(text)) and (value := chinese_number(match[1])) is not None:
        return RowNumber(number=match[1], ordinal=value)
    return RowNumber(number=None, leftover=raw.strip())
