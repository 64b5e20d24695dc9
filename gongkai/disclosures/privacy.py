"""Finding personal data in text before it becomes public: IDs, mobiles, bank cards. Pure.

Leaks in official lists are the best-documented failure of disclosure (domain 3.7). The scanner
reads full-width digits and numbers split by spaces or hyphens; numbers that are masked already,
landlines and short service numbers are not findings.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from stdnum import luhn
from stdnum.cn import uscc


class Sensitive(StrEnum):
    """What kind of personal data was found."""

    RESIDENT_ID = "resident_id"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Leak:
    """One find: what it is, where it stands in the text, and a sample that gives nothing away."""

    kind: Sensitive
    start: int
    end: int
    sample: str


_HYPHENS = "-‐‑‒–—−"
_RUN = re.compile(rf"(?<![0-9A-Za-z*.])\+?\d[\d \t{_HYPHENS}]{{9,60}}[0-9Xx](?![0-9A-Za-z*])")
_GROUP = re.compile(r"[^ \t]+")
_AMOUNT_AFTER = re.compile(r"\s*(元|万|亿|%|公斤|千克|吨|平方|立方|\.\d)")
_MOBILE = re.compile(r"^(?:\+?86|0086)?(1[3-9]\d{9})$")
_PROVINCES: Final = frozenset(
    (
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    )
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"
_HEALTH_WORDS: Final = re.compile(
    r"艾滋|HIV|梅毒|精神病|精神分裂|抑郁症|癌|白血病|尿毒症|肿瘤|肺结核|乙肝|传染病"
    r"|(?:肢体|视力|听力|言语|智力|精神|多重)残疾|残疾(?:类别|等级|证)|[一二三四1-4]级残疾"
)
_MAX_GROUPS = 6


def check_digit(first17: str) -> str:
    """The check character of a resident ID (GB 11643-1999)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECK[total % 11]


def is_resident_id(text: str) -> bool:
    """Whether ``text`` is a valid 18-character ID, or a 15-digit one of the first generation."""
    if re.fullmatch(r"\d{15}", text):
        return _is_id_body(f"{text[:6]}19{text[6:]}")
    if not re.fullmatch(r"\d{17}[0-9Xx]", text):
        return False
    return _is_id_body(text[:17]) and check_digit(text[:17]) == text[17].upper()


def upgraded_id(first_generation: str) -> str:
    """The 18-character form of a 15-digit ID."""
    body = f"{first_generation[:6]}19{first_generation[6:]}"
    return body + check_digit(body)


def is_truncated_id(text: str) -> bool:
    """Whether a *numeric cell* of a spreadsheet held an ID: Excel keeps 15 digits, then zeros."""
    return bool(re.fullmatch(r"\d{15}000", text)) and _is_id_body(text[:14] + "001")


def _is_id_body(first17: str) -> bool:
    if first17[:2] not in _PROVINCES:
        return False
    try:
        born = dt.date(int(first17[6:10]), int(first17[10:12]), int(first17[12:14]))
    except ValueError:
        return False
    return 1880 <= born.year <= 2100


def is_bank_card(digits: str) -> bool:
    """Whether 16–19 digits can be a bank card: an issuer's first digit, and Luhn closes.

    A unified credit code of digits only is not one.
    """
    if not re.fullmatch(r"[34569]\d{15,18}", digits) or len(set(digits)) < 4:
        return False
    return bool(luhn.is_valid(digits)) and not uscc.is_valid(digits)


def folded(text: str) -> str:
    """The text with full-width digits and letters in their plain form, same length."""
    if text.isascii():
        return text
    return "".join(
        folded_char
        if "\uff00" <= char <= "\uffef" and len(folded_char := _nfkc(char)) == 1
        else (" " if char in "\u3000\xa0\u2002\u2003\u2009" else char)
        for char in text
    )


def _nfkc(char: str) -> str:
    return unicodedata.normalize("NFKC", char)


def scan(text: str, *, allowed: frozenset[str] = frozenset()) -> list[Leak]:
    """Every leak in ``text`` in order, not overlapping; ``allowed`` are official ones, digits only.

    Example: ``"电话１３８ １２３４ ５６７８"`` → one mobile with the sample ``138****5678``.
    """
    plain = folded(text)
    leaks: list[Leak] = []
    for run in _RUN.finditer(plain):
        leaks += _scan_run(plain, run, allowed)
    return leaks


def scan_health(text: str) -> list[Leak]:
    """Words that tell a person's illness or disability; only meaningful beside names."""
    return [
        Leak(Sensitive.HEALTH, match.start(), match.end(), match.group())
        for match in _HEALTH_WORDS.finditer(text)
    ]


def _scan_run(plain: str, run: re.Match[str], allowed: frozenset[str]) -> Iterator[Leak]:
    """Leaks of one run of digits: its space-separated groups, and groups written apart."""
    groups = [(m.group(), run.start() + m.start(), run.start() + m.end()) for m in
              _GROUP.finditer(run.group())]  # fmt: skip
    first = 0
    while first < len(groups):
        last = first
        found = None
        for last in range(min(len(groups), first + _MAX_GROUPS), first, -1):
            found = _leak_of(plain, groups[first:last], allowed)
            if found:
                break
        if found:
            yield found
        first = last if found else first + 1


def _leak_of(
    plain: str, groups: list[tuple[str, int, int]], allowed: frozenset[str]
) -> Leak | None:
    digits = re.sub(rf"[{_HYPHENS}]", "", "".join(text for text, _, _ in groups))
    start, end = groups[0][1], groups[-1][2]
    bare = digits.removeprefix("+")
    if not 11 <= len(bare) <= 19 or bare in allowed:
        return None
    if is_resident_id(bare):
        return Leak(
            Sensitive.RESIDENT_ID, start, end, f"{bare[:3]}{'*' * (len(bare) - 4)}{bare[-1]}"
        )
    if mobile := _MOBILE.match(digits):
        if mobile[1] in allowed or _AMOUNT_AFTER.match(plain, end):
            return None
        return Leak(Sensitive.MOBILE, start, end, f"{mobile[1][:3]}****{mobile[1][-4:]}")
    if is_bank_card(bare):
        return Leak(Sensitive.BANK_CARD, start, end, f"{bare[:4]}{'*' * 8}{bare[-4:]}")
    return None
