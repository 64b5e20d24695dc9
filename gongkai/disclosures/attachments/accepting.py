"""Accepting a file: what comes out is exactly what will be served, with the finds of its scan."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gongkai.base.errors import NotReadable
from gongkai.disclosures.attachments.kinds import IMAGES, MEDIA_TYPES, FileKind, kind_of
from gongkai.disclosures.privacy import Sensitive, is_truncated_id, rounded_ids, scan

if TYPE_CHECKING:
    from gongkai.disclosures.attachments.wording import Spot

LIMIT_BYTES: Final = 50 * 1024 * 1024
MAX_FINDS: Final = 50
_UNSAFE = re.compile(r'[\\/:*?"<>|%\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True, slots=True)
class AcceptedFile:
    """A file that may be kept: cleaned bytes, their digest, and what the scan found in them.

    ``finds`` are JSON: ``{"kind", "spot", "sample"}``, at most 50; ``is_read`` is False where the
    program could not read any words (images, scans).
    """

    name: str
    kind: FileKind
    media_type: str
    content: bytes
    sha256: str
    preview: bytes | None
    finds: tuple[dict[str, Any], ...]
    is_read: bool

    @property
    def is_image(self) -> bool:
        """Whether it is shown as a picture."""
        return self.kind in IMAGES


def accept(content: bytes, *, name: str) -> AcceptedFile:
    """Check, strip, reopen and scan one file. Raises NotReadable with the reason and the remedy.

    Runs outside of any transaction: a large PDF takes seconds.
    """
    # The libraries of all formats take 15 MB: only the process that accepts a file has them.
    from gongkai.disclosures.attachments.stripping import stripped
    from gongkai.disclosures.attachments.wording import preview_of, spots

    name = safe_name(name)
    if not content:
        raise NotReadable("attachment.empty", name=name)
    if len(content) > LIMIT_BYTES:
        raise NotReadable("attachment.too_large", name=name, limit=LIMIT_BYTES // 1024 // 1024)
    kind = kind_of(content, name=name)
    clean = stripped(content, kind, name=name)
    words = spots(clean, kind, name=name)
    return AcceptedFile(
        name=name,
        kind=kind,
        media_type=MEDIA_TYPES[kind],
        content=clean,
        sha256=hashlib.sha256(clean).hexdigest(),
        preview=preview_of(clean, kind),
        finds=tuple(finds_in(words)),
        is_read=bool(words),
    )


def safe_name(name: str) -> str:
    """The last part of the path without tricks; never empty, at most 120 characters."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    clean = _UNSAFE.sub("", last).strip().rstrip(" .")
    stem, dot, ending = clean.rpartition(".")
    if not dot:
        return clean[:120] or "未命名"
    return f"{(stem.strip(' .') or '未命名')[:110]}.{ending[:9]}"


def finds_in(words: Iterable[Spot]) -> list[dict[str, Any]]:
    """What the privacy scan finds, spot by spot, at most 50."""
    found: list[dict[str, Any]] = []
    for spot in words:
        rounded = rounded_ids(spot.text)
        if spot.is_numeric_cell and is_truncated_id(spot.text):
            rounded.append(spot.text)
        found += [
            {
                "kind": Sensitive.RESIDENT_ID.value,
                "spot": spot.where,
                "sample": f"{n[:3]}{'*' * 11}",
            }
            for n in rounded
        ]
        found += [
            {"kind": leak.kind.value, "spot": spot.where, "sample": leak.sample}
            for leak in scan(spot.text)
        ]
        if len(found) >= MAX_FINDS:
            return found[:MAX_FINDS]
    return found
