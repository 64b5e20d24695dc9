"""Cells of a row from lines without a delimiter, where one cell may run over several lines.

Joined is only what certainly belongs together: lists that count on, open brackets, names of items
and bodies torn by a narrow column, and all that stands between two cells whose fields are certain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gongkai.readings.tables.evidence import (
    compact,
    is_basis,
    is_channels,
    is_deadline,
    is_tick,
    misfit,
)
from gongkai.readings.tables.tokens import Token

_NAMES = """
综合业务 政策文件 政策法规文件 监督检查 最低生活保障 办事指南 审核信息 审批信息
特困人员救助供养 临时救助 审核审批信息 养老服务通用政策 养老服务业务办理
养老机构备案 养老服务扶持补贴 老年人补贴 行业管理信息 法律法规 规范性文件
部门和地方规章 部门规章 其他政策文件 重大决策草案 重大政策解读 重大政策解读及回应
重要会议 依法行政 行政许可 行政处罚 行政强制 行政检查 行政管理 行政审批
公共服务 教育概况 教育法律 教育统计数据 义务教育学校名录 学校名录 民办学校信息
财务信息 招生管理 学校介绍 招生政策 招生计划 招生范围 招生结果 学生管理
教师管理 学籍管理 教师培训 教师招聘 重要政策执行情况 教育督导 校园安全
财政预决算 政府预算 政府决算 部门预算 部门决算 出生登记 收养登记 收养入籍等登记
注销登记 死亡注销 服现役注销 迁移登记 迁出迁入登记 户口登记项目变更更正 居住证
居民身份证 查询服务 就业信息服务 岗位信息发布 求职信息登记 职业介绍 职业指导
创业开业指导 就业失业登记 创业服务 就业援助 高校毕业生就业服务 部门文件 政策解读
上级政策解读 本级政策解读 计划实施 任务分配 条件与标准 对象认定 改造结果
批准服务信息 批准结果信息 过程信息 申报信息 招标投标信息 征收土地信息
重大设计变更信息 施工有关信息 质量安全监督信息 竣工有关信息 备灾管理 灾后救助
款物管理 灾情核定 救助审定 隐患管理 应急管理 事故通报 监督抽检 农业生产发展资金
农机购置补贴 耕地地力保护补贴 动物防疫等补助经费 征地前期 征地审查报批 组织实施
听证 扶贫对象 扶贫资金 扶贫项目 环境管理政务 公共文化服务 机构信息 规划计划
重大决策 应急信息 人事信息 政务公开 通知公告 工作动态 统计数据 建议提案
权责清单 标准
"""
KNOWN = frozenset(_NAMES.split())
"""Names of items that catalogues of all districts share: torn ones are known again."""

LEVELS = frozenset({"level1", "level2", "level3"})
ORDER = ("contents", "basis", "deadlines", "bodies", "channels")
_COUNT = re.compile(r"^(\d{1,2})[.、．]")
_BULLET = re.compile(r"^[●·•▪◆]")
_OPEN = "《（(“〈"
_CLOSE = "》）)”〉"
"""Brackets of a document number are often lost in the source and tell nothing."""
_GOES_ON = re.compile(
    r"^(?:[、,，;；。)）》]|各地(?:配套|相关)|(?:及其?|和|与|等|的)[\u4e00-\u9fff]{0,3}$|"
    r"(?:及其?|等)(?:相关|实施|其他|有关))"
)
_EXPECTS = re.compile(r"[、,，和与及的]$")
_TAIL_OF_BASIS = re.compile(r"(?:规定|文件|条例|办法|意见|通知|》|\)|）|等)$")
_AFTER_CHANNELS = re.compile(r"^\s*(?:面向|向)?(?:全社会|社会公众|特定|主动|依申请)")
SHORT = 4


def cells_of_row(
    segment: Sequence[Token], keys: Sequence[str], deadline: tuple[int, int] | None
) -> list[tuple[int, int]]:
    """The lines of a row as cells, each from–to; ``deadline`` tells its lines if they are known."""
    joined = _joined(segment, deadline)
    if _in_order(keys):
        joined = _bodies_joined(segment, joined)
        joined = _bases_joined(segment, joined, sum(key in LEVELS for key in keys))
        joined = _channels_joined(segment, joined)
    return joined


def is_settled(segment: Sequence[Token], cells: Sequence[tuple[int, int]]) -> bool:
    """Whether the cells of a row with torn lines are beyond doubt: level(s), contents, basis, …"""
    texts = [cell_text(segment, cell) for cell in cells]
    at = next((i for i, text in enumerate(texts) if is_deadline(text)), 0)
    before = texts[1:at]
    if len(before) not in {3, 4} or at + 1 >= len(texts) or is_channels(texts[at + 1]):
        return False
    *items, contents, basis = before
    if not (is_basis(basis) or _TAIL_OF_BASIS.search(compact(basis))):
        return False
    if is_basis(contents) and not is_basis(basis):
        return False
    named = all(compact(text) in KNOWN or len(compact(text)) > SHORT for text in items)
    return named and len(compact(contents)) > SHORT and not is_channels(contents)


def cell_text(segment: Sequence[Token], cell: tuple[int, int]) -> str:
    """The lines of a cell one under another."""
    return "\n".join(token.text for token in segment[cell[0] : cell[1]])


def contents_after_channels(
    segment: Sequence[Token], cells: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], tuple[int, int] | None]:
    """Sentences after the channels carry on the contents: their cells of the column were parted.

    Returns the cells without them, and the contents cell with the line where they begin.
    """
    texts = [cell_text(segment, cell) for cell in cells]
    end = len(cells)
    while end > 1 and compact(texts[end - 1]).endswith("。") and not is_channels(texts[end - 1]):
        end -= 1
    at = next((i for i, text in enumerate(texts) if is_deadline(text)), 0)
    plain = end < len(cells) and is_channels(texts[end - 1]) and at > 2 and is_basis(texts[at - 1])
    if not plain or is_basis(texts[at - 2]):
        return cells, None
    return cells[:end], (at - 2, cells[end][0])


def _in_order(keys: Sequence[str]) -> bool:
    return tuple(key for key in keys if key in ORDER) == ORDER


def _joined(segment: Sequence[Token], deadline: tuple[int, int] | None) -> list[tuple[int, int]]:
    cells: list[tuple[int, int]] = []
    index = 0
    while index < len(segment):
        if deadline and index == deadline[0]:
            end = deadline[1]
        elif index == 0:
            end = 1
        else:
            limit = deadline[0] if deadline and index < deadline[0] else len(segment)
            end = _cell_end(segment, index, limit)
        cells.append((index, end))
        index = end
    return cells


def _cell_end(segment: Sequence[Token], start: int, limit: int) -> int:
    """The line after the cell that begins here, as far as lines tell that they go on."""
    for width in range(min(4, limit - start), 1, -1):
        pieces = [compact(t.text) for t in segment[start : start + width]]
        if "".join(pieces) in KNOWN and all(len(p) <= 2 * SHORT for p in pieces):
            return start + width
    end = start + 1
    while end < limit and _carries_on(segment, start, end):
        end += 1
    return end


def _carries_on(segment: Sequence[Token], start: int, end: int) -> bool:
    text = compact("".join(t.text for t in segment[start:end]))
    line, following = compact(segment[end - 1].text), compact(segment[end].text)
    if is_tick(following) or is_tick(line):
        return False
    if _is_open(text) or _GOES_ON.match(following):
        return True
    if is_channels(line) or is_channels(following):
        return is_channels(line) and is_channels(following)
    if _BULLET.match(line) and _BULLET.match(following):
        return True
    counts = [int(m[1]) for t in segment[start:end] if (m := _COUNT.match(compact(t.text)))]
    counted = _COUNT.match(following)
    if counted:
        return bool(counts) and int(counted[1]) == counts[-1] + 1
    if line.endswith((";", "；")) and not is_basis(following):
        return True
    return bool(_EXPECTS.search(line)) and len(line) <= 2 * SHORT


def _is_open(text: str) -> bool:
    return sum(text.count(mark) for mark in _OPEN) > sum(text.count(mark) for mark in _CLOSE)


def _bodies_joined(
    segment: Sequence[Token], cells: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Between deadline and channels stand only bodies: their lines are one cell."""
    texts = [cell_text(segment, cell) for cell in cells]
    at = next((i for i, text in enumerate(texts) if is_deadline(text)), -1)
    end = at + 1
    while at > 0 and end < len(texts) and misfit(texts[end], "channels") > 0.3:
        end += 1
    pieces = texts[at + 1 : end]
    if at < 0 or end == len(texts) or len(pieces) < 2:
        return list(cells)
    if any(is_tick(p) or is_basis(p) or len(compact(p)) > 3 * SHORT for p in pieces):
        return list(cells)
    return [*cells[: at + 1], (cells[at + 1][0], cells[end - 1][1]), *cells[end:]]


