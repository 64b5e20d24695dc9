"""Finding the header rows of a table and what its columns hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongkai.readings.tables.columns import (
    GROUPS,
    Column,
    expanded,
    group_of,
    header_key,
    header_text,
    is_strong_header_word,
    key_or_extra,
    settled,
)
from gongkai.readings.tables.evidence import is_basis, is_channels, is_deadline, is_number, is_tick
from gongkai.readings.tables.tokens import SourceRow, Token

MAX_HEADER_ROWS = 5
MIN_KNOWN = 4
CUT_WORD = "公开"
_HEADER_CHARACTERS = frozenset(
    "公开事项内容要素依据时限主体渠道和载体对象方式层级全社会特定群体众主动申请县乡村镇级市区序号一二三()、,，/"
)
MAIN = frozenset({"level1", "item", "contents", "basis", "deadlines", "bodies", "channels"})


@dataclass(frozen=True, slots=True)
class Head:
    """The header rows of a table and the columns they name."""

    columns: tuple[Column, ...]
    n_rows: int
    texts: tuple[tuple[str, ...], ...]
    unknown: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields of the columns in order."""
        return tuple(column.key for column in self.columns)


def looks_like_head(row: Sequence[Token]) -> bool:
    """Whether the row names columns rather than fills them: the start of a header."""
    texts = [t.text for t in row if t.text and not t.covered]
    if len(texts) < 2:
        return False
    known = sum(header_key(text) is not None for text in texts)
    strong = sum(is_strong_header_word(text) for text in texts)
    return strong >= 2 and known >= 0.5 * len(texts) and not any(_is_content(t) for t in texts)


def _is_content(text: str) -> bool:
    return is_channels(text) or is_basis(text) or (is_deadline(text) and len(text) > 4)


def head_at(rows: Sequence[SourceRow], start: int) -> Head | None:
    """The header that begins at this row, or None. The most telling height wins."""
    best: tuple[float, Head] | None = None
    for height in range(1, MAX_HEADER_ROWS + 1):
        block = rows[start : start + height]
        if len(block) < height or (height > 1 and not _may_continue(block[-1])):
            break
        for columns in _candidates(block):
            score = _score(columns, block)
            if score >= MIN_KNOWN and (best is None or score > best[0]):
                texts = tuple(tuple(t.text for t in row.tokens) for row in block)
                best = (score, Head(tuple(columns), height, texts))
    return best[1] if best else None


def _may_continue(row: SourceRow) -> bool:
    texts = [t.text for t in row.tokens if t.text and not t.covered]
    if any(is_number(t) or is_tick(t) or _is_content(t) for t in texts):
        return False
    known = sum(header_key(text) is not None for text in texts)
    short = all(len(header_text(text)) <= 12 for text in texts)
    return bool(texts) and short and (known * 2 >= len(texts) or _are_fragments(texts))


def _are_fragments(texts: Sequence[str]) -> bool:
    """Halves of header words: 时限, (要素), 事项 … in a row of their own."""
    return all(set(header_text(text)) <= _HEADER_CHARACTERS for text in texts)


def _candidates(block: Sequence[SourceRow]) -> list[list[Column]]:
    trusted = all(row.trusted for row in block)
    by_meaning = _by_meaning(block) if not trusted else None
    words = [t.text for row in block for t in row.own]
    if by_meaning and all(header_key(word) for word in words):
        return [by_meaning]
    found = [_by_place(block), by_meaning or []]
    return [columns for columns in found if columns]


def _score(columns: Sequence[Column], block: Sequence[SourceRow]) -> float:
    """Known columns count, unknown and unused header words count against the reading."""
    known = sum(not column.key.startswith("extra:") for column in columns)
    main = {column.key for column in columns} & MAIN
    if len(main) < 2:
        return 0.0
    words = [t for row in block for t in row.tokens if t.text and not t.covered]
    groups = sum(header_key(t.text) in GROUPS for t in words)
    pieces = sum(_is_piece(t.text) for t in words)
    unused = len(words) - groups - pieces - len(columns)
    left = sum(column.key in {"audience", "mode", "levels"} for column in columns)
    return known - 0.6 * max(0, unused) - 0.3 * left - 0.05 * len(block) + 0.1 * min(pieces, 5)


def _is_piece(text: str) -> bool:
    """Half of a header word, in a row of its own."""
    alone = len(header_text(text)) == 1 or header_key(text) is None
    return alone and _are_fragments([text])


# --- by place -------------------------------------------------------------------------------------


def _by_place(block: Sequence[SourceRow]) -> list[Column]:
    width = max(len(row.tokens) for row in block)
    columns: list[Column] = []
    group = ""
    for place in range(width):
        stack = _stack(block, place)
        top = stack[0] if stack else ""
        key, label = _key_of(stack)
        if top and block[0].tokens[place : place + 1] and block[0].tokens[place].text:
            found = header_key(top)
            group = found if found in GROUPS else ""
        if key is None:
            key, label = _in_group(group, stack, label)
        columns.append(Column(key, label))
    while columns and columns[-1].key == "extra:":
        columns.pop()
    return settled(columns)


