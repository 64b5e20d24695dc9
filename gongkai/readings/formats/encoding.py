"""Bytes to text: byte-order marks, UTF-8, UTF-16, GB18030 and Big5, chosen by what fits."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from gongkai.readings.formats.refusals import refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
MAX_BAD_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding that it was in and what was noticed."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decoded(content: bytes, *, name: str, declared: str = "") -> Decoded:
    """The text of the bytes. Raises NotReadable when they are no text at all."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = content.decode(encoding, errors="replace").removeprefix("\ufeff")
            return Decoded(text, encoding, _bad_notes(text))
    for encoding in _candidates(content, declared):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return _as_meant(text) or Decoded(text, encoding)
    return _damaged(content, name=name)


def _as_meant(text: str) -> Decoded | None:
    """A Chinese text whose bytes were read as Latin letters, read again as a whole.

    Before lines are parted: among those letters are characters that end lines.
    """
    n_latin = sum("\x80" <= char <= "\xff" for char in text)
    if n_latin * 3 < len(text) or any(is_hanzi(char) for char in text):
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            meant = text.encode("latin-1").decode(encoding)
        except UnicodeError:
            continue
        if sum(is_hanzi(char) for char in meant) * 4 > len(meant):
            return Decoded(meant, encoding, ("misread_as_latin",))
    return None


def _candidates(content: bytes, declared: str) -> list[str]:
    candidates = ["utf-8"]
    wide = _wide_encoding(content)
    if wide:
        return [wide]
    if b"\x00" in content[:4096]:
        return []
    if declared:
        name = declared.strip().lower().replace("_", "-")
        named = "gb18030" if name in {"gb2312", "gbk", "gb-2312", "x-gbk", "cp936"} else name
        if named in {"utf-8", "gb18030", "big5", "big5-hkscs", "utf-16"}:
            candidates.append(named)
    by_fit = sorted(("gb18030", "big5"), key=lambda e: _oddness(content, e))
    return candidates + [e for e in by_fit if e not in candidates]


def _wide_encoding(content: bytes) -> str:
    """UTF-16 without a mark: every other byte of ASCII text, line ends at least, is zero."""
    head = content[:4096]
    if len(head) < 8 or len(content) % 2:
        return ""
    for encoding, ends in (
        ("utf-16-le", (b"\n\x00", b",\x00", b"\t\x00", b" \x00")),
        ("utf-16-be", (b"\x00\n", b"\x00,", b"\x00\t", b"\x00 ")),
    ):
        if b"\x00" in head and any(head[i : i + 2] in ends for i in range(0, len(head) - 1, 2)):
            text = content.decode(encoding, errors="replace")
            if _share_of_known(text) > 0.9:
                return encoding
    return ""


def _share_of_known(text: str) -> float:
    sample = text[:4000]
    known = sum(
        char.isspace()
        or " " <= char <= "~"
        or is_hanzi(char)
        or "\u3000" <= char <= "\u303f"
        or "\uff00" <= char <= "\uffef"
        for char in sample
    )
    return known / len(sample) if sample else 0.0


def is_hanzi(char: str) -> bool:
    """Whether the character is a unified ideograph of the basic block."""
    return "\u4e00" <= char <= "\u9fff"


def _oddness(content: bytes, encoding: str) -> float:
    """The share of characters that are rare in this encoding's own order of frequency.

    Both GB 2312 and Big5 put the frequent characters first (lead bytes B0-D7 and A4-C6), so
    text read in the wrong one of the two lands in the rare half.
    """
    text = content[:65536].decode(encoding, errors="ignore")
    hanzi = [char for char in text if ord(char) > 0x7F]
    if not hanzi:
        return 0.0
    return sum(not _is_frequent(char, encoding) for char in hanzi) / len(hanzi)


def _is_frequent(char: str, encoding: str) -> bool:
    try:
        lead = char.encode("gb2312" if encoding == "gb18030" else "big5")[0]
    except UnicodeEncodeError:
        return False
    return 0xA1 <= lead <= 0xD7 if encoding == "gb18030" else 0xA1 <= lead <= 0xC6


def _damaged(content: bytes, *, name: str) -> Decoded:
    """The best reading of damaged bytes where little is lost, else a refusal."""
    readings = [(content.decode(e, errors="replace"), e) for e in ("utf-8", "gb18030")]
    text, encoding = min(readings, key=lambda reading: reading[0].count("\ufffd"))
    n_bad = text.count("\ufffd") + sum(text.count(chr(code)) for code in range(9))
    if n_bad > max(2, len(text) * MAX_BAD_SHARE):
        raise refusal("readings.unknown_format", remedy="send_spreadsheet", place=name)
    return Decoded(text, encoding, _bad_notes(text))


def _bad_notes(text: str) -> tuple[str, ...]:
    n_bad = text.count("\ufffd")
    return (f"undecodable:{n_bad}",) if n_bad else ()
