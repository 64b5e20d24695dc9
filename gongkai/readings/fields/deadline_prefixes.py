"""What stands before the core of a deadline: its trigger, its subject, its condition."""

from __future__ import annotations

import re
from dataclasses import dataclass

FORMED_OR_CHANGED = "formed_or_changed"
_OR = r"(?:或者?|、|和|及|与|以及|/|,|并)?"
_FORMED = re.compile(
    r"(?:公开事项|政府|政务|公开|该|此|本|相关|有关|村务|居务|各类|所有|项|条)*(?:信息)?(?:公开)?(?:在|自)?"
    rf"(?:形成|产生|生成)(?:{_OR}\(?{_OR}(?:获取{_OR})?(?:变更|变动|变化|改变|更新)\)?)?|"
    rf"(?:信息)?变更{_OR}形成|"
    r"信息获取\(形成(?:或|、)?变更\)|"
    r"制作(?:或者?|、|和)获取(?:该|此|政府|相关|有关|本|政务|公开)*信息"
)
_EVENT_VERB = re.compile(
    r"(?:下发|印发|发布|确定|批准|批复|收到|作出|做出|完成|结束|制定|获取|产生|生成|形成|变更|颁布|下达|"
    r"通过|受理|办结|到位|签订|成立|审定|审批|实施|竣工|验收|变动|变化|修订|更新|核准|备案|公布|出台|"
    r"至本单位|到本单位|到本级|生效|签发|签署|当选|任命|开工|评定|认定|审核|审查|发生|召开|分配)$"
)
_FROM = (
    r"(?:自(?![然治愿主身建查我动由己]|行(?!政))|从(?![业事])|"
    r"(?<![现存])在|(?<![关由对低少属用高大])于|由(?!于))"
)
_MARKED = re.compile(
    rf"(?:(?P<subject>.*?)(?:应当?|须|均|要)?{_FROM})?(?P<event>[^自].*?)"
    r"(?:之?(?:日|时|次日|当日)?(?:起|开始|算起|起算)(?:的|算|计算)?|(?:之后|以后|后)(?:的)?|之日|(?<![及实随即适按定平临同有])时)"
)
_PREPOSED = re.compile(rf"(?P<subject>.*?)(?:应当?|须|均|要)?{_FROM}(?P<event>.+)")
_CHANGE = re.compile(
    r"(?:如|若|遇|凡|一旦)?(?:信息|内容|情况|数据|政策)?(?:如|若)?(?:发生|出现|遇|有)?"
    r"(?:重大|新|信息|内容|情况)?(?:变更|变化|变动|更新|调整|修订|修改|新增|增减|改变)(?:时|后|的)?"
)
_NOUN = re.compile(
    r"(?:信息|事项|文件|结果|情况|内容|材料|公告|通知书?|名单|清单|目录|方案|计划|报告|数据|标准|流程|"
    r"指南|政策|办法|制度|决定书?|意见书?|职责|机构|简介|公示|收支|账目|财务|项目|章程|规约|书|表|"
    r"部分|其[他它]|证|资金|事务|预算|决算|法规|概况|动态|措施|草案|规划|价格|名录|安排|条件|程序|"
    r"对象|范围|依据|电话|方式|事宜|工作|许可|处罚|强制|检查|收费|类|情形|问题|活动|招聘|采购|服务)"
    r"(?:\([^()]*\))?$"
)
_TOGETHER = re.compile(r"(?:与|和|同|随).+(?:同步|同时|一并)(?:公开|公布|公示|发布|公告)?")
_FILLER = re.compile(
    r"(?:(?:前款规定|上述|以上)的?事项中?|原则上|一般|一般情况下|通常|视情况?|"
    r"(?:按照?|根据)(?:工作|实际|项目|有关|相关)?"
    r"(?:进展|进度|实际|规定|要求|情况|需要)的?(?:情况|要求)?|"
    r"并|且|同时|但|其中|应当?|应该|须|需|要|必须|均|都|则|也|或|可|确保|做到|最迟|最长|最晚|至迟|期限为?|时限为?|"
    r"不得?超过|不晚于|不迟于|最多|在|于|的|后|之|日起|予以|给予|主动|依法|及时|进行|向社会|保持|"
    r"(?:在|通过)[^,;。在]{2,14}(?:网站|公示栏|公开栏|公告栏|平台)|"
    r"公开|公布|公示|发布|更新|和|及|与|公开(?:时限|时间|期限)|时限|时间|信息|定期|至少|每次)*[:]?"
)
_LEADING = re.compile(
    r"^(?:最晚|最迟|至迟|原则上|并且?|且|同时|但|其中|[、,:/和及]|对于?(?=.*的$))+"
)
_TRAILING = re.compile(
    r"(?:[、,:]|应当?|应该|须|需|要|必须|均|都|原则上|一般|最迟|最长|最晚|至迟|不得?超过|不晚于|不迟于|在|"
    r"(?<![关由对])于|不得|期限|时限|为|按|的(?=$))+$"
)
GENERIC_SUBJECTS = frozenset({"信息", "政府信息", "公开信息", "公开", "政务信息", "该信息", ""})


