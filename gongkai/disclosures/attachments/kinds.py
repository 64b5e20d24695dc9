"""Which kind of file some bytes are, told by their content; the name only chooses among texts."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum
from typing import Final

import olefile

from gongkai.base.errors import NotReadable

MAX_ENTRIES: Final = 3_000
MAX_EXPANDED: Final = 300 * 1024 * 1024
MAX_RATIO: Final = 150
SMALL: Final = 8 * 1024 * 1024
"""Below this size a high ratio is normal: a sheet of equal rows packs very well."""

BROKEN_ZIP: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError,
    RuntimeError,
)  # fmt: skip


class FileKind(StrEnum):
    """The kinds that may be public."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    TXT = "txt"
    JPG = "jpg"
    PNG = "png"
    WEBP = "webp"


MEDIA_TYPES: Final[dict[FileKind, str]] = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.XLS: "application/vnd.ms-excel",
    FileKind.CSV: "text/csv",
    FileKind.TXT: "text/plain",
    FileKind.JPG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
}
IMAGES: Final = frozenset({FileKind.JPG, FileKind.PNG, FileKind.WEBP})
MAX_SPAN: Final = 30_000_000
_CELL_REFERENCE: Final = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')
_OLE: Final = re.compile(r"oleobject\d*\.bin$")
_RELATION: Final = re.compile(rb"<Relationship\b[^>]*>")
_FETCHED: Final = re.compile(
    rb"/(?:attachedTemplate|oleObject|subDocument|frame|externalLinkPath)\""
)
_ENDINGS: Final = {"jpeg": "jpg", "jpe": "jpg", "text": "txt"}


def kind_of(content: bytes, *, name: str) -> FileKind:
    """The kind of file that ``content`` is. Raises NotReadable with the reason and the remedy."""
    ending = name.rpartition(".")[2].lower()
    ending = _ENDINGS.get(ending, ending)
    found = _sniffed(content, name=name, ending=ending)
    if found is None:
        raise NotReadable("attachment.unknown_type", name=name)
    if ending != found.value:
        raise NotReadable("attachment.type_mismatch", name=name, found=found.value)
    return found


def _sniffed(content: bytes, *, name: str, ending: str) -> FileKind | None:
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content, name=name)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound_kind(content, name=name)
    return _text_kind(content, ending=ending)


def _text_kind(content: bytes, *, ending: str) -> FileKind | None:
    if ending not in ("csv", "txt") or b"\x00" in content:
        return None
    return FileKind(ending) if decoded(content) is not None else None


def decoded(content: bytes) -> str | None:
    """The text of the bytes in UTF-8 or GB 18030; None when they are neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _office_kind(content: bytes, *, name: str) -> FileKind | None:
    """docx or xlsx, once the package is known to be harmless."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            check_package(entries, packed=len(content), name=name)
            names = {entry.filename for entry in entries}
            types = package.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
            check_extents(package, entries, name=name)
            check_reach(package, entries, name=name)
    except BROKEN_ZIP as error:
        raise NotReadable("attachment.damaged", name=name) from error
    lowered = {entry.lower() for entry in names}
    if b"macroEnabled" in types or any(n.endswith(("vbaproject.bin", ".exe")) for n in lowered):
        raise NotReadable("attachment.macros", name=name)
    if any("/macrosheets/" in n or "/dialogsheets/" in n for n in lowered):
        raise NotReadable("attachment.macros", name=name)
    if any("/activex/" in f"/{n}" or _OLE.search(n) or _is_odd_embedding(n) for n in lowered):
        raise NotReadable("attachment.active_content", name=name)
    if "word/document.xml" in names:
        return FileKind.DOCX
    return FileKind.XLSX if "xl/workbook.xml" in names else None


def check_package(entries: list[zipfile.ZipInfo], *, packed: int, name: str) -> None:
    """Refuse bombs, encrypted entries, and names that would leave a folder."""
    expanded = sum(entry.file_size for entry in entries)
    too_dense = expanded > SMALL and expanded > MAX_RATIO * packed
    if len(entries) > MAX_ENTRIES or expanded > MAX_EXPANDED or too_dense:
        raise NotReadable("attachment.zip_bomb", name=name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotReadable("attachment.encrypted", name=name)
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or ":" in parts[0]:
            raise NotReadable("attachment.path_trick", name=name)
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise NotReadable("attachment.path_trick", name=name)


def check_reach(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], *, name: str) -> None:
    """Refuse what would fetch or run something when the file is opened."""
    for entry in entries:
        lowered = entry.filename.lower()
        if lowered.endswith(".rels"):
            is_active = any(
                b'"External"' in found and _FETCHED.search(found)
                for found in _RELATION.findall(package.read(entry))
            )
        else:
            is_active = "/externallinks/" in lowered and b"ddeLink" in package.read(entry)
        if is_active:
            raise NotReadable("attachment.active_content", name=name)


def _is_odd_embedding(part: str) -> bool:
    return "/embeddings/" in part and not part.endswith((".xlsx", ".docx"))


def embedded_packages(content: bytes) -> list[tuple[FileKind, bytes]]:
    """The workbooks and documents inside an office package (the data of its charts), checked."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for entry in package.infolist():
            lowered = entry.filename.lower()
            if "/embeddings/" in lowered and not entry.is_dir():
                inner = package.read(entry)
                found.append((kind_of(inner, name=lowered.rpartition("/")[2]), inner))
    return found


def check_extents(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], *, name: str) -> None:
    """Refuse a sheet whose two far corners would span billions of cells in a dense reader."""
    for entry in entries:
        if not re.match(r"xl/worksheets/[^/]+\.xml$", entry.filename):
            continue
        n_rows = n_columns = 1
        for match in _CELL_REFERENCE.finditer(package.read(entry)):
            n_rows = max(n_rows, int(match[2]))
            n_columns = max(n_columns, (26, 702, 16_384)[len(match[1]) - 1])
        if n_rows * n_columns > MAX_SPAN:
            raise NotReadable("attachment.zip_bomb", name=name)


def _compound_kind(content: bytes, *, name: str) -> FileKind | None:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            streams = {
                "/".join(path).lower() for path in compound.listdir(streams=True, storages=True)
            }
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise NotReadable("attachment.damaged", name=name) from error
    if "encryptedpackage" in streams:
        raise NotReadable("attachment.encrypted", name=name)
    if any("_vba_project" in stream or stream.startswith("macros") for stream in streams):
        raise NotReadable("attachment.macros", name=name)
    return FileKind.XLS if streams & {"workbook", "book"} else None
