"""Files that are refused: what the refusal says, and that nothing but a refusal ever happens."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.base.errors import NotReadable
from gongkai.readings.formats import limits, read_document
from gongkai.readings.formats.refusals import REASONS, REMEDIES
from gongkai.readings.grid import Document
from gongkai.readings.repair import repaired_document
from gongkai.readings.tests.building.compound_file import compound_bytes
from gongkai.readings.tests.building.doc_file import DocFile
from gongkai.readings.tests.building.pdf_file import Page, pdf_bytes, ruled_page
from gongkai.readings.tests.building.xls_file import xls_bytes, xls_stream
from gongkai.readings.tests.building.xlsx_file import new_book, workbook_bytes

pytestmark = pytest.mark.pure

NAMES = ("x.xlsx", "x.xls", "x.docx", "x.doc", "x.html", "x.csv", "x.txt", "x.md", "x.pdf", "x")


def workbook() -> bytes:
    book, sheet = new_book()
    sheet.append(["序号", "公开事项"])
    sheet.append([1, "政策"])
    sheet.merge_cells("A3:B3")
    return workbook_bytes(book)


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for part, content in parts.items():
            file.writestr(part, content)
    return stream.getvalue()


def with_part(content: bytes, part: str, new: bytes) -> bytes:
    """The package with one part replaced or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    return zipped({**parts, part: new})


def locked_pdf() -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes([ruled_page([["甲", "乙"]])]))) as pdf:
        pdf.save(stream, encryption=pikepdf.Encryption(owner="a", user="b"))
    return stream.getvalue()


