"""Spaces and line breaks that fell inside Chinese words, taken out where that is certain."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_HANZI = r"\u3400-\u9fff"
_SPACE = r"[ \t\u00a0\u3000\u2002-\u200a]"
_BETWEEN = re.compile(rf"(?<=[{_HANZI}]){_SPACE}+(?=[{_HANZI}])")
_SINGLES = re.compile(rf"(?<![^\s]){_SPACE}*(?:[{_HANZI}]{_SPACE}){{2,}}[{_HANZI}](?!\S)")
_PAIR = re.compile(rf"(?<!\S)([{_HANZI}]){_SPACE}+([{_HANZI}])(?!\S)")
_COUNTED = re.compile(
    rf"(\d){_SPACE}*(个){_SPACE}*(工){_SPACE}*(作){_SPACE}*(日)|(\d){_SPACE}+(日|天|个|号|年|月|条)"
)
LEVEL_WORDS: Final = frozenset("省市州县区乡镇村街")
"""Characters that stand alone as values of a list: ``县 乡 村`` are three levels, no word."""

_WORDS: Final = """
公开事项 公开内容 公开依据 公开时限 公开主体 公开渠道 公开载体 公开对象 公开方式 公开层级
一级事项 二级事项 三级事项 全社会 特定群体 特定群众 依申请公开 主动公开 工作日 之日起
政府网站 政府公报 两微一端 发布会 听证会 广播电视 纸质媒体 公开查阅点 政务服务中心
便民服务站 精准推送 公示栏 电子屏 制定或获取信息 信息形成或者变更 获取信息 序号 要素
"""
JOINED_WORDS: Final = tuple(_WORDS.split())
"""Words of the form that stay one word wherever a space or break tore them."""

_LINE_STARTERS = re.compile(
    r"^\s*(?:[■□▲▄√☑☒●○◆·•★▪►➢(（《【①-⑳]|[一二三四五六七八九十]+[、.．]|\d+[、.．)）])"
)


def without_inner_spaces(text: str) -> str:
    """All spaces between Chinese characters taken out: for comparing, not for showing.

    Example: ``制 定 或 获 取`` → ``制定或获取``; also ``县级 乡级`` → ``县级乡级``.
    """
    return _BETWEEN.sub("", text)


def without_torn_spaces(text: str) -> str:
    """Spaces taken out where they certainly tore a word; spaces that may separate values stay.

    Certain are: runs of single characters (``制 定 或``), words of the form (``公开主 体``) and
    numbers with their unit (``20个 工作日``). Lists of levels (``县 乡 村``) stay apart.
    """
    if not re.search(_SPACE, text):
        return text
    text = _COUNTED.sub(lambda match: "".join(part for part in match.groups() if part), text)
    text = _SINGLES.sub(_joined_singles, text)
    text = _PAIR.sub(_joined_pair, text)
    return _joined_words(text)


def _joined_singles(match: re.Match[str]) -> str:
    chars = re.sub(_SPACE, "", match[0])
    return match[0] if set(chars) <= LEVEL_WORDS else chars


def _joined_pair(match: re.Match[str]) -> str:
    pair = match[1] + match[2]
    return match[0] if set(pair) & LEVEL_WORDS else pair


def _joined_words(text: str) -> str:
    """Words of the form rejoined across spaces, found with the spaces taken out."""
    plain: list[str] = []
    gaps: dict[int, str] = {}
    for piece in re.split(rf"({_SPACE}+)", text):
        if piece and re.fullmatch(rf"{_SPACE}+", piece):
            gaps[len(plain)] = piece
        else:
            plain.extend(piece)
    joined = "".join(plain)
    for word in JOINED_WORDS:
        start = joined.find(word)
        while start >= 0:
            for inside in range(start + 1, start + len(word)):
                gaps.pop(inside, None)
            start = joined.find(word, start + 1)
    return "".join(gaps.get(i, "") + char for i, char in enumerate(plain)) + gaps.get(
        len(plain), ""
    )


def rejoined(text: str) -> str:
    """Lines joined where a narrow column broke one phrase; lines that are a list stay lines.

    Joined is a break inside a word of the form or an open bracket, and every break of a text
    whose lines are all filled to one width (the mark of a wrapped column).
    Example: ``自信息形\\n成或者变\\n更之日起`` → one phrase; ``县民政局\\n乡镇政府`` stays.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        return text.strip() if lines else text
    is_wrapped = _is_wrapped(lines)
    joined = lines[0]
    for line in lines[1:]:
        if _LINE_STARTERS.match(line) and not _is_open(joined):
            joined += f"\n{line}"
        elif is_wrapped or _is_open(joined) or _tears_word(joined, line):
            joined += line
        else:
            joined += f"\n{line}"
    return joined


def _is_wrapped(lines: list[str]) -> bool:
    """Whether three lines or more are filled to about one width, the last at most that long."""
    if len(lines) < 3 or any(line[-1] in "。；;：:、,，" for line in lines[:-1]):
        return False
    if any(_LINE_STARTERS.match(line) for line in lines[1:]):
        return False
    widths = [display_width(line) for line in lines]
    return max(widths[:-1]) - min(widths[:-1]) <= 2 and widths[-1] <= max(widths[:-1])


def display_width(text: str) -> int:
    """The width in columns: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _is_open(text: str) -> bool:
    pairs = (("《", "》"), ("(", ")"), ("（", "）"), ("〔", "〕"), ("“", "”"))
    return any(text.count(opening) > text.count(closing) for opening, closing in pairs)


def _tears_word(before: str, after: str) -> bool:
    if re.search(r"\d$", before) and re.match(r"(?:个|工作日|日|天|\d)", after):
        return True
    if re.search(r"\d个?工?作?$", before) and re.match(r"(?:工?作)?日|作日|工作", after):
        return True
    seam = before[-6:] + after[:6]
    at = len(before[-6:])
    for word in JOINED_WORDS:
        start = seam.find(word)
        if start >= 0 and start < at < start + len(word):
            return True
    return False
