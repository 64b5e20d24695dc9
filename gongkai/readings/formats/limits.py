"""How much of a file is read at most; every reader counts against these bounds."""

from __future__ import annotations

from typing import Final

from gongkai.readings.formats.refusals import refusal

MAX_BYTES: Final = 60 * 1024 * 1024
MAX_ROWS: Final = 200_000
MAX_CELLS: Final = 2_000_000
MAX_SPAN: Final = 1_000
MAX_COLUMNS: Final = 2_000
MAX_PAGES: Final = 2_000


def check_size(content: bytes, *, name: str) -> None:
    """Nothing larger than ``MAX_BYTES`` and nothing empty goes on. Raises NotReadable."""
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise refusal("readings.empty", remedy="send_again", place=name)
    if len(content) > MAX_BYTES:
        raise refusal(
            "readings.too_large",
            remedy="split_file",
            place=name,
            limit=MAX_BYTES,
            found=len(content),
        )


def check_extent(n_rows: int, n_cells: int, *, place: str) -> None:
    """A table stays within ``MAX_ROWS`` and ``MAX_CELLS``. Raises NotReadable."""
    if n_rows > MAX_ROWS:
        raise refusal("readings.too_many_rows", remedy="split_file", place=place, limit=MAX_ROWS)
    if n_cells > MAX_CELLS:
        raise refusal("readings.too_many_rows", remedy="split_file", place=place, limit=MAX_CELLS)


def check_columns(n_columns: int, *, place: str) -> None:
    """A row stays within ``MAX_COLUMNS``. Raises NotReadable."""
    if n_columns > MAX_COLUMNS + 1:
        raise refusal("readings.too_many_rows", remedy="split_file", place=place, limit=MAX_COLUMNS)
