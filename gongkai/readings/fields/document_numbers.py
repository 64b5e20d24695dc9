"""Document numbers (文号) and article numbers, found in folded text with their damages."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CJK = r"[\u4e00-\u9fff]"
_N = r"(?:[0-9]+|[零〇一二三四五六七八九十百千]+)"
_OPEN, _CLOSE = r"[〔\[(【﹝]", r"[〕\])】﹞]"
_YEARED = (
    rf"{_CJK}{{0,24}}?{_OPEN}(?:19|20)[0-9]{{2}}年?{_CLOSE}第?[0-9]{{1,5}}(?:-[0-9]{{1,4}})?号"
)
_ORDER = (
    rf"(?:{_CJK}{{1,24}}?)?(?:令|公告|通告)\(?(?:(?:19|20)[0-9]{{2}}年)?第?{_N}号\)?|"
    rf"{_CJK}{{0,24}}?第{_N}号(?:令|公告)?|(?:{_CJK}{{1,24}}?)?[0-9]{{1,4}}号令|"
    rf"(?:19|20)[0-9]{{2}}年第{_N}号(?:令|公告)?"
)
NUMBER = re.compile(f"{_YEARED}|{_ORDER}")
FUSED = re.compile(
    rf"{_CJK}{{1,24}}?{_OPEN}?[0-9]{{5,9}}{_CLOSE}?号|"
    rf"{_CJK}{{1,24}}?(?:{_OPEN}[0-9]{{4}}|[0-9]{{4}}{_CLOSE}){_CLOSE}?第?[0-9]*号"
)
_LISTED = rf"\(?{_N}\)?(?:[、,和及至到-]\(?{_N}\)?){{0,9}}"
_PART = rf"(?:之{_N})?(?:第?{_LISTED}[款项目])*"
ARTICLE = re.compile(
    rf"第{_N}(?:[、,和至-]{_N}){{0,9}}条{_PART}(?:(?:[、,和及至到-]|以及)第?\(?{_N}\)?(?:条{_PART}|[款项目]))*|"
    rf"第{_N}(?:章|节)(?:第{_N}(?:条{_PART}|节))*"
)
_DATE = re.compile(r"[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?")
_LEAD = re.compile(
    r"^(?:发文字号:?|文号:?|根据|依据|按照|依照|经|以|和|及|自|由|见|等|即|的|为|据)+"
)


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """What a stretch of text says of its document number."""

    number: str | None = None
    question: str | None = None  # "document_number_damaged" | "document_number_ambiguous"


def find_number(text: str) -> FoundNumber:
    """The one document number in a folded text, with 〔year〕 in its proper brackets.

    Two different numbers, or a fused one such as 国办发〔201680号, give none and a question.
    """
    plain = _DATE.sub(lambda match: ";" * len(match[0]), text)
    found = {_canonical(match[0]) for match in NUMBER.finditer(plain)}
    if len(found) == 1:
        return FoundNumber(number=found.pop())
    if found:
        return FoundNumber(question="document_number_ambiguous")
    if FUSED.search(plain):
        return FoundNumber(question="document_number_damaged")
    return FoundNumber()


def _canonical(number: str) -> str:
    if number.endswith(")") and number.count(")") > number.count("("):
        number = number[:-1]
    bracketed = re.sub(rf"{_OPEN}([0-9]{{4}})年?{_CLOSE}", r"〔\1〕", number)
    return _LEAD.sub("", bracketed)
