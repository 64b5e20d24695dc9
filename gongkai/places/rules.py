"""Pure rules of places: division codes, credit codes, and how body names are compared.

Source: domain 7.1 (统计用区划代码), 7.2 (GB 32100-2015).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from gongkai.base.errors import Refused

CODE_LENGTH = 12
URBAN_RURAL_CLASSES = frozenset({"111", "112", "121", "122", "123", "210", "220"})
_PREFIX_LENGTHS = (
    ("province", 2),
    ("prefecture", 4),
    ("county", 6),
    ("township", 9),
    ("village", 12),
)
_TOWNSHIP_KINDS = ((1, 99, "street"), (100, 199, "town"), (200, 399, "rural_township"))
_VILLAGE_KINDS = ((1, 199, "community"), (200, 399, "village"))


@dataclass(frozen=True, slots=True)
class DivisionCode:
    """A 12-digit code taken apart.

    ``kind`` is what the code's range stands for; ``other`` where the range says nothing.
    ``ancestors`` are the codes above it, nearest first.
    """

    code: str
    level: str
    kind: str
    prefix: str
    ancestors: tuple[str, ...]


def parse_code(code: str) -> DivisionCode:
    """The division code taken apart: level from its trailing zeros, kind from its ranges.

    A prefecture without counties has townships directly below it (``DD`` = 00), so only a
    missing prefecture or township in the middle is wrong.

    Raises: ``Refused('place.code_invalid')`` with ``why`` ∈ digits, province, gap.
    Example: ``"439901101201"`` → village, ``village``, below ``439901101000``.
    """
    if not re.fullmatch(r"[0-9]{12}", code):
        raise Refused("place.code_invalid", value=code, why="digits")
    if code[:2] == "00":
        raise Refused("place.code_invalid", value=code, why="province")
    has_gap = (code[2:4] == "00" and code[4:].strip("0")) or (
        code[6:9] == "000" and code[9:] != "000"
    )
    if has_gap:
        raise Refused("place.code_invalid", value=code, why="gap")
    level, length = next(
        (level, length) for level, length in _PREFIX_LENGTHS if not code[length:].strip("0")
    )
    above = {
        code[:n].ljust(CODE_LENGTH, "0"): None for _, n in reversed(_PREFIX_LENGTHS) if n < length
    }
    above.pop(code, None)
    return DivisionCode(code, level, _kind(code, level), code[:length], tuple(above))


def _kind(code: str, level: str) -> str:
    if level == "county":
        return "district"
    ranges = {"township": _TOWNSHIP_KINDS, "village": _VILLAGE_KINDS}.get(level, ())
    number = int(code[6:9] if level == "township" else code[9:])
    return next((kind for low, high, kind in ranges if low <= number <= high), "other")


def kind_fits(code: DivisionCode, kind: str) -> bool:
    """Whether ``kind`` is what the code's range stands for, or the range says nothing."""
    return "other" in (code.kind, kind) or code.kind == kind


def check_credit_code(code: str) -> None:
    """Return when ``code`` is a well-formed 统一社会信用代码 with right check characters.

    Raises: ``Refused('place.credit_code_invalid')``.
    """
    try:
        uscc.validate(code)
    except ValidationError as error:
        raise Refused("place.credit_code_invalid", value=code) from error


_FOLDS = (
    ("村村民委员会", "村委会"), ("村民委员会", "村委会"), ("村村委会", "村委会"),
    ("居民委员会", "居委会"), ("街道办事处", "街道"), ("街道办", "街道"),
    ("镇人民政府", "镇"), ("镇政府", "镇"), ("乡人民政府", "乡"), ("乡政府", "乡"),
    ("人民政府", "政府"), ("委员会", "委"),
)  # fmt: skip
"""Long and short forms of one name; applied in order to both sides of a comparison."""


def folded_name(name: str) -> str:
    """A body's name in the one form in which names are compared; never shown.

    Example: ``"石桥镇 人民政府"`` and ``"石桥镇政府"`` → ``"石桥镇"``.
    """
    text = "".join(unicodedata.normalize("NFKC", name).split()).strip(";,。、.:")
    for long, short in _FOLDS:
        text = text.replace(long, short)
    return text


def local_name(name: str, *, district: str) -> str:
    """A folded name without the district's own: 云溪区民政局, 区民政局, 县民政局 → 民政局.

    Only departments of the district are compared in this form.
    """
    text = folded_name(name).removeprefix(district)
    return re.sub(r"^[区县市](?=..)", "", text)
