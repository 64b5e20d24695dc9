"""Compile every ``.po`` below ``gongkai/`` to ``.mo`` where it is newer; needs no gettext.

Run by ``tools/setup.sh`` and by the test suite. Plurals and contexts are understood; entries
marked fuzzy or without a translation are left out, as gettext's own compiler does.
"""

from __future__ import annotations

import ast
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "gongkai"
CONTEXT_SEPARATOR = "\x04"


def entries(text: str) -> Iterator[tuple[str, str]]:
    """The translated entries of a ``.po``: (msgid as stored in a .mo, msgstr), header included."""
    for block in text.replace("\r\n", "\n").split("\n\n"):
        parts, is_fuzzy = _parts(block)
        if is_fuzzy or "msgid" not in parts:
            continue
        msgid = parts["msgid"]
        msgstr = parts.get("msgstr", "")
        if "msgid_plural" in parts:
            msgid += "\0" + parts["msgid_plural"]
            plurals = [parts[name] for name in sorted(parts) if name.startswith("msgstr[")]
            msgstr = "\0".join(plurals) if any(plurals) else ""
        if "msgctxt" in parts:
            msgid = parts["msgctxt"] + CONTEXT_SEPARATOR + msgid
        if msgstr:
            yield msgid, msgstr


def _parts(block: str) -> tuple[dict[str, str], bool]:
    """The keywords of one entry with their texts, and whether the entry is fuzzy."""
    parts: dict[str, str] = {}
    is_fuzzy, keyword = False, ""
    for line in block.splitlines():
        if line.startswith("#"):
            is_fuzzy = is_fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        if line.startswith('"'):
            literal = line
        else:
            keyword, _, literal = line.partition(" ")
            parts[keyword] = ""
        if literal.strip():
            parts[keyword] += ast.literal_eval(literal.strip())
    return parts, is_fuzzy


def compiled(messages: dict[str, str]) -> bytes:
    """The bytes of a ``.mo`` file (GNU gettext manual, "MO files"): sorted, without hash table."""
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    n = len(pairs)
    keys_at, values_at, texts_at = 28, 28 + 8 * n, 28 + 16 * n
    key_table, value_table, texts = b"", b"", b""
    for key, _ in pairs:
        key_table += struct.pack("<II", len(key), texts_at + len(texts))
        texts += key + b"\0"
    for _, value in pairs:
        value_table += struct.pack("<II", len(value), texts_at + len(texts))
        texts += value + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, n, keys_at, values_at, 0, 0)
    return header + key_table + value_table + texts


def compile_all(root: Path = ROOT) -> list[Path]:
    """Every ``.po`` has a ``.mo`` beside it that is not older; returns those written now."""
    written = []
    for source in sorted(root.rglob("locale/**/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        part = target.with_suffix(".mo.part")
        part.write_bytes(compiled(dict(entries(source.read_text("utf-8")))))
        part.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_all():
        sys.stderr.write(f"compiled {path.relative_to(ROOT.parent)}\n")
