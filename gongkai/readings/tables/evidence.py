"""What a cell's text speaks for: how well it fits each field, from its content alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

IMPOSSIBLE = 99.0

_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(
    r"^[(（]?\d{1,5}(?:[.\-]\d{1,3})*[)）.、]?$|^[(（]?[一二三四五六七八九十百]{1,4}[)）、]?$"
)
_TICK = re.compile(r"^(?:[√✓✔☑■▲▄●Ⅴ∨vVüþRt]|是|有)$")
_TICKISH = re.compile(r"^[√✓✔☑■▲▄□口£☐○×✗/\\\-—–?？∨Ⅴ]{1,2}$|^[vVüþRt否无]$")
_BASIS = re.compile(
    r"《[^》]*》?|〔\d{4}〕|国令|令第\d+号|\d{4}[〕)）\]]\d+号|发[〔(（\[]\d{4}|〔\d{5,}号"
)
_BASIS_TAIL = re.compile(
    r"(?:条例|办法|规定|意见|通知|细则|法|文件|法规|规章)(?:等|》)?(?:相关规定)?$"
)
_DEADLINE = re.compile(
    r"工作日|(?:\d+|[一二三五十*]+)个?(?:自然)?日(?:内|前)|及时|实时|长期|永久|随时|适时|"
    r"每(?:个)?(?:季|月|年|半年|周)|每[年月]\d|半年(?:至少)?更新|(?:按|每)季度|之日起|即时|常年|\d+天内|"
    r"\d+小时|定期|提前.{1,3}(?:周|日|天)|月底前|\d+月底|动态更新|启动.{0,20}时$"
)
_DEADLINE_TAIL = re.compile(r"公[开布示]$|内$|更新$|起$|时$|前$|日$|次$")
_CHANNEL_NAME = re.compile(
    r"政府网站|门户网站|政府公报|两微一端|一微一端|政务新媒体|新媒体|发布会|听证会|广播电视|纸质媒[体介]|纸质载体|"
    r"公开查阅点|查阅点|(?:政务|行政|政府)服务中心|便民服务[站点]|入户|现场|公[示开]栏|精准推送|电子屏|"
    r"公共资源交易平台|监管平台|政务公开专区|服务热线|信用中国|微信公众号|村委会示栏|政务服务网|网站|公告栏"
)
_GLYPH = re.compile(r"[■□▲▄口☑☐☒£þ¨\uf000-\uf0ff]|(?<![A-Za-z])[Rto](?=[\u4e00-\u9fff])")
_BODY = re.compile(
    r"(?:局|厅|部|委|办|政府|办事处|办公室|部门|委员会|中心|村委会|居委会|行政村|社区|街道|乡镇|镇|乡|单位|机关|机构|法院|"
    r"检察院|公司|学校|幼儿园|支队|大队|中队|派出所|站|所|队|院|馆|会|合作社|组织|县级|企业|招标人|责任人|科|股)"
    r"(?:[(（][^()（）]*[)）])?(?:等)?$"
)
_BULLET = re.compile(r"^(?:[●·•◆▪]|\d+[.、．)）]|[①-⑳]|[(（]\d+[)）])")
_POINTER = re.compile(r"^(?:同上|同前|〃|″|同上行)[。.]?$")
_ITEMS = re.compile(r"[、；;]|等$|信息$|情况")

TICKS = frozenset({"society", "group", "proactive", "on_request"})


def compact(text: str) -> str:
    """The text without any white space."""
    return _SPACES.sub("", text)


def is_tick_field(key: str) -> bool:
    """Whether the column holds one √ per row."""
    return key in TICKS or key.startswith("level:")


@lru_cache(maxsize=65536)
def is_tick(text: str) -> bool:
    """Whether the text is nothing but a mark as it stands in √ columns."""
    return bool(_TICKISH.match(compact(text)) or _TICK.match(compact(text)))


@lru_cache(maxsize=65536)
def is_number(text: str) -> bool:
    """Whether the text is a row number, plain or compound."""
    return bool(_NUMBER.match(compact(text)))


@lru_cache(maxsize=65536)
def is_deadline(text: str) -> bool:
    """Whether the text is a deadline phrase beyond doubt."""
    flat = compact(text)
    return bool(_DEADLINE.search(flat)) and _cost_deadline(flat) == 0.0


@lru_cache(maxsize=65536)
def is_channels(text: str) -> bool:
    """Whether the text is a list of channels beyond doubt: boxes before channel names."""
    return _cost_channels(compact(text)) == 0.0


@lru_cache(maxsize=65536)
def is_basis(text: str) -> bool:
    """Whether the text begins with a law or a numbered document."""
    return bool(re.match(r"^(?:\d+[.、．]|[●①(（【\u4e00-\u9fff】]{0,6})?《", compact(text)))


@lru_cache(maxsize=262144)
def misfit(text: str, key: str) -> float:
    """How badly the text fits the field: 0 speaks for it, ``IMPOSSIBLE`` rules it out."""
    flat = compact(text)
    if is_tick_field(key):
        return _cost_tick(flat, key)
    if is_tick(flat):
        return _cost_of_tick_elsewhere(flat, key)
    if key == "number":
        return 0.0 if is_number(flat) else IMPOSSIBLE
    if is_number(flat):
        return 1.0 if key.startswith("extra:") else 12.0
    if _POINTER.match(flat):
        return 0.2 if key in {"basis", "deadlines", "channels", "bodies"} else 2.0
    rule = _COSTS.get(key)
    if rule is None:
        return 4.0 if _GLYPH.search(flat) and _CHANNEL_NAME.search(flat) else 1.0
    return rule(flat)


def _cost_tick(flat: str, key: str) -> float:
    if is_tick(flat):
        return 0.0
    if key == "group":
        return (
            1.2
            if re.search(r"群|人员|对象|申请人|成员|当事人|企业|面向|家庭|居民|村民", flat)
            else 8.0
        )
    if key in {"society", "proactive", "on_request"}:
        names = {"society": "全社会社会公众", "proactive": "主动公开", "on_request": "依申请公开"}
        return 0.5 if flat in names[key] else 12.0
    return 0.5 if len(flat) <= 6 and flat.endswith("级") else 12.0


def _cost_of_tick_elsewhere(flat: str, key: str) -> float:
    if key in {"audience", "mode", "levels"} or key.startswith("extra:"):
        return 0.3
    return 12.0 if flat in {"/", "-", "—", "–", "无"} else IMPOSSIBLE


def _cost_deadline(flat: str) -> float:
    if not _DEADLINE.search(flat):
        return 3.0 if len(flat) <= 30 and not _BASIS.search(flat) else 8.0
    if _GLYPH.search(flat) and _CHANNEL_NAME.search(flat):
        return 12.0
    if len(flat) <= 16 or _DEADLINE_TAIL.search(flat) or re.search(r"工作日|之日起|从其规定", flat):
        return 0.0
    return 1.0


def _cost_channels(flat: str) -> float:
    n_names = len(_CHANNEL_NAME.findall(flat))
    if _GLYPH.search(flat) and (n_names or flat[0] in "■□▲▄口"):
        return 0.0
    if n_names:
        shown = sum(len(name) for name in _CHANNEL_NAME.findall(flat))
        return 0.3 if shown * 2 >= len(flat) or n_names >= 3 else 4.0
    return 8.0


def _cost_basis(flat: str) -> float:
    if _GLYPH.search(flat) and _CHANNEL_NAME.search(flat):
        return 12.0
    if _BASIS.search(flat):
        return 0.0
    return 0.8 if _BASIS_TAIL.search(flat) else 3.0


def _cost_bodies(flat: str) -> float:
    if _CHANNEL_NAME.search(flat) and _GLYPH.search(flat):
        return 12.0
    if "《" in flat:
        return 6.0
    if _BODY.search(flat):
        return 0.0 if len(flat) <= 60 else 1.0
    return 2.0 if len(flat) <= 40 and not is_deadline(flat) else 6.0


def _cost_item(flat: str) -> float:
    if _GLYPH.search(flat) and _CHANNEL_NAME.search(flat):
        return 12.0
    cost = 0.3
    if len(flat) > 22:
        cost += 1.0
    if "《" in flat:
        cost += 2.5
    if _BULLET.match(flat):
        cost += 0.6
    if re.search(r"工作日|之日起", flat):
        cost += 6.0
    return cost


def _cost_contents(flat: str) -> float:
    if _GLYPH.search(flat) and _CHANNEL_NAME.search(flat):
        return 12.0
    cost = 0.3
    if re.search(r"工作日内|之日起", flat) and len(flat) < 40:
        cost += 6.0
    if re.match(r"^《[^》]*条例》(?:[(（][^()（）]*[)）])?$", flat):
        cost += 0.5
    return cost


_COSTS: dict[str, Callable[[str], float]] = {
    "deadlines": _cost_deadline,
    "channels": _cost_channels,
    "basis": _cost_basis,
    "bodies": _cost_bodies,
    "level1": _cost_item,
    "level2": _cost_item,
    "level3": _cost_item,
    "contents": _cost_contents,
    "audience": lambda flat: 0.3 if re.search(r"社会|群体|群众|公众|对象|人", flat) else 3.0,
    "mode": lambda flat: 0.1 if re.search(r"主动|申请", flat) and len(flat) < 20 else 6.0,
    "levels": lambda flat: 0.1 if re.search(r"[级镇县区村市]", flat) and len(flat) < 20 else 6.0,
}
