"""Reading .xlsx workbooks: values, merges and symbol-font characters, in one pass per sheet."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.readings.formats.limits import check_extent
from gongkai.readings.formats.packages import Package, parse_xml
from gongkai.readings.formats.refusals import refusal
from gongkai.readings.formats.sheetvalues import Styles, number_text
from gongkai.readings.grid import Cell, Document, Grid
from gongkai.readings.repair.symbols import in_font

FORMAT = "xlsx"
_PLACE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(slots=True)
class Sheet:
    """What is gathered from one sheet part."""

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read(name: str, content: bytes) -> Document:
    """The document of a workbook: one grid per sheet that holds anything."""
    package = Package(content, name=name)
    package.check_no_macros()
    book = _workbook_part(package)
    relations = _relations(package, book)
    strings = _shared_strings(package, relations)
    styles = _styles(package, relations)
    grids: list[Grid] = []
    for sheet_name, part, hidden in _sheets(package, book, relations):
        sheet = _read_sheet(package, part, Sheet(sheet_name), strings, styles)
        if hidden:
            sheet.notes.append("hidden_sheet")
        grid = _grid(sheet)
        if grid.cells:
            grids.append(grid)
    check_extent(sum(g.n_rows for g in grids), sum(len(g.cells) for g in grids), place=name)
    return Document(FORMAT, tuple(grids))


def local(element: etree._Element) -> str:
    """The tag without its namespace (transitional and strict workbooks differ only in that)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _workbook_part(package: Package) -> str:
    for part in ("xl/workbook.xml", "workbook.xml"):
        if package.has(part):
            return part
    code = "readings.unsupported_format" if package.has("xl/workbook.bin") else "readings.corrupt"
    raise refusal(code, remedy="save_as_xlsx", place=package.name)


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relation id → (type, target part); targets outside the file are left out."""
    folder, base = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{base}.rels")
    relations: dict[str, tuple[str, str]] = {}
    if package.has(path):
        for element in package.xml(path):
            target = str(element.get("Target", ""))
            if element.get("TargetMode") == "External" or not target:
                continue
            joined = target if target.startswith("/") else posixpath.join(folder, target)
            kind = str(element.get("Type", "")).rpartition("/")[2]
            relations[str(element.get("Id"))] = kind, posixpath.normpath(joined).lstrip("/")
    return relations


def _sheets(
    package: Package, book: str, relations: dict[str, tuple[str, str]]
) -> Iterator[tuple[str, str, bool]]:
    for element in package.xml(book).iter("{*}sheet"):
        key = next((v for k, v in element.attrib.items() if str(k).endswith("}id")), "")
        kind, part = relations.get(str(key), ("", ""))
        if kind == "worksheet" and package.has(part):
            yield (
                str(element.get("name", "")),
                part,
                element.get("state") in {"hidden", "veryHidden"},
            )


def _part_of(relations: dict[str, tuple[str, str]], kind: str) -> str:
    return next((part for found, part in relations.values() if found == kind), "")


def _shared_strings(package: Package, relations: dict[str, tuple[str, str]]) -> list[str]:
    part = _part_of(relations, "sharedStrings")
    if not part or not package.has(part):
        return []
    return [rich_text(item) for item in package.stream(part, ("si",))]


def rich_text(item: etree._Element) -> str:
    """The text of a string item; runs in a symbol font as glyphs, phonetic guides left out."""
    pieces: list[str] = []
    for child in item:
        tag = local(child)
        if tag == "t":
            pieces.append(child.text or "")
        elif tag == "r":
            font = next((str(f.get("val", "")) for f in child.iter("{*}rFont")), "")
            text = "".join(t.text or "" for t in child.iterchildren("{*}t"))
            pieces.append(in_font(text, font))
    return unescaped("".join(pieces))


def unescaped(text: str) -> str:
    """``_x000D_`` escapes of the format undone; carriage returns dropped beside line feeds."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _styles(package: Package, relations: dict[str, tuple[str, str]]) -> Styles:
    part = _part_of(relations, "styles")
    if not part or not package.has(part):
        return Styles()
    return Styles.of(parse_xml(package.read(part), place=part), local)


