"""The signs of damage in a text: one finder per kind of damage, each yielding places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from gongkai.readings.repair.encodings import misread_runs, shifted_runs
from gongkai.readings.repair.frequency import marks

Sign = tuple[int, int, str]
"""(start, end, code) of one place."""

_SPAM = re.compile(
    "老虎机|时时彩|六合彩|彩票网(?!点)|手机彩票|彩票平台|在线投注|投注平台|投注网(?!点)|博彩|赌场|赌博网|"
    "真人荷官|百家乐|棋牌游戏|棋牌官网|棋牌平台|新葡京|皇冠体育|亚博体育|必威体育|威尼斯人|太阳城集团|"
    "开户送|电子游艺|外围足球|足球彩|现金网(?![点络])|娱乐城|娱乐官网|色情|成人电影|无码(?:视频|中文|AV)|激情视频|"
    "裸聊|约炮|援交|雷速体育|足彩网|体育直播网|亚博(?:娱乐|官网)|必威官网|澳门新葡|体彩投注|"
    "三级全黄|国产高清在线|精品国产av"
)
_LAWFUL = re.compile(
    "(?:查处|打击|禁止|严禁|取缔|整治|涉嫌|治理|防范|清理|设置|淫秽|扫黄|非法|违法|违规|传播|黄赌|开设|"
    "地下|利用|经营)[^，。；\n]{0,12}$"
)
_NOISE = re.compile(
    "(?<=[\u4e00-\u9fff])[★☆✿❀❤♥♡♠♣♪♫✦✧❁✪۞☞☜]{1,6}(?=[\u4e00-\u9fff])|[★☆]+[✿❀❤♥♡✦✧❁]+"
)
_DOUBLED = re.compile(r"[,;，；][,;，；。]|。[,;，；。]|、[,;，；、。]")
_DELETED = re.compile(
    "(?:主动|申请|信息|政务|村务|及时|予以|长期|依法|向社会)开"
    "(?![展始放工设具通发办启征支源业户庭除药课学票证会拓头创辟闭端销])|"
    "(?<![公召打展离分揭敞拉张])(?<!公\\s)(?<!公\\s\\s)开(?:事项|内容|依据|时限|主体|渠道|对象|方式|层级)|"
    "(?<=[村镇会栏委])示栏|(?<![公办])(?<!公\\s)共(?:服务|资源)(?:平台|中心|交易)"
)
_MASKED = re.compile(
    r"\*{1,8}\s?(?:个?\s?工作日|日内|号|年|月|元|天|条)|[第〔（(\[]\s?\*+|[(（]\s?略\s?[)）]|"
    r"(?<!\*)\*{3,40}(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\*{3,40}"
)
_TEMPLATE = re.compile(
    r"\{\{[^{}\n]{0,80}\}\}|\[\$[^\]\n]{0,80}(?:\[\d+\])?\$\]|<%[^%\n]{0,80}%>|\$\{[^{}\n]{1,60}\}"
)
_EMPTIED = re.compile(r"(?m)^[ \t]*[,，。;；、:：（）()《》“”\"][,，。;；、:：（）()《》“”\" \t]*$")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+")
_LOST = re.compile("\ufffd+")
_PRIVATE = re.compile("[\ue000-\uf8ff]+")
_NUMBER_FUSED = re.compile(
    r"[\u4e00-\u9fff]{1,8}[〔\[【(（〈﹝]\s?(?:19|20)\d{2}(?![\d年.])?\d{1,4}\s?号"
)
_NUMBER_BRACKETS = re.compile(
    r"[〔\[【(（﹝]\s?(?:19|20)\d{2}\s?[〕\]】)）﹞]\s?\d{1,4}\s?号?\s?[〕\]】﹞]|"
    r"〔\s?(?:19|20)\d{2}\s?[\])）】]|[\[【(（]\s?(?:19|20)\d{2}\s?〕"
)
_NUMBER_TAIL = re.compile(r"号\s?[)）]\s?号")


def _by(pattern: re.Pattern[str], code: str) -> Callable[[str], Iterator[Sign]]:
    def find(text: str) -> Iterator[Sign]:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), code

    return find


def spam(text: str) -> Iterator[Sign]:
    """Words of betting and pornography, unless the sentence is about fighting them."""
    for match in _SPAM.finditer(text):
        if not _LAWFUL.search(text[max(0, match.start() - 16) : match.start()]):
            yield match.start(), match.end(), "spam_words"


def shifted(text: str) -> Iterator[Sign]:
    """GBK bytes shifted by one."""
    for start, end in shifted_runs(text):
        yield start, end, "byte_shifted_gbk"


def deleted(text: str) -> Iterator[Sign]:
    """The character 公 deleted from its usual words."""
    yield from _by(_DELETED, "character_deleted")(text)


def private_use(text: str) -> Iterator[Sign]:
    """Symbol-font characters whose meaning is not certain without their font."""
    from gongkai.readings.repair.symbols import without_private_use

    for match in _PRIVATE.finditer(text):
        if without_private_use(match[0]) == match[0]:
            yield match.start(), match.end(), "symbol_unknown"


def rare_characters(text: str) -> Iterator[Sign]:
    """Lines of which a quarter is rare characters although nothing above explains them."""
    start = 0
    found = marks(text)
    for line in text.split("\n"):
        end = start + len(line)
        n_rare = found.count("r", start, end)
        if n_rare >= 5:
            n_hanzi = n_rare + found.count("u", start, end)
            if n_hanzi >= 12 and n_rare >= 0.3 * n_hanzi:
                yield start, end, "rare_characters"
        start = end + 1


FINDERS: Final[tuple[Callable[[str], Iterator[Sign]], ...]] = (
    shifted,
    misread_runs,
    spam,
    _by(_NOISE, "injected_noise"),
    _by(_DOUBLED, "doubled_punctuation"),
    deleted,
    _by(_MASKED, "masked"),
    _by(_TEMPLATE, "template_unrendered"),
    _by(_EMPTIED, "text_lost"),
    _by(_CONTROL, "control_characters"),
    _by(_LOST, "undecodable"),
    private_use,
    _by(_NUMBER_FUSED, "document_number_damaged"),
    _by(_NUMBER_BRACKETS, "document_number_damaged"),
    _by(_NUMBER_TAIL, "document_number_damaged"),
    rare_characters,
)
"""Every finder; ``docs/readings.md`` lists the codes."""
