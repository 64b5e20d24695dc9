"""Taking out pinyin put in brackets behind characters, and nothing else in brackets."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ALL: Final = """
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biang biao bie bin bing bo bong bu ca
cai can cang cao ce cei cen ceng cha chai chan chang chao che chen cheng chi chong chou chu
chua chuai chuan chuang chui chun chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de
dei den deng di dia dian diao die din ding diu dong dou du duan dui dun duo e ei en eng er fa
fan fang fei fen feng fiao fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai
guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang
hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao
ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei len
leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lü lüe ma mai man
mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei
nen neng ni nia nian niang niao nie nin ning niu nong nou nu nuan nun nuo nü nüe o ou pa pai
pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin
qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo
sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu
shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te
tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo
wong wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi
yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang
zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong
zou zu zuan zui zun zuo
"""
SYLLABLES: Final = frozenset(_ALL.split())
"""Every toneless syllable of Mandarin, ü as ``ü``."""

_TONES: Final = frozenset("\u0300\u0301\u0304\u030c")
_LATIN = "a-züêāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹɑɡ"
_GLOSS = re.compile(rf"([\u3400-\u9fff])((?:\s?[(（]\s?[{_LATIN}]{{1,6}}\s?[)）])+)")
_ONE = re.compile(rf"[{_LATIN}]+")


def without_gloss(text: str) -> str:
    """The text without pinyin glosses.

    A gloss with a tone mark is certain. One without is taken out only if it is a reading of the
    character before it, so English in brackets stays.
    Example: ``政(zheng)(zheng)府(fǔ)`` → ``政府``; ``公章(PDF)``, ``事项(要素)`` unchanged.
    """
    if "(" not in text and "（" not in text:
        return text
    return _GLOSS.sub(_kept, text)


def _kept(match: re.Match[str]) -> str:
    char, glosses = match[1], match[2]
    found = [_plain(word) for word in _ONE.findall(glosses)]
    if all(_is_gloss(plain, is_toned, char) for plain, is_toned in found):
        return char
    return match[0]


def _plain(word: str) -> tuple[str, bool]:
    """The syllable without its tone, and whether it had a tone mark."""
    parts = unicodedata.normalize("NFD", word.replace("ɑ", "a").replace("ɡ", "g"))
    bare = "".join(part for part in parts if part not in _TONES)
    return unicodedata.normalize("NFC", bare), bare != parts


def _is_gloss(plain: str, is_toned: bool, char: str) -> bool:
    syllable = plain.replace("v", "ü")
    if syllable not in SYLLABLES and syllable.replace("ü", "u") not in SYLLABLES:
        return False
    return is_toned or plain.replace("v", "ü") in _readings(char)


@lru_cache(maxsize=4096)
def _readings(char: str) -> frozenset[str]:
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.NORMAL, heteronym=True, v_to_u=True)
    plain = {reading for readings in found for reading in readings}
    return frozenset(plain | {reading.replace("ü", "u") for reading in plain})
