"""The publishing bodies of a row (公开主体): one or several names in a cell."""

from __future__ import annotations

import re

from gongkai.readings.fields.folding import Folded, clean, fold
from gongkai.readings.fields.nesting import depths

_SEPARATORS = frozenset("、,;/|\\。")
_COMPLETE = re.compile(
    r"(?:局|厅|院|所|站|队|处|委|办|政府|部门|机关|单位|中心|学校|公司|街道|乡镇|镇|乡|机构|"
    r"部|村|居|组|园区|开发区|总队|大队|银行|室|员|人|级|党总?支部|委员会|委会|理事会|协会|联合会|合作社|社区|行政村|医院|科|股|室|馆|组织|企业)(?:\([^()]*\))?$"
)
_CONTINUES = re.compile(r"(?:[(和及与或等的]|以及|办事处|管委会|管理委员会|办公室)")
_AND = re.compile(r"以及|及(?!其|所属|下属|相关|有关)|和(?!其|下属|相关|有关)")
_WHOLE = re.compile(
    r"(?:人民政府|[\u4e00-\u9fff]{2,}(?:局|办事处|管委会|村委会|村民委员会|居委会|居民委员会|征收部门|主管部门))$"
)
_PLACE = re.compile(r"各|[省市县州盟旗区乡镇村]|街道|社区|居民|村民")


def split_bodies(raw: str) -> tuple[str, ...]:
    """The names in the cell, in order, each on one line.

    Splits at 、 , ; / and at a line end that follows a complete name, never inside brackets.
    Nothing but separators is dropped. Example: "县民政局、乡镇人民政府(街道办事处)" → two names.
    """
    whole = fold(raw)
    inside = depths(whole.text)
    names: list[str] = []
    start = 0
    for index, mark in enumerate(whole.text):
        if inside[index]:
            continue
        if mark in _SEPARATORS:
            if mark == "、" and _is_shared(whole.text, start, index):
                continue
            names.append(whole.source(start, index))
            start = index + 1
        elif whole.gap_before(index) and _ends_name(whole, start, index):
            names.append(whole.source(start, index))
            start = index
    names.append(whole.source(start, len(whole.text)))
    return tuple(clean(part) for name in names if name for part in _parted(name))


def _parted(name: str) -> list[str]:
    """Two whole names with 及 or 和 between them: 县人民政府及县住建局."""
    inside = depths(name)
    for match in _AND.finditer(name):
        before, after = name[: match.start()], name[match.end() :]
        if not inside[match.start()] and _WHOLE.search(before) and _WHOLE.search(after):
            return [before, *_parted(after)]
    return [name]


def _is_shared(text: str, start: int, index: int) -> bool:
    """Whether names share their end: 市、区两级政府 and 民政、财政部门 are one phrase each."""
    before = text[start:index]
    after = re.split(r"[、,;/|\\。]", text[index + 1 :], maxsplit=1)[0]
    return bool(before and after) and not _COMPLETE.search(before) and bool(_COMPLETE.search(after))


def _ends_name(whole: Folded, start: int, index: int) -> bool:
    """Whether the gap before ``index`` parts two names rather than one wrapped name."""
    before = whole.text[start:index]
    after = re.split(r"[、,;/|\\。]", whole.text[index:], maxsplit=1)[0]
    if not _COMPLETE.search(before) or len(after) < 3 or _CONTINUES.match(after):
        return False
    if before.endswith("政府") or not whole.breaks_before(index):
        return bool(_PLACE.match(after)) and len(before) > 3 and bool(_COMPLETE.search(after))
    return True


def render_bodies(names: tuple[str, ...]) -> str:
    """The canonical cell text of the names."""
    return "、".join(names)
