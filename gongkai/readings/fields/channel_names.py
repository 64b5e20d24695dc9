"""The names of channels: the 13 of the standard form under all their spellings, and local ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

CANONICAL_LABELS = {
    "website": "政府网站",
    "gazette": "政府公报",
    "new_media": "两微一端",
    "press_conference": "发布会/听证会",
    "broadcast": "广播电视",
    "print": "纸质媒体",
    "reading_point": "公开查阅点",
    "service_centre": "政务服务中心",
    "convenience_point": "便民服务站",
    "visit": "入户/现场",
    "board": "社区/企事业单位/村公示栏(电子屏)",
    "push": "精准推送",
    "other": "其他",
}
_PLACE = r"(?:[\u4e00-\u9fff]{0,6}?(?:省|市|县|区|旗|州|镇|乡|街道|本级)(?:人民)?)"
_NAMED = r"(?![\u4e00-\u9fff]{0,2}[栏屏站端点会体报视馆场送心网台])[\u4e00-\u9fff]{2,3}"
_SEP = r"[/、,.]?"
_WHERE = (
    r"(?:社区|企事业单位|企业|事业单位|单位|村委会|居委会|村\(居\)委会|村居|村级?|居民?|行政村|自然村|存(?=公示栏)|"
    r"乡镇|镇村|镇|乡|街道|园区|学校|小区|村民?小组|村务|居务|政务|党务|信息|固定|张贴|现场)"
)
_BOARD = (
    rf"(?:{_WHERE}(?:\(社区\)|\(居\)|\(村\))?{_SEP})*"
    r"(?:公示公开栏|公开公示栏|公示栏|公开栏|公告栏|宣传栏|公示牌)"
    r"(?:[(/](?:电子屏|电子显示屏|电子屏幕|电子信息屏)\)?)?"
)
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "website",
        r"政府(?:门户|官方)?网站|(?:门户|官方)网站|政府官网|政府网",
    ),
    ("gazette", r"政府公报"),
    (
        "new_media",
        r"(?:两|二|一)微一端|政务新媒体|新媒体(?:平台)?|政务微博微信|政务微信|政务微博|两微",
    ),
    ("press_conference", rf"(?:新闻)?发布会(?:{_SEP}听证会)?|听证会"),
    ("broadcast", rf"广播{_SEP}电视(?:台)?|电视台?|广播"),
    ("print", r"纸质(?:媒体|载体|媒介)|报刊|报纸"),
    (
        "reading_point",
        r"(?:政府信息|政务信息|政务|信息)?公开查阅(?:点|室|场所)(?:/政务公开专区)?|政务公开专区|信息查阅点",
    ),
    (
        "service_centre",
        r"(?:政务|行政|政府)服务(?:中心|大厅)|提供政务服务的场所|政务大厅|行政审批大厅",
    ),
    ("convenience_point", rf"便民服务(?:站|点|中心)(?:\(站\)|{_SEP}站)?"),
    ("visit", rf"入户{_SEP}现场(?:宣传)?|入户宣传|入户|现场(?:公示|公开|宣传)?"),
    ("board", _BOARD),
    ("push", r"精准推送"),
    ("other", r"其[他它]"),
    ("", r"征地信息公开平台|12345(?:政务服务)?(?:便民)?热线(?:平台)?|投资项目在线审批监管平台"),
    ("", r"(?:全国|省|市|县)?公共资源交易(?:平台|网|中心网站)|信用中国网站|招标?投标公共服务平台"),
    (
        "",
        r"国家企业信用信息公示系统|省?政务服务网|法律服务网|双公示系统|办税服务厅|基层公共服务平台",
    ),
    (
        "",
        r"国家档案馆|档案馆|图书馆|电子显示屏|居委会|\"?社区云\"?小程序|微信公众号|微信群|会议(?:公开)?",
    ),
)
_PLACED = (
    ("website", rf"(?:{_PLACE}|{_NAMED})政府(?:门户|官方)?网站|{_PLACE}(?:门户|官方)网站"),
    ("gazette", rf"{_PLACE}政府公报"),
    ("service_centre", rf"{_PLACE}(?:政务|行政|政府)服务(?:中心|大厅)"),
    ("convenience_point", rf"{_PLACE}便民服务(?:站|点|中心)(?:\(站\))?"),
)
"""Names with a place in front; tried only where no plain name begins (两微一端|区政府网站)."""
_COMPILED = tuple((code, re.compile(pattern)) for code, pattern in _PATTERNS)
_COMPILED_PLACED = tuple((code, re.compile(pattern)) for code, pattern in _PLACED)
_COMPLETE = re.compile(
    r"(?:平台|网站|网页|网|系统|大厅|中心|站|馆|热线|栏|屏|会议|小程序|app|客户端|公众号|点|厅|处|群|专区|"
    r"专栏|电视台|广播|报|刊|会|短信|电话|橱窗|手册|窗口|喇叭|明白纸|档案|媒体|推送)(?:\([^()]*\))?$",
    re.IGNORECASE,
)
_PLAUSIBLE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9\"'“”‘’()（）《》+—·-]{2,30}")
_DAMAGE_BASES = (
    *CANONICAL_LABELS.values(),
    "政务新媒体",
    "发布会",
    "政务公开栏",
    "村委会公示栏",
    "村公示栏",
)


@dataclass(frozen=True, slots=True)
class KnownName:
    """A channel name found in a text: its code ("" for a well-known local one) and its length."""

    code: str
    length: int


def name_at(text: str, index: int, end: int | None = None) -> KnownName | None:
    """The longest known channel name that begins at ``index`` of a folded text."""
    stop = len(text) if end is None else end
    for patterns in (_COMPILED, _COMPILED_PLACED):
        found = [
            KnownName(code, match.end() - index)
            for code, pattern in patterns
            if (match := pattern.match(text, index, stop)) and match.end() > index
        ]
        if found:
            return max(found, key=lambda name: name.length)
    return None


def _damaged_forms() -> frozenset[str]:
    forms = set()
    for base in _DAMAGE_BASES:
        plain = base.replace("/", "")
        for whole in {base, plain}:
            forms.add(whole.replace("公", ""))
            forms |= {whole[:i] + whole[i + 1 :] for i in range(len(whole))}
    intact = {form for form in forms if (found := name_at(form, 0)) and found.length == len(form)}
    return frozenset(form for form in forms - intact if len(form) > 1)


_DAMAGED = _damaged_forms()


def looks_damaged(text: str) -> bool:
    """Whether the text is a standard name with characters lost (村委会示栏, 开查阅点, 政府报)."""
    return text in _DAMAGED


def looks_local(text: str) -> bool:
    """Whether the text can be the name of a local channel at all."""
    return bool(_PLAUSIBLE.fullmatch(text)) and len(re.findall(r"[\u4e00-\u9fff]", text)) >= 2


def is_complete(text: str) -> bool:
    """Whether the text ends as names of channels end (…平台, …网站, …公示栏)."""
    return bool(_COMPLETE.search(text))
