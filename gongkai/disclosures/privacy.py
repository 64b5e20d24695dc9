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


# The hyphen stands first in every class of characters, where it means itself.
_HYPHENS = "-‐‑‒–—−"
_RUN = re.compile(rf"(?<![0-9*])(?<![0-9]\.)\+?\d[{_HYPHENS}\d \t]{{9,60}}[0-9Xx](?![0-9A-Za-z*])")
_DOTTED = re.compile(r"(?<![\d.])(?:1[3-9]\d\.\d{4}\.\d{4}|\d{6}\.\d{8}\.\d{3}[\dXx])(?![\d.])")
_LED_BY = re.compile(r"([A-Za-z]+)$")
_WORDS_BEFORE_MOBILES: Final = frozenset(
    {"tel", "phone", "mobile", "mob", "wx", "vx", "weixin", "wechat", "sj", "dh", "id", "no"}
)
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_PARTED = re.compile(rf"[{_HYPHENS} ]+")
_MOBILE_SHAPES: Final = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (5, 6), (3, 3, 5), (3, 2, 2, 2, 2)}
)
_CARD_SHAPE = re.compile(r"(?:\d{4}[ -]){3,4}\d{1,4}|\d{6}[ -]\d{10,13}|\d{16,19}")
_SCIENTIFIC = re.compile(r"(?<![\d.])(\d)\.(\d{13,16})[Ee]\+?17(?!\d)")
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
    """Whether a *numeric cell* of a spreadsheet held an ID: of its digits only the first 15 hold.

    Excel writes zeros after them; other programs write what a binary number makes of the rest.
    """
    return bool(re.fullmatch(r"\d{18}", text)) and _is_id_body(text[:14] + "001")


def rounded_ids(text: str) -> list[str]:
    """IDs that a spreadsheet saved as ``1.10101199003074E+17``."""
    numbers = (f"{m[1]}{m[2]}".ljust(18, "0") for m in _SCIENTIFIC.finditer(text))
    return [number for number in numbers if is_truncated_id(number)]


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
    """The text with digits and letters of other kinds in their plain form, same length.

    Invisible signs between digits become hyphens, spaces of any width become spaces.
    """
    return text if text.isascii() else "".join(map(_folded_char, text))


def _folded_char(char: str) -> str:
    if char.isascii():
        return char
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char in _INVISIBLE:
        return "-"
    if unicodedata.category(char) == "Zs":
        return " "
    if "\uff00" <= char <= "\uffef":
        plain = unicodedata.normalize("NFKC", char)
        return plain if len(plain) == 1 else char
    return char


def scan(text: str, *, allowed: frozenset[str] = frozenset()) -> list[Leak]:
    """Every leak in ``text`` in order, not overlapping; ``allowed`` are official ones, digits only.

    Example: ``"电话１３８ １２３４ ５６７８"`` → one mobile with the sample ``138****5678``.
    """
    plain = _DOTTED.sub(lambda found: found[0].replace(".", "-"), folded(text))
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
        else:
            last = _end_of_spelt_id(groups, first)
            found = _leak_of(plain, groups[first:last], allowed) if last else None
        if found:
            yield found
        first = last if found else first + 1


def _end_of_spelt_id(groups: list[tuple[str, int, int]], first: int) -> int:
    """Where the groups from ``first`` make up 18 characters, as in ``1 1 0 1 0 1 …``; else 0."""
    joined = ""
    for last in range(first, min(len(groups), first + 18)):
        joined += groups[last][0]
        if len(joined) >= 18:
            return last + 1 if is_resident_id(joined) else 0
    return 0


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
    written = plain[start:end]
    word = _led_by(plain, start)
    if mobile := _MOBILE.match(digits):
        is_other = bool(word) and word not in _WORDS_BEFORE_MOBILES
        if mobile[1] in allowed or _AMOUNT_AFTER.match(plain, end) or is_other:
            return None
        if not _is_written_as_mobile(written):
            return None
        return Leak(Sensitive.MOBILE, start, end, f"{mobile[1][:3]}****{mobile[1][-4:]}")
    if is_bank_card(bare) and not word and _CARD_SHAPE.fullmatch(written):
        return Leak(Sensitive.BANK_CARD, start, end, f"{bare[:4]}{'*' * 8}{bare[-4:]}")
    return None


def _led_by(plain: str, start: int) -> str:
    """The Latin word that stands right before ``start``, in small letters."""
    found = _LED_BY.search(plain, max(0, start - 12), start)
    return found[1].lower() if found else ""


def _is_written_as_mobile(written: str) -> bool:
    """Whether the groups are those of a telephone number: figures of a table are none."""
    if "\t" in written:
        return False
    sizes = tuple(len(part) for part in _PARTED.split(written.lstrip("+")) if part)
    if sizes and sizes[0] in (2, 4) and sum(sizes) > 11:  # 86, 0086
        sizes = sizes[1:]
    return sizes in _MOBILE_SHAPES or (len(sizes) == 1 and sizes[0] in (11, 13, 15))