@dataclass(slots=True)
class Prefix:
    """What is known from the words before a core; ``odd`` are words that nobody understood."""

    trigger: str | None = None
    subject: str | None = None
    condition: str | None = None
    odd: str = ""


def is_filler(text: str) -> bool:
    """Whether the words carry no fact of their own (予以公开, 原则上, 公开时限:)."""
    return bool(_FILLER.fullmatch(text.strip(",;。、:()")))


def is_object(text: str) -> bool:
    """Whether the words after a verb name what is published (公布上月收支情况)."""
    return bool(_NOUN.search(text)) and text not in GENERIC_SUBJECTS


def read_prefix(parts: list[str], kind: str) -> Prefix:
    """What the parts (cut at commas) before a core of this kind say."""
    prefix = Prefix()
    for part in parts:
        _read_part(part, kind, prefix)
    return prefix


def _read_part(part: str, kind: str, prefix: Prefix) -> None:
    labelled = part.endswith(":") and not is_filler(part)
    is_conditional = part.rstrip(",").endswith("的") and kind not in {"workdays_before"}
    text = _LEADING.sub("", part)
    if labelled:
        prefix.subject = _joined(prefix.subject, text.strip(":"))
        return
    marked = _MARKED.fullmatch(_stripped_tail(text))
    if marked:
        _take_event(marked, prefix)
        return
    bare = _TRAILING.sub("", text)
    if not bare or is_filler(text):
        return
    if is_conditional and bare:
        prefix.condition = _joined(prefix.condition, text.rstrip(","))
    elif _FORMED.fullmatch(bare):
        prefix.trigger = FORMED_OR_CHANGED
    elif not _take_unmarked(bare, kind, prefix):
        prefix.odd = _joined(prefix.odd or None, bare)


def _stripped_tail(text: str) -> str:
    return re.sub(r"(?:[、,:]|应当?|须|最迟|最长|不得?超过|(?<=起)在|(?<=后)在)+$", "", text)


def _take_event(match: re.Match[str], prefix: Prefix) -> None:
    subject, event = match["subject"] or "", match["event"]
    if _FORMED.fullmatch(event) or _FORMED.fullmatch(subject + event):
        event = FORMED_OR_CHANGED
    prefix.trigger = event
    if subject not in GENERIC_SUBJECTS:
        prefix.subject = _joined(prefix.subject, subject)


def _take_unmarked(text: str, kind: str, prefix: Prefix) -> bool:
    """Words without 之日起 or 后: an event where they end in its verb, a subject where a noun."""
    if _TOGETHER.fullmatch(text):
        return False
    if kind == "workdays_before":
        placed = _PREPOSED.fullmatch(text)
        prefix.trigger = placed["event"] if placed else text
        if placed and placed["subject"] not in GENERIC_SUBJECTS:
            prefix.subject = _joined(prefix.subject, placed["subject"])
    elif _CHANGE.fullmatch(text):
        prefix.trigger = re.sub(r"^(?:如|若|遇|凡|一旦)|(?:时|后|的)$", "", text)
    elif kind in {"workdays_after", "days_after", "unknown"} and _EVENT_VERB.search(text):
        placed = _PREPOSED.fullmatch(text)
        prefix.trigger = placed["event"] if placed else text
        if placed and placed["subject"] not in GENERIC_SUBJECTS:
            prefix.subject = _joined(prefix.subject, placed["subject"])
    elif _NOUN.search(text):
        if text not in GENERIC_SUBJECTS:
            prefix.subject = _joined(prefix.subject, text)
    else:
        return False
    return True


def _joined(before: str | None, text: str) -> str:
    return f"{before},{text}" if before else text
