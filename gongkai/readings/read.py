"""Reading a catalogue file: bytes in, a ``Reading`` out, nothing guessed and nothing dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from gongkai.base.errors import NotReadable
from gongkai.readings.export import reading_from_json
from gongkai.readings.fields.domains import match_domain
from gongkai.readings.formats import read_document
from gongkai.readings.formats.encoding import decoded
from gongkai.readings.grid import Document, Grid
from gongkai.readings.messages import DAMAGE_REMEDIES, DAMAGE_REMEDY, remedy_text, text_of_code
from gongkai.readings.reading import Counts, Reading, ReadTable, Refusal, Source, Warning_
from gongkai.readings.repair.damage import REFUSE, Damage, damage_of_cells
from gongkai.readings.repair.documents import cells_of, repaired, repaired_document
from gongkai.readings.repair.gloss import without_gloss
from gongkai.readings.repair.script import is_traditional
from gongkai.readings.tables.assemble import Assembler, Findings
from gongkai.readings.tables.heads import expanded_head
from gongkai.readings.tables.outline import outline_of
from gongkai.readings.tables.outline_rows import outline_table
from gongkai.readings.tables.pipes import PipeTable, is_piped, pipe_tables
from gongkai.readings.tables.spaced import joined_lines, with_loose_rows
from gongkai.readings.tables.stacked import StackedTable, stacked_tables
from gongkai.readings.tables.tokens import SourceRow, Token, rows_of, untrusted_row

TORN = "character_deleted"
PIPED_FORMATS = frozenset({"txt", "md"})


def read_catalogue(name: str, content: bytes, *, domain: str | None = None) -> Reading:
    """What the file says, cell by cell; refused with the reason where it cannot be trusted.

    ``domain`` overrides what titles say. Never raises for bad input.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    own = reading_from_json(content)
    if own is not None:
        return own
    try:
        document = read_document(name, content)
    except NotReadable as error:
        code = error.code.removeprefix("readings.")
        source = Source(name, str(error.data.get("format", "")), sha256)
        remedy = remedy_text(str(error.data.get("remedy", DAMAGE_REMEDY)))
        return Reading(source, refused=Refusal(f"{code}: {text_of_code(error.code)}", remedy))
    return _interpreted(document, Source(name, document.format, sha256), content, domain)


def _interpreted(document: Document, source: Source, content: bytes, domain: str | None) -> Reading:
    mended = repaired_document(document)
    damage = _real_damage(mended.damage, mended.document)
    warnings = [Warning_(d.code, f"{text_of_code(d.code)}: {d.excerpt}", d.where) for d in damage]
    fatal = next((d for d in damage if d.severity == REFUSE), None)
    if fatal is not None:
        return Reading(source, (), tuple(warnings), _refusal(fatal.code))
    findings = Findings()
    restored = ("encoding_restored",) if "misread_as_latin" in document.notes else ()
    if applied := (*restored, *mended.applied):
        findings.warn("repaired", "、".join(dict.fromkeys(applied)))
    assembler = Assembler(findings, domain=domain, file_name=source.name)
    text = decoded(content, name=source.name).text if document.format in PIPED_FORMATS else ""
    if text and is_piped(text):
        _read_piped(text.replace("\r\n", "\n").replace("\r", "\n"), assembler)
    else:
        grids = mended.document.grids
        if len(grids) == 1:
            assembler.page_title = assembler.title_in(mended.document.text)
        for grid in grids:
            _read_grid(grid, assembler)
        _keep_outside(mended.document, assembler)
    for token in list(findings.ledger.unsettled()):
        findings.warn("cell_not_read", token.text, token.where)
        findings.ledger.question(token)
    refused = None if any(t.rows for t in findings.tables) else _nothing_found(mended.document)
    counts = findings.ledger.counts()
    if refused:
        counts = Counts(counts.cells, 0, counts.cells)
    return Reading(
        source,
        tuple(findings.tables),
        (*warnings, *findings.warnings),
        refused,
        counts,
    )


def _real_damage(damage: Sequence[Damage], document: Document) -> list[Damage]:
    """The damage without characters that only seem deleted because a space tore the word."""
    if not any(d.code == TORN for d in damage):
        return list(damage)
    cells = [(where, "".join(text.split())) for where, text in cells_of(document)]
    still = [d for d in damage_of_cells(cells) if d.code == TORN]
    return [d for d in damage if d.code != TORN] + still


def _refusal(code: str) -> Refusal:
    remedy = DAMAGE_REMEDIES.get(code, DAMAGE_REMEDY)
    return Refusal(f"{code}: {text_of_code(code)}", remedy_text(remedy))


def _nothing_found(document: Document) -> Refusal:
    """Why no table came out: the words of a form without its order, or no form at all."""
    words = sum(
        text in _all_text(document) for text in ("公开事项", "公开时限", "公开主体", "公开依据")
    )
    return _refusal("order_destroyed" if words >= 3 else "no_table_found")


