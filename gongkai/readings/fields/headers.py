"""Which field a column header names, whatever its damage (全社 会, 申请公开, 、村级 …)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.readings.fields.folding import folded


@dataclass(frozen=True, slots=True)
class HeaderMeaning:
    """The row field of a column and the label under which its value is kept.

    ``field``: number level1 level2 level3 matter contents basis deadlines bodies channels audience
    society group mode proactive on_request levels level extra. ``matter``, ``audience``, ``mode``
    and ``levels`` are group headers whose sub-headers are missing; ``level`` keeps its own label.
    """

    field: str
    label: str


_SUB: tuple[tuple[str, str], ...] = (
    (r"一级(?:公开)?(?:事项|目录|指标|类别)?", "level1"),
    (r"二级(?:公开)?(?:事项|目录|指标|类别)?", "level2"),
    (r"三级(?:公开)?(?:事项|目录|指标|类别)?", "level3"),
    (r"(?:全(?:社会?)?|社会|向全社会公开|全社会公开)", "society"),
    (r"特定(?:群体|群众|对象|人群)?(?:\(请写明\))?|(?:群体|群众)\(请写明\)|定群[体众]", "group"),
    (r"主动(?:公开)?|主动开", "proactive"),
    (r"依?申请(?:公开)?|依|依申|依申请开", "on_request"),
)
_LEVEL = re.compile(
    r"[、,/]?(?:[一-鿿]{0,3})(?:省|市|州|盟|区|县|旗|乡|镇|街道?|村|社区|居)"
    r"(?:[、,/(和及]?(?:省|市|州|县|区|旗|乡镇|乡|镇|街道|街|村|社区|居)\)?)*(?:级)?"
)
_TOP: tuple[tuple[str, str], ...] = (
    (r"(?:序号?|编号|序列号?|号|no\.?)", "number"),
    (r"(?:政务|村务|居务)?(?:公开|开)?事项(?:名称)?|公开事", "matter"),
    (r"(?:公开|开)?内容(?:\(?要素\)?)?(?:及要求)?|公开要素|\(?要素\)?|公开内", "contents"),
    (r"(?:公开|开)?(?:法律|政策|法定)?依据|公开依|公开的?依据", "basis"),
    (r"(?:公开|开)?(?:时限|期限|时间)(?:要求)?|公开时|公开频[率次]", "deadlines"),
    (r"(?:公开|开)?(?:责任)?主体|公开主|(?:责任|公开)(?:单位|部门)", "bodies"),
    (
        r"(?:公开|开)?渠道(?:和|及|与|/|、)?(?:公开)?(?:载体)?|公开载体|公开渠|渠道和|公开平台",
        "channels",
    ),
    (r"(?:公开|开)?对象?|公开对", "audience"),
    (r"(?:公开|开)方式?|公开方|公开形式", "mode"),
    (r"(?:公开|开)?层级?|公开层", "levels"),
)
_EXTRA = re.compile(
    r"(?:咨询|监督|举报|投诉|联系)[一-鿿]{0,6}(?:电话|方式|渠道)|公开属性|公开\(?格式\)?|公开格式|五公开|"
    r"责任(?:科|股|处)室|条款内容|依据效力(?:\(?位阶\)?)?|效力位阶|事项类[别型]|对应职责|备注|类别|"
    r"一级目录|(?:相应|公开|对应)领域|领域|公开类[别型]|更新(?:频率|周期|时间)|栏目[一-鿿]{0,4}|链接|公开时长|公开形式要求"
)
_INSTRUCTION = re.compile(r"\([^()]*(?:标注|填写|勾选|打|写明|请|表示|选择|必选)[^()]*\)")
_LEVEL_ENDS = ("级", "社区", "街道", "村", "镇街乡", "乡镇")


def classify_header(top: str, sub: str = "") -> HeaderMeaning | None:
    """The meaning of a column with these header words, or None when they are not known.

    ``sub`` is the cell under a spanning ``top``; each may be empty. Example:
    ("公开方式", "申请公开") → on_request; ("公开层级", "、村级") → level "、村级".
    """
    top_text, sub_text = _plain(top), _plain(sub)
    if sub_text and sub_text != top_text:
        parent = _group(top_text)
        meaning = _sub_meaning(sub_text, parent)
        if meaning is not None:
            return meaning
        if not top_text:
            return _top_meaning(sub_text)
        joined = _top_meaning(top_text + sub_text)
        return joined or _top_meaning(top_text)
    text = top_text or sub_text
    return _top_meaning(text) or _sub_meaning(text, None) if text else None


def _plain(text: str) -> str:
    flat = folded(text).lower()
    return _INSTRUCTION.sub("", flat).strip("*:;。|") or flat


def _group(top: str) -> str | None:
    meaning = _top_meaning(top) if top else None
    return meaning.field if meaning else None


_CHILDREN = {
    "matter": {"level1", "level2", "level3"},
    "audience": {"society", "group"},
    "mode": {"proactive", "on_request"},
}


def _sub_meaning(text: str, parent: str | None) -> HeaderMeaning | None:
    allowed = _CHILDREN.get(parent or "")
    for pattern, field in _SUB:
        if re.fullmatch(pattern, text) and (allowed is None or field in allowed):
            return HeaderMeaning(field, text)
    is_level = _LEVEL.fullmatch(text) and text.endswith(_LEVEL_ENDS)
    if is_level and parent in {None, "levels"}:
        return HeaderMeaning("level", text)
    if parent == "levels" and _LEVEL.fullmatch(text):
        return HeaderMeaning("level", text)
    return None


def _top_meaning(text: str) -> HeaderMeaning | None:
    if _EXTRA.fullmatch(text):
        return HeaderMeaning("extra", text)
    for pattern, field in _TOP:
        if re.fullmatch(pattern, text):
            return HeaderMeaning(field, text)
    return None