def _read_sheet(
    package: Package, part: str, sheet: Sheet, strings: list[str], styles: Styles
) -> Sheet:
    row = column = 0
    for element in package.stream(part, ("c", "row", "mergeCell")):
        tag = local(element)
        if tag == "row":
            row, column = max(row, _digits(element.get("r"))), 0
            if element.get("hidden") in {"1", "true"} and "hidden_rows" not in sheet.notes:
                sheet.notes.append("hidden_rows")
        elif tag == "mergeCell":
            _add_merge(sheet, str(element.get("ref", "")))
        else:
            row, column = _place_of(element, row, column)
            text = _cell_text(element, sheet, strings, styles, (row, column))
            if text:
                sheet.texts[row, column] = text
                check_extent(0, len(sheet.texts), place=sheet.name)
    check_extent(len({place[0] for place in sheet.texts}), len(sheet.texts), place=sheet.name)
    return sheet


def _digits(text: str | None) -> int:
    """A number of at most seven digits, 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _place_of(element: etree._Element, row: int, column: int) -> tuple[int, int]:
    """The place of a cell; a cell without reference stands right of the one before it."""
    match = _PLACE.match(str(element.get("r", "")))
    if match:
        return int(match[2]), column_number(match[1])
    parent = element.getparent()
    here = _digits(parent.get("r")) if parent is not None else 0
    return here or max(row, 1), column + 1


def column_number(letters: str) -> int:
    """``A`` → 1, ``AA`` → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _add_merge(sheet: Sheet, reference: str) -> None:
    first, _, last = reference.partition(":")
    start, end = _PLACE.match(first), _PLACE.match(last)
    if start and end:
        top, left = int(start[2]), column_number(start[1])
        rows, columns = int(end[2]) - top + 1, column_number(end[1]) - left + 1
        if rows > 0 and columns > 0:
            sheet.merges[top, left] = rows, columns


def _cell_text(
    element: etree._Element,
    sheet: Sheet,
    strings: list[str],
    styles: Styles,
    place: tuple[int, int],
) -> str:
    kind = str(element.get("t", "n"))
    parts = {local(child): child for child in element}
    style = _digits(element.get("s"))
    if kind == "inlineStr":
        return rich_text(parts["is"]) if "is" in parts else ""
    value = (parts["v"].text or "") if "v" in parts else ""
    if not value:
        return _formula_text(parts, sheet, place) if "f" in parts else ""
    if kind == "s":
        index = _digits(value.strip()) if value.strip().isdigit() else len(strings)
        if index >= len(strings):
            raise refusal(
                "readings.corrupt",
                remedy="send_again",
                place=f"{sheet.name} R{place[0]}C{place[1]}",
            )
        return in_font(strings[index], styles.font(style))
    if kind == "n":
        return number_text(value, styles.number_format(style))
    if kind == "b":
        return "TRUE" if value.strip() == "1" else "FALSE"
    return in_font(unescaped(value), styles.font(style))


def _formula_text(parts: dict[str, etree._Element], sheet: Sheet, place: tuple[int, int]) -> str:
    """A formula without a stored value stands raw, with a note: nothing is ever computed."""
    text = parts["f"].text or ""
    if not text:
        return ""
    sheet.notes.append(f"formula_without_value:R{place[0]}C{place[1]}")
    return f"={text}"


def _grid(sheet: Sheet) -> Grid:
    covered = _covered(sheet)
    cells: list[Cell] = []
    for place in sorted(sheet.texts):
        if place in covered:
            sheet.notes.append(f"text_under_merge:R{place[0]}C{place[1]}")
        rows, columns = sheet.merges.get(place, (1, 1))
        cells.append(Cell(sheet.texts[place], *place, rows, columns))
    return Grid(
        name=sheet.name,
        layout="cells",
        cells=tuple(cells),
        n_rows=max((cell.row for cell in cells), default=0),
        n_columns=max((cell.column + cell.column_span - 1 for cell in cells), default=0),
        notes=tuple(sheet.notes),
    )


def _covered(sheet: Sheet) -> set[tuple[int, int]]:
    """Places with text that a merge hides: the file holds them, a person does not see them."""
    hidden: set[tuple[int, int]] = set()
    for (top, left), (rows, columns) in sheet.merges.items():
        if rows * columns > 10_000:
            continue
        for row in range(top, top + rows):
            for column in range(left, left + columns):
                if (row, column) != (top, left) and (row, column) in sheet.texts:
                    hidden.add((row, column))
    return hidden
