"""From header texts to fields: what each column of a catalogue table holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.readings.fields.headers import classify_header

GROUPS = frozenset({"item", "audience", "mode", "levels"})
"""Top headers that may have sub headers."""

GROUP_OF = {
    "level1": "item", "level2": "item", "level3": "item", "society": "audience",
    "group": "audience", "proactive": "mode", "on_request": "mode",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: the field it holds and the words of its header."""

    key: str
    label: str


_INSTRUCTION = re.compile(
    r"[(（][^()（）]*(?:标注|写明|填写|打√|勾选|请|用|表示|必选|可选|选择)[^()（）]*[)）]"
)
_EDGES = re.compile(r"^[\s:：*＊]+|[\s:：*＊]+$")
_OPEN = "公?开?"

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(f"^(?:{pattern})$"))
    for key, pattern in (
        ("number", r"序号?|编号|序列号?|项目编号|事项编[码号]|序次"),
        ("level1", r"(?:公开)?一级(?:事项|指标|标题|项目|公开事项)?|一级(?:目录)?事项(?:名称)?"),
        ("level2", r"(?:公开)?二级(?:事项|指标|标题|目录|项目|公开事项)?|二级事项名称"),
        ("level3", r"(?:公开)?三级(?:事项|指标|标题|目录|项目|公开事项)?|三级事项名称"),
        ("items", r"公开事项\(一级(?:事项)?/二级(?:事项)?\)"),
        ("first_list", r"一级目录|一级类目|一级分类"),
        ("item", r"公开的?事项(?:名称)?|开事项|公开事|事项名称|公开项目|公开事项\(?类别\)?|事项"),
        (
            "contents",
            r"公?开内容(?:\(?(?:和|及)?要素\)?|(?:和|及)[^()]{1,6}|\(要点\)|\(要素|要素\))?|内容(?:\(?要素\)?)?|"
            r"\(?要素\)?|公开要素|公开内容及要素|公开容\(?要素\)?|具体内容|公开的内容",
        ),
        ("basis", r"公?开依据|(?:公开的?)?(?:法律|政策)?依据|公开依|法律法规依据"),
        (
            "deadlines",
            r"公?开时[限间]|公?开期限|时限|公开时限要求|公开的?时限|公开时|公开频[次率]|时限要求",
        ),
        (
            "bodies",
            r"公?开主体|(?:公开)?责任主体|主体|公开单位|公开责任单位|责任单位|公开责任主体|公开机构|公开主",
        ),
        (
            "channels",
            r"公?开渠道(?:和|及|与|、|/)?(?:载体|方式)?|公?开载体(?:和渠道)?|渠道(?:和|及)?(?:载体)?|公开途径|"
            r"公开渠|公开渠道和载|公开形式和载体|公开平台",
        ),
        ("audience", r"公?开对象?|公开的?对象|对象|公开范围"),
        ("mode", r"公?开方式?|方式"),
        ("levels", r"公?开层级?|层级|公开级别|公开层级别"),
        ("society", r"全?社会?|全|面向全?社会|社会公众"),
        ("group", r"特定群[体众]?|特定(?:对象|人群)?|定群[体众]|特定群体\(?群众\)?|特定|群[体众]"),
        ("proactive", r"主动(?:公?开)?|主动公|动公开"),
        ("on_request", r"依申请(?:公?开)?|依申|依|申请公?开|依申请公|依申请公开方式"),
    )
)
_LEVEL = re.compile(
    r"^[、,，/]?(?:(?:[\u4e00-\u9fff]{0,6}(?:省|市|州|盟|县|区|旗|乡|镇|街|街道|村|社区|居|本)|"
    r"[\u4e00-\u9fff]{0,2}部门)级?[、,，/及和]?(?:\([\u4e00-\u9fff]{1,4}\))?){1,4}级?$"
)
_LEVEL_WORD = re.compile(r"[级、,，]|^(?:社区|村|镇街乡|乡镇|街道|镇|乡|县|区|市)$")
_STRONG_LEVEL = re.compile(r"级$")


