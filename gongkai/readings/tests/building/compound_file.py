"""A small writer of compound files (OLE), the container of .xls and .doc."""

from __future__ import annotations

import struct
from itertools import pairwise

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
MINIMUM = 4096  # smaller streams would need the mini stream


def compound_bytes(streams: dict[str, bytes]) -> bytes:
    """The container with these streams in its root."""
    padded = {name: content.ljust(MINIMUM, b"\x00") for name, content in streams.items()}
    n_directory = (len(padded) + 1 + 3) // 4
    sizes = [(len(content) + SECTOR - 1) // SECTOR for content in padded.values()]
    n_used = n_directory + sum(sizes)
    n_fat = 1
    while n_fat * 128 < n_used + n_fat:
        n_fat += 1
    fat = [FAT] * n_fat
    fat += _chain(n_fat, n_directory)
    starts: list[int] = []
    for size in sizes:
        starts.append(len(fat))
        fat += _chain(len(fat), size)
    fat += [FREE] * (n_fat * 128 - len(fat))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, n_fat, n_fat, 0,
        MINIMUM, END, 0, END, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *[*range(n_fat), *[FREE] * (109 - n_fat)])
    body = struct.pack(f"<{len(fat)}I", *fat)
    body += _directory(padded, starts, n_directory)
    for content in padded.values():
        body += content.ljust(-(-len(content) // SECTOR) * SECTOR, b"\x00")
    return header + body


def _chain(start: int, size: int) -> list[int]:
    return [start + index + 1 for index in range(size - 1)] + [END]


def _directory(streams: dict[str, bytes], starts: list[int], n_sectors: int) -> bytes:
    """Root and its streams; the siblings hang in one line to the right."""
    names = list(streams)
    order = sorted(range(len(names)), key=lambda i: (len(names[i]), names[i].upper()))
    right = {a: b + 1 for a, b in pairwise(order)}
    entries = [_entry("Root Entry", 5, child=order[0] + 1 if order else FREE)]
    for index, name in enumerate(names):
        entries.append(
            _entry(
                name, 2, right=right.get(index, FREE), start=starts[index], size=len(streams[name])
            )
        )
    content = b"".join(entries)
    return content.ljust(n_sectors * SECTOR, b"\x00")


def _entry(
    name: str, kind: int, *, right: int = FREE, child: int = FREE, start: int = END, size: int = 0
) -> bytes:
    text = name.encode("utf-16-le")
    start = 0 if kind == 2 and size == 0 else start
    return struct.pack(
        "<64sHBBIII16sIQQIII",
        text, len(text) + 2, kind, 1, FREE, right, child, b"", 0, 0, 0, start, size, 0,
    )  # fmt: skip
