"""Pure rules for group phrases in 公开主体: who is 各乡镇(街道), 县级民政部门 and so on.

Explicit tables only. What no rule names stays unmatched; nothing is guessed by likeness.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_TOWN = r"(?:乡镇|镇乡|乡|镇)级?(?:人民政府|政府)?"
_STREET = r"街道(?:办事处|办)?"
_VILLAGE = r"(?:行政)?村(?:民委员会|民委会|委会|委|级组织|级)?"
_COMMUNITY = r"(?:城市)?(?:社区)?居(?:民委员会|民委会|委会|委)|社区(?:居民委员会|居委会)?"
_COLLECTIVE = r"(?:农村|村级|村)?集体经济组织|村(?:股份)?经济(?:股份)?合作社"
_AND = r"[、,/和及或与]?"
_SEAT = r"(?:县区|区县|县市区|县|区|市|本)?级?"

_GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    (rf"{_TOWN}{_AND}{_STREET}|{_STREET}{_AND}{_TOWN}", frozenset({"town", "street"})),
    (r"(?:乡镇|镇|乡)街(?:道)?(?:办事处|办)?", frozenset({"town", "street"})),
    (_TOWN, frozenset({"town"})),
    (_STREET, frozenset({"street"})),
    (
        r"(?:行政)?村居(?:民委员会|民委会|委会|委)?"
        rf"|{_VILLAGE}{_AND}(?:{_COMMUNITY})|(?:{_COMMUNITY}){_AND}{_VILLAGE}",
        frozenset({"village_committee", "residents_committee"}),
    ),
    (_VILLAGE, frozenset({"village_committee"})),
    (_COMMUNITY, frozenset({"residents_committee"})),
    (_COLLECTIVE, frozenset({"collective"})),
    (
        rf"{_SEAT}(?:直属?)?(?:政府)?各?(?:政府|职能|预算|主管|业务)?(?:部门|预算单位)",
        frozenset({"department"}),
    ),
    (rf"{_SEAT}人民政府|{_SEAT}政府", frozenset({"government"})),
)

_SECTORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("发展(?:和)?改革|发改", ("发展和改革局", "发展改革局", "发展和改革委", "发改局")),
    ("教育", ("教育局", "教育和体育局", "教体局")),
    ("公安", ("公安局", "公安分局")),
    ("民政", ("民政局",)),
    ("司法(?:行政)?", ("司法局",)),
    ("财政", ("财政局",)),
    ("人力资源(?:和)?社会保障|人社", ("人力资源和社会保障局", "人力资源社会保障局", "人社局")),
    ("自然资源|国土资源", ("自然资源局", "自然资源和规划局")),
    ("生态环境|环境保护|环保", ("生态环境局", "生态环境分局")),
    ("住房(?:和)?城乡建设|住建", ("住房和城乡建设局", "住房城乡建设局", "住建局")),
    ("交通运输|交通", ("交通运输局",)),
    ("水利|水务", ("水利局", "水务局")),
    ("农业农村", ("农业农村局",)),
    ("商务", ("商务局",)),
    ("文化(?:和)?旅游|文旅|文化", ("文化和旅游局", "文化旅游局", "文化旅游广电体育局")),
    ("卫生健康|卫健|卫生计生", ("卫生健康局", "卫生健康委")),
    ("退役军人(?:事务)?", ("退役军人事务局",)),
    ("应急(?:管理)?|安全生产监督管理", ("应急管理局",)),
    ("审计", ("审计局",)),
    ("市场(?:监督管理|监管)|食品药品(?:监督管理|监管)", ("市场监督管理局", "市场监管局")),
    ("统计", ("统计局",)),
    ("医疗保障|医保", ("医疗保障局",)),
    ("乡村振兴|扶贫", ("乡村振兴局",)),
    ("城市(?:管理|综合执法|管理综合执法)|城管|综合(?:行政)?执法",
     ("城市管理和综合执法局", "城市管理局", "城市管理综合执法局", "综合行政执法局")),
    ("税务", ("税务局",)),
    ("林业", ("林业局",)),
    ("工业(?:和)?信息化|工信", ("工业和信息化局", "工信局")),
)  # fmt: skip
_SECTOR_ENDING = r"(?:行政)?(?:主管|管理)?(?:部门|机关)"


@dataclass(frozen=True, slots=True)
class Group:
    """Who a phrase means: bodies of these roles, or the one department with one of these names.

    Roles are body kinds; of the township governments, ``town`` (乡镇) and ``street`` apart.
    """

    roles: frozenset[str] = frozenset()
    department_names: tuple[str, ...] = ()


def group_of(phrase: str) -> Group | None:
    """The group that a phrase names by the tables above; None where no rule names one.

    Example: ``"各乡镇（街道）"`` → town and street; ``"县级民政部门"`` → 民政局.
    """
    text = _flattened(phrase)
    for pattern, roles in _GROUPS:
        if re.fullmatch(pattern, text):
            return Group(roles=roles)
    for pattern, names in _SECTORS:
        if re.fullmatch(rf"{_SEAT}(?:人民政府)?(?:{pattern}){_SECTOR_ENDING}", text):
            return Group(department_names=names)
    return None


def _flattened(phrase: str) -> str:
    """Spaces and brackets away, and the words for *every* in front."""
    text = "".join(unicodedata.normalize("NFKC", phrase).split())
    text = re.sub(r"[()\[\]〔〕【】]", "", text).strip(";,。、.:")
    return re.sub(r"^(?:全区|全县|全市|辖区内?)?(?:各级|各|有关|相关|所属|本)", "", text)
