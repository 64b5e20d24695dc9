"""Reading CSV and TSV text: the delimiter found by the regularity of the rows it makes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

from gongkai.readings.formats.encoding import decoded
from gongkai.readings.formats.laying import document_of, table_of_texts
from gongkai.readings.formats.limits import check_extent
from gongkai.readings.formats.refusals import refusal
from gongkai.readings.grid import Document

FORMAT = "csv"
DELIMITERS = (",", "\t", ";", "|", "\x01")
SURE_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Split:
    """The rows that one delimiter makes, and how regular they are."""

    delimiter: str
    rows: list[list[str]]
    width: int
    share: float


def read(name: str, content: bytes) -> Document:
    """The document of a delimited file: one grid with the rows as a spreadsheet counts them."""
    text = decoded(content, name=name)
    split = best_split(text.text) or _split(text.text, ",")
    if split is None:
        raise refusal("readings.corrupt", remedy="send_spreadsheet", place=name)
    check_extent(len(split.rows), sum(map(len, split.rows)), place=name)
    notes = (f"encoding:{text.encoding}", *text.notes)
    format_ = "tsv" if split.delimiter == "\t" else FORMAT
    rows = split.rows
    while rows and not any(field.strip() for field in rows[-1]):
        rows.pop()
    return document_of(format_, [table_of_texts(rows)], notes=notes)


def best_split(text: str) -> Split | None:
    """The delimiter whose rows are most regular and at least two wide, or None."""
    splits = [split for d in DELIMITERS if d in text and (split := _split(text, d))]
    usable = [split for split in splits if split.width >= 2]
    return max(usable, key=lambda s: (round(s.share, 1), s.width), default=None)


def looks_delimited(text: str) -> bool:
    """Whether the text is a delimited table beyond doubt: prose has commas as well."""
    split = best_split(text)
    if split is None or split.width < 3 or split.delimiter == "|":
        return False
    filled = [row for row in split.rows if any(field.strip() for field in row)]
    return split.share >= SURE_SHARE and len(filled) >= 2


def _split(text: str, delimiter: str) -> Split | None:
    try:
        reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)
        rows = [[field.strip() for field in row] for row in reader]
    except csv.Error:
        return None
    if _swallowed(rows):
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        rows = [[field.strip() for field in line.split(delimiter)] for line in lines]
    widths = Counter(len(row) for row in rows if any(row))
    if not widths:
        return Split(delimiter, rows, 0, 0.0)
    width, n_rows = max(widths.items(), key=lambda item: (item[1], item[0]))
    return Split(delimiter, rows, width, n_rows / widths.total())


def _swallowed(rows: list[list[str]]) -> bool:
    """Whether an unbalanced quote swallowed the rest of the file into one field."""
    return any(field.count("\n") > 200 for row in rows for field in row)