def _stack(block: Sequence[SourceRow], place: int) -> list[str]:
    """The header texts over a column from top to bottom, each source cell once."""
    texts: list[str] = []
    seen: set[int] = set()
    for row in block:
        if place >= len(row.tokens):
            continue
        token = row.tokens[place]
        if not token.text or (token.index in seen and token.covered == "row"):
            continue
        if texts and header_text(texts[-1]) == header_text(token.text):
            continue
        seen.add(token.index)
        texts.append(token.text)
    return texts


def _key_of(stack: Sequence[str]) -> tuple[str | None, str]:
    if not stack:
        return None, ""
    label = header_text("".join(stack))
    last = header_key(stack[-1])
    if last and (group_of(last) or len(stack) == 1):
        return last, header_text(stack[-1])
    for start in range(len(stack)):
        joined = header_text("".join(stack[start:]))
        if key := header_key(joined):
            return key, joined
    if len(stack) > 1 and header_key(stack[0]) in GROUPS:
        return None, header_text(stack[-1])
    known = [(key, text) for text in stack if (key := header_key(text))]
    if len(known) == 1 and _are_fragments(stack):
        return known[0][0], header_text(known[0][1])
    return None, label


def _in_group(group: str, stack: Sequence[str], label: str) -> tuple[str, str]:
    text = header_text(stack[-1]) if stack else ""
    if group == "levels" and text:
        return f"level:{text}", text
    return f"extra:{text or label}", text or label


# --- by meaning -----------------------------------------------------------------------------------


def _by_meaning(block: Sequence[SourceRow]) -> list[Column] | None:
    """Columns from the order of the header words where places say nothing."""
    words: list[str] = []
    for text in (t.text for row in block for t in row.tokens if t.text and not t.covered):
        written_out = header_key(text) and header_text(text) in map(header_text, words)
        if not written_out:
            words.append(text)
    words = _without_tails(_rejoined(words))
    keys = [key_or_extra(word) for word in words]
    groups = {key for key in keys if key in GROUPS}
    top = [w for w, k in zip(words, keys, strict=True) if group_of(k) not in groups]
    sub = [w for w, k in zip(words, keys, strict=True) if group_of(k) in groups]
    return expanded(top, sub)


def _without_tails(words: list[str]) -> list[str]:
    """The words without 事项, 群体 and (要素) from a row of their own below their first halves."""
    flat = [header_text(word) for word in words]
    cut = {"事项"} if {"一级", "二级"} & set(flat) else set()
    cut |= {"群体", "群众"} if "特定" in flat else set()
    cut |= {"(要素)"} if "公开内容" in flat else set()
    return [word for word, text in zip(words, flat, strict=True) if text not in cut]


_HALVES = frozenset({"依据", "时限", "主体", "渠道", "渠道和载体"})


def _rejoined(words: list[str]) -> list[str]:
    """Headers cut to 公开 with their other halves of the row below, in order; (要素) dropped."""
    flat = [header_text(word) for word in words]
    halves = [word for word in flat if word in _HALVES]
    if not halves or flat.count(CUT_WORD) != len(halves):
        return words
    rest = iter(halves)
    whole = [CUT_WORD + next(rest) if word == CUT_WORD else word for word in flat]
    told = "公开内容" in flat
    return [w for w in whole if w not in _HALVES and not (told and w == "(要素)")]


def expanded_head(words: Sequence[Token]) -> Head | None:
    """The header that a mere sequence of header words makes, by their meaning."""
    columns = _by_meaning([SourceRow(tuple(words), trusted=False)])
    if not columns or len({column.key for column in columns} & MAIN) < 2:
        return None
    return Head(tuple(columns), 1, (tuple(t.text for t in words),))


def with_number_column(head: Head, rows: Sequence[SourceRow]) -> Head:
    """The header with a number column where the rows have numbers and the header has no word."""
    head = _with_cut_words(head, rows)
    if "number" in head.keys or not rows:
        return head
    columns = list(head.columns)
    if all(row.trusted for row in rows):
        for place, column in enumerate(columns):
            texts = [r.tokens[place].text for r in rows if place < len(r.tokens)]
            if column.key == "extra:" and texts and all(is_number(t) for t in texts if t):
                columns[place] = Column("number", "")
                return replace(head, columns=tuple(columns))
        return head
    starts = [next((i for i, t in enumerate(r.own[:2]) if is_number(t.text)), -1) for r in rows]
    if sum(start >= 0 for start in starts) * 2 > len(rows):
        columns.insert(max(starts), Column("number", ""))
        return replace(head, columns=tuple(columns))
    return head


def _with_cut_words(head: Head, rows: Sequence[SourceRow]) -> Head:
    """Headers cut to 公开 named by their order where the contents of the rows confirm it."""
    places = [i for i, column in enumerate(head.columns) if column.label == CUT_WORD]
    missing = [key for key in ("basis", "deadlines", "bodies") if key not in head.keys]
    if not places or len(places) != len(missing):
        return head
    whole = [row for row in rows if len(row.own) >= MIN_KNOWN]
    confirmed = sum(any(is_deadline(t.text) for t in row.own) for row in whole)
    if "deadlines" in missing and confirmed * 5 < len(whole) * 4:
        return head
    columns = list(head.columns)
    for place, key in zip(places, missing, strict=True):
        columns[place] = Column(key, CUT_WORD)
    return replace(head, columns=tuple(columns))