WORD = DocFile().line("云溪区").row(["序号", "事项"], [0, 1000, 3000])
ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cccc">]><worksheet>&b;</worksheet>'
REFUSED = {
    "empty": (b"", "readings.empty"),
    "blank": (b" \r\n\t", "readings.empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(40), "readings.image"),
    "photo": (b"\xff\xd8\xff\xe0" + bytes(40), "readings.image"),
    "rar": (b"Rar!\x1a\x07\x00" + bytes(40), "readings.archive"),
    "zip of files": (zipped({"目录.xlsx": b"x"}), "readings.archive"),
    "presentation": (zipped({"ppt/presentation.xml": b"x"}), "readings.unsupported_format"),
    "ofd": (zipped({"OFD.xml": b"x"}), "readings.unsupported_format"),
    "binary workbook": (zipped({"xl/workbook.bin": b"x"}), "readings.unsupported_format"),
    "bomb": (
        zipped({"xl/workbook.xml": b"x", "xl/a.xml": bytes(30_000_000)}),
        "readings.zip_bomb",
    ),
    "many entries": (
        zipped({"xl/workbook.xml": b"x", **{f"xl/{n}": b"" for n in range(5_100)}}),
        "readings.zip_bomb",
    ),
    "macros": (with_part(workbook(), "xl/vbaProject.bin", b"x"), "readings.macros"),
    "macro document": (
        zipped({"word/document.xml": b"<a/>", "word/vbaProject.bin": b"x"}),
        "readings.macros",
    ),
    "old macros": (
        compound_bytes({"Workbook": b"x", "_VBA_PROJECT": b"y"}),
        "readings.macros",
    ),
    "entities": (
        with_part(workbook(), "xl/worksheets/sheet1.xml", ENTITY),
        "readings.xml_entities",
    ),
    "truncated package": (workbook()[:-200], "readings.corrupt"),
    "broken sheet": (
        with_part(workbook(), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>"),
        "readings.corrupt",
    ),
    "password workbook": (
        compound_bytes({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}),
        "readings.encrypted",
    ),
    "password document": (WORD.content(flags=0x0100), "readings.encrypted"),
    "password pdf": (locked_pdf(), "readings.encrypted"),
    "other compound file": (compound_bytes({"Contents": b"x"}), "readings.unsupported_format"),
    "broken document": (compound_bytes({"WordDocument": b"x"}), "readings.corrupt"),
    "broken old workbook": (compound_bytes({"Workbook": b"x"}), "readings.corrupt"),
    "cut old workbook": (
        compound_bytes({"Workbook": xls_stream([["序号"], [1]])[:-4]}),
        "readings.corrupt",
    ),
    "scan": (pdf_bytes([Page(), Page()]), "readings.scanned"),
    "broken pdf": (b"%PDF-1.7\nnothing", "readings.corrupt"),
    "noise": (bytes(range(256)) * 8, "readings.unknown_format"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusal_names_reason_place_and_remedy(case):
    content, code = REFUSED[case]
    with pytest.raises(NotReadable) as caught:
        read_document("目录.xlsx", content)
    assert caught.value.code == code
    assert code in REASONS
    assert caught.value.data["remedy"] in REMEDIES
    assert caught.value.data["place"]


def test_file_above_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_BYTES", 100)
    with pytest.raises(NotReadable, match="too_large"):
        read_document("x.txt", b"a" * 101)


@pytest.mark.parametrize("limit", ["MAX_ROWS", "MAX_CELLS"])
def test_table_above_the_limit_is_refused(monkeypatch, limit):
    monkeypatch.setattr(limits, limit, 5)
    content = "\n".join(f"{n},甲,乙" for n in range(9)).encode()
    with pytest.raises(NotReadable, match="too_many_rows"):
        read_document("x.csv", content)


def test_relations_outside_the_file_are_not_followed():
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://x/worksheet" TargetMode="External" '
        b'Target="http://example.invalid/sheet1.xml"/></Relationships>'
    )
    content = with_part(workbook(), "xl/_rels/workbook.xml.rels", relations)
    assert read_document("x.xlsx", content).grids == ()


def test_path_tricks_in_a_package_write_nothing(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    document = read_document("x.xlsx", with_part(workbook(), "../../escaped.xml", b"x"))
    assert document.grids
    assert list(tmp_path.iterdir()) == []


SOUND = {
    "xlsx": workbook(),
    "xls": xls_bytes([["序号", "公开事项"], [1, "政策"]], merges=[(0, 0, 0, 1)]),
    "doc": WORD.content(),
    "pdf": pdf_bytes([ruled_page([["序号", "事项"], ["1", "政策"]])]),
    "html": "<table><tr><td colspan=2>序号<td>b<tr><td rowspan=9>1<td>x</table>".encode(),
    "rtf": rb"{\rtf1\ansicpg936{\fonttbl{\f0\fcharset134 S;}}\trowd\cellx9 \'d4\'c6\cell\row}",
    "csv": '序号,"事\n项",内容\n1,a,b\n'.encode("gb18030"),
    "md": "|序号|事项|\n|--|--|\n|1|a|\n".encode(),
    "box": "┌──┬──┐\n│序号│事项│\n├──┼──┤\n│1│甲│\n└──┴──┘".encode(),
}


def outcome(name: str, content: bytes) -> Document | NotReadable:
    try:
        return read_document(name, content)
    except NotReadable as refused:
        return refused


def assert_document_or_refusal(name: str, content: bytes) -> None:
    found = outcome(name, content)
    if isinstance(found, NotReadable):
        assert found.code in REASONS
        assert found.data["remedy"] in REMEDIES
        return
    for grid in found.grids:
        for cell in grid.cells:
            assert 1 <= cell.row <= max(grid.n_rows, 1)
            assert cell.column >= 1
            assert cell.row_span >= 1
            assert cell.column_span >= 1


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(NAMES), content=st.binary(max_size=400))
def test_random_bytes_are_read_or_refused(name, content):
    assert_document_or_refusal(name, content)


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(NAMES),
    text=st.text(alphabet="|-+│─┌├\t ,;\"'<>/tdrabl序号公开事项1\n\r□■\\*", max_size=300),
)
def test_random_text_is_read_or_refused(name, text):
    assert_document_or_refusal(name, text.encode())


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.sampled_from(sorted(SOUND)), random=st.randoms(use_true_random=False))
def test_mutated_files_are_read_or_refused(kind, random):
    content = bytearray(SOUND[kind])
    for _ in range(random.randint(1, 12)):
        content[random.randrange(len(content))] = random.randrange(256)
    if random.random() < 0.3:
        content = content[: random.randrange(1, len(content))]
    assert_document_or_refusal(f"x.{kind}", bytes(content))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(random=st.randoms(use_true_random=False))
def test_mutated_parts_inside_a_package_are_read_or_refused(random):
    with zipfile.ZipFile(io.BytesIO(SOUND["xlsx"])) as file:
        parts = {name: bytearray(file.read(name)) for name in file.namelist()}
    part = parts[random.choice(sorted(parts))]
    for _ in range(random.randint(1, 6)):
        part[random.randrange(len(part))] = random.randrange(32, 127)
    content = zipped({name: bytes(body) for name, body in parts.items()})
    assert_document_or_refusal("x.xlsx", content)


def test_row_and_style_numbers_that_are_no_numbers_do_no_harm():
    with zipfile.ZipFile(io.BytesIO(workbook())) as file:
        sheet = file.read("xl/worksheets/sheet1.xml")
    sheet = sheet.replace(b'<row r="1"', b'<row r="x"').replace(b'r="A1"', b'r="?" s="y"')
    document = read_document("x.xlsx", with_part(workbook(), "xl/worksheets/sheet1.xml", sheet))
    assert document.grids[0].cells[0].text == "序号"


def test_endless_spans_are_refused():
    row = "<tr>" + "<td colspan=999999>甲" * 9
    with pytest.raises(NotReadable, match="too_many_rows"):
        read_document("x.html", f"<table>{row}{row}</table>".encode())


@pytest.mark.parametrize("line", ["┌──┐\n", "*", "|a\n", "a   b   c\n\n", "公(a)(a"])
def test_long_runs_of_one_pattern_are_read_in_one_pass(line):
    document = read_document("x.txt", (line * 5_000).encode())
    assert repaired_document(document).document.grids
