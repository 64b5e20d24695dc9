"""Reading rich text files (.rtf, often called .doc): tables, symbols and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gongkai.readings.formats.laying import Block, document_of
from gongkai.readings.formats.limits import check_extent
from gongkai.readings.formats.refusals import refusal
from gongkai.readings.formats.wordrows import RowDefinition, WordRow, table_of_rows
from gongkai.readings.grid import Document
from gongkai.readings.repair.symbols import in_font

FORMAT = "rtf"
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])"
    rb"|([^\\{}\r\n]+)|[\r\n]+"
)
_SILENT_WORDS = """
fonttbl colortbl stylesheet info pict object header footer headerl headerr footerl footerr
themedata datastore listtable listoverridetable rsidtbl generator fldinst xmlnstbl latentstyles
nonshppict
"""
_SILENT = frozenset(_SILENT_WORDS.split())
_CODE_PAGES = {134: "gb18030", 136: "big5", 128: "cp932", 0: "cp1252", 2: "symbol"}
_MAX_DEPTH = 500


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside one group."""

    silent: bool = False
    font: int = 0
    skip: int = 1
    in_table: bool = False
    deleted: bool = False


@dataclass(slots=True)
class _Rtf:
    """The reading of one file."""

    page: str = "cp1252"
    fonts: dict[int, tuple[str, str]] = field(default_factory=dict)  # number → (name, encoding)
    rows: list[WordRow] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    edges: list[int] = field(default_factory=lambda: [0])
    across: list[bool] = field(default_factory=list)
    down: list[bool] = field(default_factory=list)
    merges: tuple[bool, bool] = (False, False)
    to_skip: int = 0


def read(name: str, content: bytes) -> Document:
    """The document of a rich text file."""
    check_extent(content.count(b"\\row"), content.count(b"\\cell"), place=name)
    rtf = _Rtf(fonts=_fonts(content))
    match = re.search(rb"\\ansicpg(\d+)", content[:4096])
    if match:
        rtf.page = {b"936": "gb18030", b"950": "big5", b"65001": "utf-8"}.get(match[1], "cp1252")
    try:
        blocks = list(_blocks(rtf, content))
    except (ValueError, OverflowError) as error:
        raise refusal("readings.corrupt", remedy="save_as_docx", place=name) from error
    return document_of(FORMAT, blocks)


def _fonts(content: bytes) -> dict[int, tuple[str, str]]:
    fonts: dict[int, tuple[str, str]] = {}
    table = content[:200_000].partition(b"\\fonttbl")[2]
    pattern = rb"\\f(\d{1,5})\b([^{};]*)(?:\{[^{}]*\}[^{};]*)*;"
    for match in re.finditer(pattern, table):
        charset = re.search(rb"\\fcharset(\d{1,3})", match[2])
        name = re.sub(rb"\\\*?[a-z]+-?\d* ?", b"", match[2]).decode("latin-1").strip()
        encoding = _CODE_PAGES.get(int(charset[1]), "") if charset else ""
        fonts.setdefault(int(match[1]), (name, encoding))
    return fonts


def _blocks(rtf: _Rtf, content: bytes) -> Iterator[Block]:
    stack: list[_State] = []
    state = _State()
    starred = False
    for match in _TOKEN.finditer(content):
        word, number, byte, symbol, brace, plain = match.groups()
        if brace == b"{":
            stack.append(state)
            starred = False
            if len(stack) > _MAX_DEPTH:
                raise ValueError
        elif brace == b"}":
            _flush(rtf, state)
            state = stack.pop() if stack else _State()
        elif symbol == b"*":
            starred = True
        elif word:
            state = _word(rtf, state, word.decode(), number, starred=starred)
            starred = False
            yield from _structure(rtf, state, word.decode())
        elif not state.silent and not state.deleted:
            _take(rtf, state, byte=byte, symbol=symbol, plain=plain)
    _flush(rtf, state)
    yield from _ended(rtf)