def _bases_joined(
    segment: Sequence[Token], cells: Sequence[tuple[int, int]], n_levels: int
) -> list[tuple[int, int]]:
    """Laws on lines of their own right before the deadline are one cell after contents in words.

    Short words are contents too where all levels stand in front of them.
    """
    texts = [cell_text(segment, cell) for cell in cells]
    at = next((i for i, text in enumerate(texts) if is_deadline(text)), -1)
    begin = at
    while begin > 1 and is_basis(texts[begin - 1]):
        begin -= 1
    if at - begin < 2 or begin < 3:
        return list(cells)
    whole = begin == n_levels + 2 and len(compact(texts[begin - 1])) > 2 * SHORT
    if not whole and not _are_contents(texts[begin - 1]):
        return list(cells)
    return [*cells[:begin], (cells[begin][0], cells[at - 1][1]), *cells[at:]]


def _channels_joined(
    segment: Sequence[Token], cells: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Names from the first channel up to the ticks or the words of 公开对象 are one cell."""
    texts = [cell_text(segment, cell) for cell in cells]
    at = next((i for i, text in enumerate(texts) if is_deadline(text)), len(cells))
    begin = next(
        (i for i in range(at + 1, len(cells)) if misfit(texts[i], "channels") <= 0.3), len(cells)
    )
    end = begin
    while end < len(cells) and not (is_tick(texts[end]) or _AFTER_CHANNELS.match(texts[end])):
        if len(compact(texts[end])) > 4 * SHORT and not is_channels(texts[end]):
            break
        end += 1
    if end - begin < 2:
        return list(cells)
    return [*cells[:begin], (cells[begin][0], cells[end - 1][1]), *cells[end:]]


def _are_contents(text: str) -> bool:
    """Whether a cell lists elements rather than names an item."""
    flat = compact(text)
    listed = "、" in flat or ";" in flat or bool(_COUNT.match(flat)) or bool(_BULLET.match(flat))
    return flat not in KNOWN and (listed or len(flat) > 3 * SHORT)


def is_torn(texts: Sequence[str]) -> bool:
    """Whether brackets stay open at line ends or tails of names stand alone."""
    tails = {"内", "公开", "内公开", "日内", "开", "文件", "法规", "登记", "机关", "检查", "事项"}
    return any(
        sum(text.count(m) for m in _OPEN) != sum(text.count(m) for m in _CLOSE)
        or compact(text) in tails
        for text in texts
    ) or any(compact(a) + compact(b) in KNOWN for a, b in pairwise(texts))
