"""Opening zip containers (xlsx, docx) safely: bombs, macros, passwords and XML tricks refused."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from gongkai.readings.formats.refusals import refusal

MAX_ENTRIES: Final = 5_000
MAX_EXPANDED: Final = 400 * 1024 * 1024
MAX_RATIO: Final = 150
RATIO_FREE_BYTES: Final = 8 * 1024 * 1024
"""Below this size a high ratio is normal: a sheet of equal rows packs very well."""

BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError,
    UnicodeDecodeError, RuntimeError,
)  # fmt: skip


class Package:
    """A checked zip container. Parts are read one by one, never onto disk."""

    def __init__(self, content: bytes, *, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except BROKEN as error:
            raise refusal("readings.corrupt", remedy="send_again", place=name) from error
        self._check_entries(entries, packed=len(content))
        self.names = {entry.filename.lstrip("/"): entry.filename for entry in entries}

    def _check_entries(self, entries: list[zipfile.ZipInfo], *, packed: int) -> None:
        expanded = sum(entry.file_size for entry in entries)
        too_dense = expanded > RATIO_FREE_BYTES and expanded > MAX_RATIO * packed
        if len(entries) > MAX_ENTRIES or expanded > MAX_EXPANDED or too_dense:
            raise refusal(
                "readings.zip_bomb", remedy="save_as_xlsx", place=self.name, expanded=expanded
            )
        if any(entry.flag_bits & 1 for entry in entries):
            raise refusal("readings.encrypted", remedy="save_without_password", place=self.name)

    def check_no_macros(self) -> None:
        """The package carries no program. Raises NotReadable."""
        for part in self.names:
            if part.lower().endswith(("vbaproject.bin", "vbadata.xml")):
                raise refusal("readings.macros", remedy="save_without_macros", place=part)
        types = self.read("[Content_Types].xml") if "[Content_Types].xml" in self.names else b""
        if b"macroEnabled" in types or b"vbaProject" in types:
            raise refusal("readings.macros", remedy="save_without_macros", place=self.name)

    def has(self, part: str) -> bool:
        """Whether the package holds this part."""
        return part.lstrip("/") in self.names

    def read(self, part: str) -> bytes:
        """The bytes of one part. Raises NotReadable when it is missing or damaged."""
        try:
            return self._zip.read(self.names[part.lstrip("/")])
        except BROKEN as error:
            raise refusal("readings.corrupt", remedy="send_again", place=part) from error

    def xml(self, part: str) -> etree._Element:
        """The parsed XML of one part."""
        return parse_xml(self.read(part), place=part)

    def stream(self, part: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
        """The closing elements with these local names, one after the other, of a large part."""
        content = self.read(part)
        check_no_doctype(content, place=part)
        try:
            yield from _closed_elements(content, tags)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise refusal("readings.corrupt", remedy="send_again", place=part) from error


def _closed_elements(content: bytes, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "huge_tree": False}
    wanted = [f"{{*}}{tag}" for tag in tags]
    for _, element in etree.iterparse(io.BytesIO(content), events=("end",), tag=wanted, **options):
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def check_no_doctype(content: bytes, *, place: str) -> None:
    """An office XML part has no document type, so none is accepted: entities start there."""
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:65536]:
        raise refusal("readings.xml_entities", remedy="save_as_xlsx", place=place)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content[:8192].decode("utf-16", errors="replace")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise refusal("readings.xml_entities", remedy="save_as_xlsx", place=place)


def parse_xml(content: bytes, *, place: str) -> etree._Element:
    """The root element, with entities, network and huge trees switched off."""
    check_no_doctype(content, place=place)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refusal("readings.corrupt", remedy="send_again", place=place) from error