@lru_cache(maxsize=8192)
def header_text(text: str) -> str:
    """The header without spaces and writing instructions, brackets folded."""
    flat = re.sub(r"\s+", "", text).replace("（", "(").replace("）", ")").replace("**", "")
    flat = re.sub(r"[\u200b\ufeff]", "", flat)
    return _EDGES.sub("", _INSTRUCTION.sub("", flat))


@lru_cache(maxsize=8192)
def header_key(text: str) -> str | None:
    """The field or group that the header text names, or None."""
    flat = header_text(text)
    if not flat or len(flat) > 16:
        return None
    for key, pattern in _RULES:
        if pattern.match(flat):
            return key
    if len(flat) <= 12 and _LEVEL_WORD.search(flat) and _LEVEL.match(flat):
        return f"level:{flat}"
    return _as_the_field_names_it(flat)


def _as_the_field_names_it(flat: str) -> str | None:
    meaning = classify_header(flat)
    if meaning is None or meaning.field == "extra":
        return None
    if meaning.field == "level":
        return f"level:{meaning.label}"
    return "item" if meaning.field == "matter" else meaning.field


def is_header_word(text: str) -> bool:
    """Whether the text names a column by itself."""
    return header_key(text) is not None


def is_strong_header_word(text: str) -> bool:
    """Whether the text is a column name that hardly stands in a data cell."""
    key = header_key(text)
    if key is None:
        return False
    flat = header_text(text)
    return not (key.startswith("level:") or flat in _WEAK)


_WEAK = frozenset(
    ("内容", "依据", "时限", "主体", "渠道", "对象", "方式", "层级", "全", "依", "特定", "社会",
     "事项", "一级", "二级", "三级", "主动", "责任单位", "责任主体", "全社会", "主动公开",
     "依申请公开", "依申请", "特定群体", "特定群众", "群体", "群众", "申请公开", "渠道和载体")
)  # fmt: skip


def expanded(top: Sequence[str], sub: Sequence[str]) -> list[Column] | None:
    """Columns from top headers in order and sub headers in order, by what they mean.

    For tables whose positions cannot be trusted. None where the sub headers fit no group.
    """
    columns: list[Column] = []
    rest = [(key_or_extra(text), header_text(text)) for text in sub]
    used = [False] * len(rest)
    for text in top:
        key = key_or_extra(text)
        if key in GROUPS:
            own = [i for i, (k, _) in enumerate(rest) if not used[i] and group_of(k) == key]
            if own:
                columns.extend(Column(rest[i][0], rest[i][1]) for i in own)
                for i in own:
                    used[i] = True
                continue
        columns.append(Column(key, header_text(text)))
    if not all(used):
        return None
    return settled(columns)


def group_of(key: str) -> str | None:
    """The top header under which a sub header of this field stands."""
    return "levels" if key.startswith("level:") else GROUP_OF.get(key)


def key_or_extra(text: str) -> str:
    """The field that the header names; a column of another kind is ``extra:<header>``."""
    return header_key(text) or f"extra:{header_text(text)}"


def settled(columns: Sequence[Column]) -> list[Column]:
    """The columns with groups that have no sub headers and local item columns resolved."""
    keys = [column.key for column in columns]
    named = set(keys)
    result: list[Column] = []
    for column in columns:
        key = column.key
        if key == "first_list":
            key = "level1" if "level1" not in named and "item" in named else f"extra:{column.label}"
            if "level1" not in named and "item" not in named:
                key = "level1"
        elif key == "item":
            key = _item_key(named)
        result.append(Column(key, column.label))
    return _distinct(result)


def _item_key(named: set[str]) -> str:
    """公开事项 without sub headers: the first level that has no column of its own."""
    if "level1" not in named and "first_list" not in named:
        return "level1"
    return "level2" if "level2" not in named else "extra:公开事项"


def _distinct(columns: Sequence[Column]) -> list[Column]:
    """A second column of the same field is kept under its header as an extra one."""
    seen: set[str] = set()
    result: list[Column] = []
    for index, column in enumerate(columns):
        key = column.key
        if key in seen:
            key = f"extra:{column.label or f'第{index + 1}列'}"
            if key in seen:
                key = f"{key}({index + 1})"
        seen.add(key)
        result.append(Column(key, column.label))
    return result