def _word(rtf: _Rtf, state: _State, word: str, number: bytes | None, *, starred: bool) -> _State:
    value = int(number) if number else None
    if word in _SILENT or (starred and word not in {"shppict", "fldrslt"}):
        return replace(state, silent=True)
    if state.silent:
        return state
    _flush(rtf, state) if word in {"f", "u", "plain", "pard"} else None
    if word == "f" and value is not None:
        return replace(state, font=value)
    if word == "uc":
        return replace(state, skip=max(value or 0, 0))
    if word == "deleted":
        return replace(state, deleted=value != 0)
    if word in {"pard", "intbl"}:
        return replace(state, in_table=word == "intbl")
    if word == "u" and value is not None and not state.deleted:
        code = value + 65_536 if value < 0 else value
        if 0 < code < 0x10000 and not 0xD800 <= code <= 0xDFFF:
            rtf.text.append(in_font(chr(code), rtf.fonts.get(state.font, ("", ""))[0]))
        rtf.to_skip = state.skip
    else:
        _row_word(rtf, word, value)
    return state


def _row_word(rtf: _Rtf, word: str, value: int | None) -> None:
    if word == "trowd":
        rtf.edges, rtf.across, rtf.down, rtf.merges = [], [], [], (False, False)
    elif word == "trleft" and value is not None and not rtf.across:
        rtf.edges = [value]
    elif word in {"clmrg", "clvmrg"}:
        rtf.merges = (rtf.merges[0] or word == "clmrg", rtf.merges[1] or word == "clvmrg")
    elif word == "cellx" and value is not None:
        if not rtf.edges:
            rtf.edges = [min(0, value - 1)]
        rtf.edges.append(value)
        rtf.across.append(rtf.merges[0])
        rtf.down.append(rtf.merges[1])
        rtf.merges = (False, False)


def _structure(rtf: _Rtf, state: _State, word: str) -> Iterator[Block]:
    if state.silent:
        return
    if word in {"par", "line", "sect", "page", "cell", "row", "tab", "nestcell"}:
        _flush(rtf, state)
    if word == "tab":
        rtf.text.append("\t")
    elif word == "line" or (word in {"par", "nestcell"} and state.in_table):
        rtf.text.append("\n")
    elif word == "cell":
        rtf.cells.append(_taken(rtf))
    elif word == "row":
        definition = RowDefinition(list(rtf.edges), list(rtf.across), list(rtf.down))
        rtf.rows.append(WordRow(rtf.cells, definition))
        rtf.cells = []
    elif word in {"par", "sect", "page"}:
        text = _taken(rtf)
        yield from _ended(rtf)
        yield text


def _taken(rtf: _Rtf) -> str:
    text = "".join(rtf.text)
    rtf.text = []
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _ended(rtf: _Rtf) -> Iterator[Block]:
    if rtf.cells:
        rtf.rows.append(WordRow(rtf.cells, None))
    if rtf.rows:
        yield table_of_rows(rtf.rows)
    rtf.rows, rtf.cells = [], []
    text = _taken(rtf)
    if text:
        yield text


def _take(
    rtf: _Rtf, state: _State, *, byte: bytes | None, symbol: bytes | None, plain: bytes | None
) -> None:
    content = plain or (bytes([int(byte, 16)]) if byte else b"")
    if symbol:
        content = {b"~": b" ", b"_": b"-", b"-": b""}.get(symbol, symbol)
    if rtf.to_skip and content:
        n_skipped = min(rtf.to_skip, len(content))
        content, rtf.to_skip = content[n_skipped:], rtf.to_skip - n_skipped
    rtf.pending.extend(content)


def _flush(rtf: _Rtf, state: _State) -> None:
    """The bytes gathered so far as text in the code page of their font."""
    if not rtf.pending:
        return
    name, encoding = rtf.fonts.get(state.font, ("", ""))
    if encoding == "symbol":
        text = in_font(rtf.pending.decode("latin-1"), name)
    else:
        text = rtf.pending.decode(_encoding_for(rtf, encoding), errors="replace")
    rtf.pending.clear()
    rtf.text.append(text)


def _encoding_for(rtf: _Rtf, encoding: str) -> str:
    """The font's own code page; a Western font in a Chinese file holds Chinese bytes too."""
    if encoding in {"", "cp1252"}:
        return rtf.page
    return encoding
