"""Titles, section lines and footers: the rows of a table that are not catalogue rows."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TITLE = re.compile(
    r"标准目录|公开目录|事项目录|基层政务公开|村务公开|居务公开|公开清单|公开事项|领域$|目录(?:[(（].*[)）])?$"
)
_COLUMN = re.compile(r"(?:对?相应|对应|公开)?领域|公开事项")
"""Headers of columns that end as titles do."""
_FOOTER = re.compile(
    r"^(?:注[:：]|备注[:：]|说明[:：]|填报(?:单位|人)|制表|填表|审核人|联系(?:电话|人)|联系方式|"
    r"第?\s*\d+\s*(?:/|页|／)|共\s*\d+\s*页|[-—–]\s*\d+\s*[-—–]$|附件\s*\d*[:：]?$|扫一扫|打印|关闭|分享|"
    r"上一[篇条]|下一[篇条]|版权|主办单位|网站地图|备案|ICP|责任编辑|来源[:：]|发布(?:日期|时间)|浏览次数|点击)"
)
_ATTACHMENT = re.compile(r"^附(?:件|表)\s*[\d一二三四五六七八九十]*[:：.、]?\s*")


def is_title(text: str) -> bool:
    """Whether a single line names a catalogue or a domain."""
    flat = "".join(text.split())
    named = bool(_TITLE.search(flat)) and not _COLUMN.fullmatch(flat)
    return len(flat) <= 60 and named and not is_footer(flat)


def is_footer(text: str) -> bool:
    """Whether a single line is a note or the small print of the page."""
    return bool(_FOOTER.match(text.strip()))


def title_among(lines: Iterable[str]) -> str:
    """The last line that names a catalogue, without 附件 in front; empty where there is none."""
    found = ""
    for line in lines:
        for part in line.split("\n"):
            if is_title(part):
                found = _ATTACHMENT.sub("", part.strip().lstrip("•·●# "))
    return found
