"""The legal bases of a row (公开依据): names of laws and documents, their numbers and articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.readings.fields.document_numbers import ARTICLE, FUSED, NUMBER, find_number
from gongkai.readings.fields.folding import Folded, clean, fold
from gongkai.readings.fields.nesting import depths
from gongkai.readings.reading import Basis, Question

_SEPARATORS = frozenset("、,;。·●|")
_MARKER = re.compile(
    r"(?:[①-⑳]|\([0-9]{1,2}\)|[0-9]{1,2}[.、)](?![0-9])|[0-9]{1,2}(?=《)|[●·■◆•]|[一二三四五六七八九十]、)"
)
_KIND = re.compile(
    r"(?:法|条例|办法|规定|意见|通知|细则|方案|决定|准则|纲要|规划|标准|指引|指南|制度|规范|通则|"
    r"解释|批复|函|章程|要求|文件|目录|公告|通告|规程|规则|措施|计划|要点|令|政策|法规|条款|清单|"
    r"法律|手册|公约|若干问题|说明)(?:\([^()]*\))?(?:等|及相关规定|等相关规定|等相关文件)?$"
)
_TITLE_TAIL = re.compile(
    r"(?:\([^()]{1,12}\))?的?(?:通知|意见|决定|公告|批复|函|补充通知|实施意见|实施细则|实施办法|规定|解释|通告|方案)"
    r"(?![\u4e00-\u9fff])"
)
_LABEL = re.compile(r"[【\[][\u4e00-\u9fff、]{2,20}[】\]]:?\Z")
_REMARK = re.compile(r"(?<=》)\((?:[^()]|\([^()]*\))*\)")
_OFFICE = r"[\u4e00-\u9fff]{1,18}(?:厅|部|局|委|院|会|署|办|府|室|中央|国务院)"
_ISSUER = re.compile(_OFFICE + r"$")
_LEADS = re.compile(_OFFICE + r"(?:关于)?(?:联合)?(?:印发|转发|发布|公布|颁布)?(?:的)?$")
_OWN_NAME = re.compile(r"(?!的|及|等|和|中)[\u4e00-\u9fff]{2}")
_OWN_TAIL = re.compile(
    rf"(?:\([^()]*\)|{ARTICLE.pattern}|{NUMBER.pattern}|号|(?:及|等)[^、,;。《》]*"
    r"(?:规定|文件|政策|法规|要求))*"
)


@dataclass(frozen=True, slots=True)
class BasisReading:
    """The bases in order, what was not understood, and what must be asked."""

    items: tuple[Basis, ...] = ()
    leftover: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(slots=True)
class _Result:
    items: list[Basis] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def ask(self, raw: str, why: str) -> None:
        self.questions.append(Question(field="basis", raw=raw, why=why, where=""))


def parse_basis(raw: str) -> BasisReading:
    """Every basis that the cell names. Total; raws and leftover hold all but separators."""
    whole = fold(raw)
    result = _Result()
    for start, end in _pieces(whole):
        _read_piece(whole, start, end, result)
    if result.leftovers:
        result.ask("\n".join(result.leftovers), "basis_not_understood")
    return BasisReading(tuple(result.items), "\n".join(result.leftovers), tuple(result.questions))


def _titles(text: str) -> list[tuple[int, int]]:
    """The places of the outermost 《…》, the marks included.

    A title in the brackets behind another one (…根据《…的决定》修正) is part of that one.
    """
    remarks = [match.span() for match in _REMARK.finditer(text)]
    return [
        (start, end)
        for start, end in _marked(text)
        if not any(low < start < high for low, high in remarks)
    ]


def _marked(text: str) -> list[tuple[int, int]]:
    spans = []
    depth = 0
    start = 0
    for index, mark in enumerate(text):
        if mark == "《":
            start = start if depth else index
            depth += 1
        elif mark == "》" and depth:
            depth -= 1
            if not depth:
                spans.append((start, index + 1))
    return spans


def _pieces(whole: Folded) -> Iterator[tuple[int, int]]:
    """The stretches of the text that each speak of one basis."""
    text = whole.text
    titles = _titles(text)
    inside = depths(text)
    starts = {0}
    leads = []
    low = after = 0
    for begin, end in titles:
        starts |= _chunk_starts(whole, after, begin, inside)
        leads.append((_lead_start(text, begin, low, inside), begin))
        tail = _OWN_TAIL.match(text, end)
        low, after = tail.end() if tail else end, end
    starts |= _chunk_starts(whole, after, len(text), inside)
    for lead, begin in leads:
        starts = {start for start in starts if not lead < start <= begin} | {lead}
    edges = [*sorted(starts), len(text)]
    for start, end in pairwise(edges):
        yield _trimmed(text, start, end)


def _lead_start(text: str, begin: int, low: int, inside: list[int]) -> int:
    """Where the words that lead to a title begin (国务院办公厅关于印发《…》, 【法律】《…》)."""
    index = begin
    while index > low and text[index - 1] not in _SEPARATORS and not inside[index - 1]:
        index -= 1
    while index < begin and index > low and text[index - 1] == "、":
        issuer = _ISSUER.search(text[low : index - 1])
        if issuer is None or not _LEADS.match(text[index:begin]):
            break
        index = low + issuer.start()
    label = _LABEL.search(text[:index], low)
    return label.start() if label else index


def _chunk_starts(whole: Folded, start: int, end: int, inside: list[int]) -> set[int]:
    """Where a new basis without title marks begins between ``start`` and ``end``."""
    text = whole.text
    starts = set()
    if start and whole.breaks_before(start) and start < end and not inside[start]:
        own = re.split(r"[、,;。]", text[start:end], maxsplit=1)[0]
        if _KIND.search(own) and _OWN_NAME.match(own):
            starts.add(start)
    articles = [match.span() for match in ARTICLE.finditer(text, start, end)]
    for index in range(start + 1, end):
        if (inside[index] and inside[index - 1]) or any(a < index < b for a, b in articles):
            continue
        parted = text[index - 1] in _SEPARATORS or (
            whole.breaks_before(index) and bool(_KIND.search(text[start:index]))
        )
        if parted and not ARTICLE.match(text, index) and not _is_tail(text, start, index):
            starts.add(index)
    return starts


def _is_tail(text: str, start: int, index: int) -> bool:
    """Whether the text after a separator still quotes what stands before it.

    A quotation follows an article, or a colon behind a title.
    """
    if start and ":" in text[start:index]:
        return True
    return bool(ARTICLE.search(text, start, index)) and not _KIND.search(
        re.split(r"[、,;。]", text[index:], maxsplit=1)[0]
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    moved = True
    while moved and start < end:
        moved = False
        if text[start] in _SEPARATORS:
            start, moved = start + 1, True
        elif match := _MARKER.match(text, start, end):
            start, moved = match.end(), True
    while start < end and text[end - 1] in _SEPARATORS:
        end -= 1
    return start, end


def _read_piece(whole: Folded, start: int, end: int, result: _Result) -> None:
    if start >= end:
        return
    text, raw = whole.text[start:end], whole.source(start, end)
    titles = _titles(text)
    name: str | None
    if titles:
        begin, stop = titles[0]
        name, stop = _title_name(whole, start, begin, stop, text)
        rest = text[:begin] + ";" + text[stop:]
    else:
        size = _bare_name_size(text)
        name, rest = clean(whole.source(start, start + size)) or None, text[size:]
        if name is None and not NUMBER.fullmatch(rest) and not FUSED.search(rest):
            result.leftovers.append(raw)
            return
    found = find_number(rest)
    if found.question:
        result.ask(raw, found.question)
    article = ARTICLE.search(rest)
    result.items.append(Basis(name, found.number, article[0] if article else None, raw))


def _title_name(whole: Folded, start: int, begin: int, stop: int, text: str) -> tuple[str, int]:
    """The name in its marks; 关于印发《…》的通知 is the longer one."""
    tail = _TITLE_TAIL.match(text, stop)
    if tail and text[tail.start() :].startswith(("的", "(")):
        return clean(whole.source(start, start + tail.end())), tail.end()
    return clean(whole.source(start + begin + 1, start + stop - 1)), stop


def _bare_name_size(text: str) -> int:
    """How many characters at the start are a name without marks (社会救助法第四十五条 → 5)."""
    head = re.split(r"\(|第[0-9零一二三四五六七八九十百]+[条章]|:", text, maxsplit=1)[0]
    number = NUMBER.search(head)
    if number and number.end() == len(head):
        head = head[: number.start()]
    return len(head) if _KIND.search(head) and "《" not in head and "》" not in head else 0


def render_basis(items: tuple[Basis, ...]) -> str:
    """The canonical cell text: the source's words where there are, else composed, one a line."""
    return "\n".join(item.raw or compose_basis(item) for item in items)


def compose_basis(item: Basis) -> str:
    """The words of a basis that has none of its own. Example: 《…法》(国令第711号)第二十条."""
    name = f"《{item.name}》" if item.name else ""
    number = f"({item.document_number})" if item.document_number else ""
    return f"{name}{number}{item.article or ''}"
