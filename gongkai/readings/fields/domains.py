"""The domains (领域) of the standard catalogues, their drifting names, and who named them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.readings.fields.folding import folded


@dataclass(frozen=True, slots=True)
class KnownDomain:
    """One domain: its canonical name, its other names, and its scope."""

    name: str
    aliases: tuple[str, ...] = ()
    scope: str = "national"  # national (the 26) | later (later national ones) | local


_NATIONAL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("重大建设项目", ("重大建设项目批准和实施", "重大项目建设", "重大建设项目批准与实施")),
    ("公共资源交易", ("公共资源配置", "公共资源交易管理")),
    ("义务教育", ()),
    ("户籍管理", ("户籍", "户籍管理服务")),
    ("社会救助", ()),
    ("养老服务", ("养老",)),
    ("公共法律服务", ("法律服务",)),
    ("财政预决算", ("财政预算决算", "财政预、决算", "财政预(决)算", "财政资金预决算")),
    ("就业", ("就业创业", "就业(创业)", "公共就业", "公共就业服务", "就业和创业")),
    ("社会保险", ("社保",)),
    ("城乡规划", ("国土空间规划", "城乡规划(国土空间规划)")),
    ("农村集体土地征收", ("征地补偿", "集体土地征收", "征收土地", "农村土地征收")),
    ("生态环境", ("环境保护", "环保")),
    ("国有土地上房屋征收", ("国有土地上房屋征收与补偿", "房屋征收", "国有土地房屋征收与补偿")),
    ("保障性住房", ("住房保障", "保障性住房管理")),
    ("农村危房改造", ("危房改造", "农村危旧房改造")),
    ("市政服务", ("市政公用服务",)),
    ("涉农补贴", ("涉农资金", "涉农补贴资金")),
    ("公共文化服务", ("公共文化", "公共文化体育", "公共文化体育服务")),
    ("医疗卫生", ("卫生健康",)),
    ("安全生产", ("安全生产监管",)),
    ("救灾", ("救灾生产", "救灾救助", "灾害救助", "自然灾害救助")),
    ("食品药品监管", ("食品药品", "食品药品安全", "食品药品安全监管")),
    ("税收管理", ("税收", "税务管理")),
    ("乡村振兴", ("扶贫", "脱贫攻坚", "巩固拓展脱贫攻坚成果", "扶贫(乡村振兴)", "精准扶贫")),
    ("城市综合执法", ("城市管理综合执法", "城管执法", "城市管理执法")),
)
_LATER = (
    ("统计", ("统计工作",)),
    ("交通运输", ("交通",)),
    ("新闻出版版权", ("新闻出版", "版权", "新闻出版(版权)")),
    ("广播电视和网络视听", ("广播电视", "广播电视网络视听", "广播电视与网络视听")),
    ("旅游", ()),
    ("自然资源", ("自然资源管理",)),
    ("水利", ("水务",)),
)
_LOCAL = (
    ("政府文件信息", ("政府文件",)),
    ("村务公开", ("村务", "综合村务")),
    ("居务公开", ("居务", "综合居务")),
    ("党务公开", ("党务",)),
    ("行政执法", ()),
    ("市场监管", ("市场监督管理",)),
    ("退役军人事务", ("退役军人", "退役军人服务")),
    ("气象", ("气象服务",)),
    ("民族宗教", ("民族宗教事务",)),
    ("科技创新", ("科技", "科技管理")),
    ("残疾人服务", ("残疾人事业", "残疾人保障")),
    ("儿童福利", ("儿童福利和未成年人保护",)),
    ("国有企业", ("国资国企", "国有资产监管")),
)
KNOWN_DOMAINS: tuple[KnownDomain, ...] = tuple(
    KnownDomain(name, aliases, scope)
    for scope, listed in (("national", _NATIONAL), ("later", _LATER), ("local", _LOCAL))
    for name, aliases in listed
)
_BY_WORD = {
    folded(word): domain.name for domain in KNOWN_DOMAINS for word in (domain.name, *domain.aliases)
}
_WORDS = sorted(_BY_WORD, key=len, reverse=True)
_TAIL = re.compile(
    r"(?:等)?(?:领域|方面)|(?:基层)?政务公开(?:标准)?(?:目录|事项)|公开标准目录|标准目录|公开事项(?:标准)?目录"
)

_MAY_PRECEDE = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[省市县区旗州盟镇乡村]|街道|社区|处|会|局|委|办|政府|基层|关于|印发|年度?|全[市县区]|[一二三四五六七八九十]、)$"
)


def match_domain(text: str) -> str | None:
    """The canonical domain that a title or sheet name names, or None.

    The domain word must be the whole text, or stand directly before 领域 or the name of the list
    (基层政务公开标准目录). Example: "(一)社会救助领域基层政务公开标准目录" → 社会救助.
    """
    plain = re.sub(r"[\"'《》]", "", folded(text))
    bare = re.sub(r"^(?:附件?\d*[:.]?|\(?[\d一二三四五六七八九十]+[).、.]?)+", "", plain)
    if bare in _BY_WORD:
        return _BY_WORD[bare]
    heads = [plain[: tail.start()] for tail in _TAIL.finditer(plain)]
    named = {(word, head) for head in heads if (word := _word_at_end(head))}
    names = {_BY_WORD[word] for word, _ in named}
    placed = any(_MAY_PRECEDE.search(head.removesuffix(word)) for word, head in named)
    return names.pop() if len(names) == 1 and placed else None


def _word_at_end(head: str) -> str | None:
    return next((word for word in _WORDS if head.endswith(word)), None)
