"""The words of a file that its ordinary reading passes over: text boxes, comments, deleted text,
headers, caches of pivots, numbers written one digit a cell, notes and form fields of a PDF."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pikepdf
from lxml import etree

from gongkai.disclosures.privacy import is_resident_id

FEWEST_DIGITS: Final = 11
"""A text with fewer digits cannot hold what the scan looks for."""

_DIGIT = re.compile(r"\d")
_PIECE = re.compile(r"[0-9]{0,8}[0-9Xx]$")
_BLOCKS: Final = frozenset({"p", "si", "comment", "row"})
_TOLD_ATTRIBUTES: Final = frozenset(
    {"descr", "title", "alt", "v", "Target", "tooltip", "display", "name", "caption", "string"}
)
_PLACES: Final = (
    ("header", "页眉"), ("footer", "页脚"), ("comment", "批注"), ("footnote", "脚注"),
    ("endnote", "尾注"), ("drawing", "图形"), ("chart", "图表"), ("pivot", "透视表缓存"),
    ("external", "外部链接"), ("rels", "链接"), ("document.xml", "文本框或修订"),
    ("sheet", "工作表"),
)  # fmt: skip


def may_leak(text: str) -> bool:
    """Whether the text has digits enough to be worth a scan."""
    return len(_DIGIT.findall(text)) >= FEWEST_DIGITS


def package_texts(content: bytes) -> Iterator[tuple[str, str]]:
    """Every text of an office package that may leak, with a word for where it stands.

    Cells are left to the ordinary reader. Raises ValueError for XML that is no office XML: with a
    document type (entity bombs), or broken.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for entry in package.infolist():
            name = entry.filename.lower()
            if not name.endswith((".xml", ".rels", ".vml")) or name.startswith("docprops/"):
                continue
            with package.open(entry) as part:
                for text in _texts_of_part(part, is_sheet=name.startswith("xl/worksheets/")):
                    if may_leak(text):
                        yield _place(name), text


def _place(name: str) -> str:
    return next((label for word, label in _PLACES if word in name), "文件内部")


def _texts_of_part(part: Any, *, is_sheet: bool) -> Iterator[str]:
    """The texts block by block, whatever runs they are split into; memory does not grow."""
    options = {"resolve_entities": False, "no_network": True, "huge_tree": False}
    blocks: list[list[str]] = [[]]
    try:
        for event, element in etree.iterparse(part, events=("start", "end"), **options):
            if not isinstance(element.tag, str):
                continue
            local = etree.QName(element).localname
            if event == "start":
                if element.getparent() is None and element.getroottree().docinfo.doctype:
                    raise ValueError("a document type in office XML")
                if local in _BLOCKS:
                    blocks.append([])
                continue
            if not (is_sheet and local == "v"):
                blocks[-1].append(element.text or "")
            yield from (v for k, v in element.attrib.items() if k in _TOLD_ATTRIBUTES)
            if local in _BLOCKS:
                yield "".join(blocks.pop())
            elif len(blocks) == 1:
                yield "".join(blocks[0])
                blocks[0].clear()
            element.clear(keep_tail=False)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def numbers_over_cells(row: Iterable[Any]) -> Iterator[str]:
    """Resident IDs of a row whose digits stand in several cells beside each other."""
    pieces: list[str] = []
    for cell in (*row, ""):
        text = str(cell or "").strip()
        if _PIECE.match(text):
            pieces.append(text)
            continue
        yield from _ids_of(pieces)
        pieces = []


def _ids_of(pieces: list[str]) -> Iterator[str]:
    for start in range(len(pieces) - 1):
        joined = ""
        for piece in pieces[start:]:
            joined += piece
            if len(joined) >= 18:
                break
        if len(joined) == 18 and is_resident_id(joined):
            yield joined


def pdf_texts(content: bytes) -> Iterator[tuple[str, str]]:
    """Notes, form fields, bookmarks and descriptions of a PDF that may leak."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for found in pdf.objects:
            dictionary = found if isinstance(found, pikepdf.Dictionary) else None
            for key in ("/Contents", "/V", "/DV", "/Title", "/TU", "/Alt", "/ActualText", "/URI"):
                value = dictionary.get(key) if dictionary is not None else None
                if isinstance(value, pikepdf.String) and may_leak(str(value)):
                    yield "批注、表单或书签", str(value)