def _all_text(document: Document) -> str:
    cells = (cell.text for grid in document.grids for cell in grid.cells)
    return "".join("".join((document.text, *cells)).split())


def _keep_outside(document: Document, assembler: Assembler) -> None:
    headings = "\n".join(grid.heading for grid in document.grids)
    outside = [line for line in document.text.split("\n") if line.strip() and line not in headings]
    if outside:
        assembler.findings.warn("text_outside_tables", "\n".join(outside))


# --- one way per layout ---------------------------------------------------------------------------


def _read_grid(grid: Grid, assembler: Assembler) -> None:
    if grid.layout == "stacked":
        _read_stacked(grid, assembler)
    elif grid.layout == "lines":
        _read_lines(grid, assembler)
    elif grid.layout == "spaced":
        _read_spaced(grid, assembler)
    else:
        rows = rows_of(grid, assembler.findings.ledger)
        captions = [n.removeprefix("caption:") for n in grid.notes if n.startswith("caption:")]
        heading = "\n".join([grid.heading, *captions])
        assembler.read_rows(rows, heading=heading, name=grid.name)


def _read_spaced(grid: Grid, assembler: Assembler) -> None:
    rows = rows_of(grid, assembler.findings.ledger)
    if "aligned" in grid.notes:
        joined = joined_lines(rows, assembler.findings.ledger)
        if joined is None:
            assembler.findings.warn("rows_not_separable", grid.heading, grid.name)
            return
        rows = joined
    else:
        rows = with_loose_rows(rows)
    tables = assembler.findings.tables
    n_before = len(tables)
    assembler.read_rows(rows, heading=grid.heading, name=grid.name)
    if len(tables) > n_before and not any(map(_says_much, tables[n_before:])):
        del tables[n_before:]  # lines of a page, not rows of a table
        assembler.findings.ledger.question(*(token for row in rows for token in row.own))
        assembler.findings.warn("rows_not_separable", grid.heading, grid.name)


def _says_much(table: ReadTable) -> bool:
    """Whether most rows of the table have more than one of the fields that make a row."""
    told = 0
    for row in table.rows:
        is_limited = any(d.kind != "unknown" for d in row.deadlines)
        fields = (row.contents, row.basis, is_limited, row.bodies, row.channels)
        told += sum(map(bool, fields)) > 1
    return told * 2 >= len(table.rows)


def _read_lines(grid: Grid, assembler: Assembler) -> None:
    outline = outline_of(grid, assembler.findings.ledger)
    if outline is None:
        return
    findings = assembler.findings
    lines = [outline.title, *(token.text for token in outline.heading)]
    domain = assembler.domain or next((d for x in lines if (d := match_domain(x))), None)
    findings.tables.append(outline_table(outline, domain=domain))
    findings.ledger.understand(*(row.token for row in outline.rows), *outline.sections)
    titled = [token for token in outline.heading if token.text == outline.title]
    findings.ledger.understand(*titled)
    findings.note("text_before_header", *(t for t in outline.heading if t not in titled))
    findings.note("footer", *outline.notes)


def _read_stacked(grid: Grid, assembler: Assembler) -> None:
    for table in stacked_tables(grid, assembler.findings.ledger):
        _read_stack(table, assembler, grid)


def _read_stack(table: StackedTable, assembler: Assembler, grid: Grid) -> None:
    findings = assembler.findings
    findings.note("text_before_header", *table.heading)
    findings.note("footer", *table.notes)
    head = expanded_head(table.header)
    if head is None or not table.rows:
        return
    findings.ledger.understand(*table.header)
    heading = "\n".join([grid.heading, *(token.text for token in table.heading)])
    title = assembler.title_in(heading)
    assembler.add_table(head, table.rows, title=title, name="", heading=heading)


def _read_piped(text: str, assembler: Assembler) -> None:
    traditional = is_traditional(without_gloss(text[:40_000]))
    memory: dict[str, str] = {}

    def mend(piece: str) -> str:
        if piece not in memory:
            memory[piece] = repaired(piece, traditional=traditional).text
        return memory[piece]

    for table in pipe_tables(text, mend):
        heading = "\n".join(line for line, _ in table.heading)
        rows = _piped_rows(table, assembler)
        if rows:
            assembler.read_rows(rows, heading=heading, name="")
        elif heading:
            assembler.findings.warn("text_outside_tables", heading)


def _piped_rows(table: PipeTable, assembler: Assembler) -> Sequence[SourceRow]:
    rows: list[SourceRow] = []
    for pieces, n_pads, regular in zip(table.rows, table.pads, table.regular, strict=True):
        tokens: list[Token] = [
            assembler.findings.ledger.token(piece.text.strip(), f"line {piece.line}")
            for piece in pieces
        ]
        row = untrusted_row(tokens)
        rows.append(SourceRow(row.tokens, False, row.where, n_pads + row.n_pads, regular))
    return rows
