"""Taking out of a file who made it, when and with what, before it becomes public."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Final

import olefile
import pikepdf
from PIL import Image, ImageOps

from gongkai.base.errors import NotReadable
from gongkai.disclosures.attachments.kinds import BROKEN_ZIP, FileKind

MAX_PIXELS: Final = 60_000_000
_EMPTY_CORE: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b"<cp:coreProperties xmlns:cp="
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_EMPTY_APP: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"/>'
)
_EMPTY_CUSTOM: Final = _EMPTY_APP.replace(b"extended-properties", b"custom-properties")
_REPLACED: Final = {
    "docprops/core.xml": _EMPTY_CORE,
    "docprops/app.xml": _EMPTY_APP,
    "docprops/custom.xml": _EMPTY_CUSTOM,
}
_AUTHORS: Final = re.compile(rb'(\s(?:w|w15|x15):(?:author|initials|userId|providerId))="[^"]*"')
_REVISION_IDS: Final = re.compile(rb'\sw:rsid\w*="[^"]*"')
_REVISION_LIST: Final = re.compile(rb"<w:rsids>.*?</w:rsids>|<w:rsid\b[^>]*/>", re.DOTALL)
_SHEET_AUTHORS: Final = re.compile(rb"<author>[^<]*</author>")
_PERSONS: Final = re.compile(rb'(\s(?:displayName|userId|providerId))="[^"]*"')
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def stripped(content: bytes, kind: FileKind, *, name: str) -> bytes:
    """The file without metadata. Raises NotReadable when it cannot be rewritten."""
    cleaner = _CLEANERS.get(kind)
    return cleaner(content, name) if cleaner else content


def _office(content: bytes, name: str) -> bytes:
    """Rewrite the package: empty properties, no authors, revision ids, times, thumbnail."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            for entry in old.infolist():
                if entry.is_dir():
                    continue
                fresh = zipfile.ZipInfo(entry.filename, date_time=_EPOCH)
                fresh.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(fresh, _office_part(entry.filename, old.read(entry)))
    except BROKEN_ZIP as error:
        raise NotReadable("attachment.damaged", name=name) from error
    return out.getvalue()


def _office_part(part: str, content: bytes) -> bytes:
    lowered = part.lower()
    if lowered in _REPLACED:
        return _REPLACED[lowered]
    if lowered.startswith("docprops/thumbnail"):
        return b""
    if lowered.startswith("word/") and lowered.endswith(".xml"):
        content = _REVISION_LIST.sub(b"", _REVISION_IDS.sub(b"", content))
        return _AUTHORS.sub(rb'\1=""', content)
    if lowered.startswith("xl/comments"):
        return _SHEET_AUTHORS.sub(b"<author></author>", content)
    if lowered.startswith("xl/persons/"):
        return _PERSONS.sub(rb'\1=""', content)
    return content


def _pdf(content: bytes, name: str) -> bytes:
    """Without document information, XMP, scripts, launch actions and embedded files."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            _drop(pdf.Root, "/Metadata", "/OpenAction", "/AA", "/PieceInfo")
            names = pdf.Root.get("/Names")
            if isinstance(names, pikepdf.Dictionary):
                _drop(names, "/JavaScript", "/EmbeddedFiles")
            for page in pdf.pages:
                _drop(page.obj, "/Metadata", "/AA", "/PieceInfo")
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
    except pikepdf.PasswordError as error:
        raise NotReadable("attachment.encrypted", name=name) from error
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError) as error:
        raise NotReadable("attachment.damaged", name=name) from error
    return out.getvalue()


def _drop(dictionary: pikepdf.Object, *keys: str) -> None:
    for key in keys:
        if key in dictionary:
            del dictionary[key]


def _image(content: bytes, name: str, *, save_as: str) -> bytes:
    """The pixels in a new file: no EXIF, no place, no camera, first frame, upright."""
    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise NotReadable("attachment.zip_bomb", name=name)
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            plain = Image.frombytes(upright.mode, upright.size, upright.tobytes())
            if upright.mode == "P" and (palette := upright.getpalette()):
                plain.putpalette(palette)
            if save_as == "JPEG" and plain.mode not in ("RGB", "L", "CMYK"):
                plain = plain.convert("RGB")
            out = io.BytesIO()
            plain.save(out, save_as, **({"quality": 88} if save_as != "PNG" else {}))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotReadable("attachment.damaged", name=name) from error
    return out.getvalue()


def _jpeg(content: bytes, name: str) -> bytes:
    return _image(content, name, save_as="JPEG")


def _png(content: bytes, name: str) -> bytes:
    return _image(content, name, save_as="PNG")


def _webp(content: bytes, name: str) -> bytes:
    return _image(content, name, save_as="WEBP")


def _xls(content: bytes, name: str) -> bytes:
    """The two property streams of the compound file overwritten with empty sets of equal length."""
    buffer = io.BytesIO(content)
    try:
        with olefile.OleFileIO(buffer, write_mode=True) as compound:
            for stream in ("\x05SummaryInformation", "\x05DocumentSummaryInformation"):
                if compound.exists(stream):
                    size = compound.get_size(stream)
                    compound.write_stream(stream, _empty_property_set(size))
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise NotReadable("attachment.damaged", name=name) from error
    return buffer.getvalue()


def _empty_property_set(size: int) -> bytes:
    """A property set stream ([MS-OLEPS]) with one section of no properties, padded to ``size``."""
    header = b"\xfe\xff\x00\x00" + b"\x00" * 4 + b"\x00" * 16 + (1).to_bytes(4, "little")
    section = b"\x00" * 16 + (48).to_bytes(4, "little") + (8).to_bytes(4, "little") + b"\x00" * 4
    return (header + section).ljust(size, b"\x00")[:size]


_CLEANERS: Final[dict[FileKind, Callable[[bytes, str], bytes]]] = {
    FileKind.DOCX: _office,
    FileKind.XLSX: _office,
    FileKind.PDF: _pdf,
    FileKind.JPG: _jpeg,
    FileKind.PNG: _png,
    FileKind.WEBP: _webp,
    FileKind.XLS: _xls,
}
