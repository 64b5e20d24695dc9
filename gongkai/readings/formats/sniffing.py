"""Which format a file has by its content; its ending is believed only between kinds of text."""

from __future__ import annotations

import io
import re
import zipfile

import olefile

from gongkai.readings.formats.delimited import looks_delimited
from gongkai.readings.formats.encoding import decoded
from gongkai.readings.formats.refusals import refusal

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"ustar")
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|tbody|tr|td|div|meta|p)\b", re.IGNORECASE
)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|table|tbody|tr|div)\b", re.IGNORECASE)
"""Tags that make a page; others stray into texts taken from damaged pages."""
_ZIP_KINDS = (
    ("xl/", "xlsx"),
    ("workbook.xml", "xlsx"),
    ("word/", "docx"),
)
_ZIP_OTHERS = ("ppt/", "OFD.xml", "mimetype", "content.opf")


def format_of(name: str, content: bytes) -> str:
    """The key of the reader for this content. Raises NotReadable for what no reader takes."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(name, content)
    if content.startswith(olefile.MAGIC):
        return _ole_kind(name, content)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"{\\rtf"):
        return "rtf"
    _refuse_known(name, content)
    return _text_kind(name, content)


def _refuse_known(name: str, content: bytes) -> None:
    if content.startswith(_IMAGES[:3]) or (
        content.startswith(_IMAGES[3:]) and b"\x00" in content[:64]
    ):
        raise refusal("readings.image", remedy="send_spreadsheet_or_text_pdf", place=name)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        raise refusal("readings.image", remedy="send_spreadsheet_or_text_pdf", place=name)
    if content.startswith(_ARCHIVES):
        raise refusal("readings.archive", remedy="unpack", place=name)


def _zip_kind(name: str, content: bytes) -> str:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise refusal("readings.corrupt", remedy="send_again", place=name) from error
    for start, kind in _ZIP_KINDS:
        if any(part.lstrip("/").startswith(start) for part in parts):
            return kind
    if any(part.lstrip("/").startswith(_ZIP_OTHERS) for part in parts):
        raise refusal("readings.unsupported_format", remedy="save_as_xlsx", place=name)
    raise refusal("readings.archive", remedy="unpack", place=name)


def _ole_kind(name: str, content: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            streams = {"/".join(path).lower() for path in container.listdir(storages=True)}
    except Exception as error:  # olefile raises many kinds on damaged headers
        raise refusal("readings.corrupt", remedy="send_again", place=name) from error
    if "encryptedpackage" in streams or "encryptioninfo" in streams:
        raise refusal("readings.encrypted", remedy="save_without_password", place=name)
    if any(s.endswith("_vba_project") or s in {"macros", "_vba_project_cur"} for s in streams):
        raise refusal("readings.macros", remedy="save_without_macros", place=name)
    if "workbook" in streams or "book" in streams:
        return "xls"
    if "worddocument" in streams:
        return "doc"
    raise refusal("readings.unsupported_format", remedy="save_as_xlsx", place=name)


def _text_kind(name: str, content: bytes) -> str:
    text = decoded(content, name=name).text
    head = text[:8192]
    if (
        re.search(r"(?im)^content-type:\s*multipart/related", head)
        and "mime-version" in head.lower()
    ):
        return "mhtml"
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and "<Workbook" in head:
        return "spreadsheetml"
    if "<w:wordDocument" in head or "<pkg:package" in head:
        raise refusal("readings.unsupported_format", remedy="save_as_docx", place=name)
    says_text = name.lower().endswith((".txt", ".md"))
    if (_PAGE if says_text else _HTML).search(head) or _has_table(text.lower()):
        return "html"
    return _plain_kind(name, text)


def _has_table(text: str) -> bool:
    return "<table" in text and ("<td" in text or "<th" in text)


def _plain_kind(name: str, text: str) -> str:
    ending = name.lower().rpartition(".")[2]
    if ending in {"csv", "tsv", "tab"}:
        return "csv"
    if ending in {"md", "markdown"}:
        return "txt"
    return "csv" if looks_delimited(text) else "txt"
