"""Characters of symbol fonts (Wingdings and its kin) as the plain glyphs that they show."""

from __future__ import annotations

from typing import Final

WINGDINGS: Final[dict[int, str]] = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x73: "◆",
    0x74: "◆", 0x75: "◆", 0x76: "◆", 0x77: "◆", 0x78: "☒", 0x9E: "●", 0x9F: "●", 0xA7: "■",
    0xA8: "□", 0xD8: "●", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "■",
}  # fmt: skip
"""Wingdings: code → glyph. A ticked box is ■ as the standard form fills it."""

WINGDINGS_2: Final[dict[int, str]] = {
    0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "■", 0x53: "☒", 0x54: "☒", 0x96: "●", 0x97: "●",
    0x98: "●", 0x99: "○", 0x9A: "○", 0xA2: "■", 0xA3: "□", 0xA4: "□", 0xA5: "□",
}  # fmt: skip

SYMBOL: Final[dict[int, str]] = {0xB7: "●", 0xD6: "√", 0xA8: "◆", 0xB4: "×"}

_FAMILIES: Final = {"wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2, "symbol": SYMBOL}

UNNAMED: Final[dict[int, str]] = {
    0x50: "√", 0x52: "■", 0xA2: "■", 0xA3: "□", 0xFE: "■", 0xA8: "□", 0x6E: "■", 0x6F: "□",
    0xFC: "√", 0x6C: "●", 0xB7: "●", 0xD8: "●", 0xFD: "☒", 0xFB: "×",
}  # fmt: skip
"""Private-use U+F0xx whose font is lost: only codes that mean one thing where they are seen."""


def is_symbol_font(font: str) -> bool:
    """Whether letters in this font are pictures."""
    return font.strip().lower() in _FAMILIES


def glyph(char: str, font: str) -> str:
    """The plain glyph of a character in a symbol font; the character itself where unknown.

    Letters (``R``) and private-use code points (U+F052) mean the same in these fonts.
    """
    code = ord(char)
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    return _FAMILIES.get(font.strip().lower(), {}).get(code, char)


def in_font(text: str, font: str) -> str:
    """The text as a symbol font shows it; unchanged in any other font."""
    if not is_symbol_font(font):
        return text
    return "".join(glyph(char, font) for char in text)


def without_private_use(text: str) -> str:
    """Private-use symbol characters replaced where their meaning is certain without the font."""
    if not any("\uf000" <= char <= "\uf0ff" for char in text):
        return text
    return "".join(
        UNNAMED.get(ord(char) - 0xF000, char) if "\uf000" <= char <= "\uf0ff" else char
        for char in text
    )
