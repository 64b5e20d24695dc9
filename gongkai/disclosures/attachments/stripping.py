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
MAX_DEPTH: Final = 40
_NEVER_IN_PDF: Final = frozenset(
    {"/AA", "/JS", "/JavaScript", "/XFA", "/EF", "/EmbeddedFiles", "/AF", "/Metadata", "/PieceInfo",
     "/Collection", "/RichMediaContent"}
)  # fmt: skip
_HARMLESS_ACTIONS: Final = ("/GoTo", "/URI", "/Named")
_CARRIERS: Final = ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D")
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
    if "/embeddings/" in lowered:
        return _office(content, part)
    if lowered.startswith("xl/comments"):
        return _SHEET_AUTHORS.sub(b"<author></author>", content)
    if lowered.startswith("xl/persons/"):
        return _PERSONS.sub(rb'\1=""', content)
    return content


def _pdf(content: bytes, name: str) -> bytes:
    """Without document information, XMP, scripts, actions that run or send, and embedded files."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for found in pdf.objects:
                _tame(found)
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
    except pikepdf.PasswordError as error:
        raise NotReadable("attachment.encrypted", name=name) from error
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError) as error:
        raise NotReadable("attachment.damaged", name=name) from error
    return out.getvalue()


def _tame(found: object, depth: int = 0) -> None:
    """Take out of an object, and of what stands directly in it, what acts or tells of makers."""
    if isinstance(found, pikepdf.Array):
        inner: list[object] = list(found)
    elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        _tame_keys(found)
        inner = [found[key] for key in found.keys()]  # noqa: SIM118  # values() of a stream fail
    else:
        return
    if depth < MAX_DEPTH:
        for value in inner:
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                _tame(value, depth + 1)


def _tame_keys(found: pikepdf.Dictionary | pikepdf.Stream) -> None:
    is_note = "/Subtype" in found and "/Rect" in found and found.get("/Subtype") != "/Widget"
    for key in list(found.keys()):
        is_maker = key == "/T" and is_note
        is_action = key in ("/A", "/OpenAction", "/Next") and _acts(found[key])
        if key in _NEVER_IN_PDF or is_maker or is_action:
            del found[key]
        elif key == "/Annots" and isinstance(found[key], pikepdf.Array):
            found[key] = pikepdf.Array([one for one in found[key] if not _is_carrier(one)])


def _acts(action: object) -> bool:
    """Whether a viewer would run, send or fetch something; opening a page or an address is fine."""
    if isinstance(action, pikepdf.Dictionary):
        return action.get("/S") not in _HARMLESS_ACTIONS
    if isinstance(action, pikepdf.Array):  # actions in a row, or a destination in the document
        return any(isinstance(one, pikepdf.Dictionary) and "/S" in one for one in action)
    return False


def _is_carrier(annotation: object) -> bool:
    """Whether the annotation exists to hold a file, a film or a scene."""
    if not isinstance(annotation, pikepdf.Dictionary):
        return False
    return annotation.get("/Subtype") in _CARRIERS


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
