"""Numbers of people are found wherever a file hides them; what acts when it is opened goes."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pikepdf
import pytest
from docx.oxml import parse_xml
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from pikepdf import Array, Dictionary, Name, String

from gongkai.base.errors import NotReadable
from gongkai.disclosures.attachments import accept

pytestmark = pytest.mark.pure

ID = "11010519491231002X"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TEXT = f"<w:p><w:r><w:t>{ID}</w:t></w:r></w:p>"


def document(body: str = "", change=lambda made: None) -> bytes:
    made = docx.Document()
    made.add_paragraph("云溪区公示")
    if body:
        made.element.body.insert(0, parse_xml(body.replace(">", f" {_NAMESPACES}>", 1)))
    change(made)
    return saved(made)


def workbook(change) -> bytes:
    made = openpyxl.Workbook()
    made.active["A1"] = "云溪区公示"
    change(made)
    return saved(made)


def saved(made) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def with_part(package: bytes, name: str, content: str | bytes) -> bytes:
    buffer = io.BytesIO(package)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(name, content)
    return buffer.getvalue()


def nested_table(made):
    made.add_table(1, 1).cell(0, 0).add_table(1, 1).cell(0, 0).text = ID


def digit_cells(made):
    row = made.add_table(1, 18).rows[0]
    for cell, digit in zip(row.cells, ID, strict=True):
        cell.text = digit


def first_page_footer(made):
    made.sections[0].different_first_page_header_footer = True
    made.sections[0].first_page_footer.paragraphs[0].text = ID


def comment_on(made):
    made.active["A1"].comment = Comment(ID, "何静安")


def list_of_choices(made):
    made.active.add_data_validation(DataValidation(sqref="A1", type="list", formula1=f'"{ID},无"'))


def hidden_sheet(made):
    made.create_sheet("h").append([ID])
    made["h"].sheet_state = "veryHidden"


EMPTY_BOOK = workbook(lambda made: None)
FILES = {
    "text box": ("a.docx", document(
        f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{_TEXT}</w:txbxContent></v:textbox>"
        "</w:pict></w:r></w:p>")),
    "content control": ("a.docx", document(f"<w:sdt><w:sdtContent>{_TEXT}</w:sdtContent></w:sdt>")),
    "deleted text": ("a.docx", document(
        f'<w:p><w:del w:id="1"><w:r><w:delText>{ID}</w:delText></w:r></w:del></w:p>')),
    "split runs": ("a.docx", document(
        "<w:p><w:ins w:id=\"1\">" + "".join(f"<w:r><w:t>{c}</w:t></w:r>" for c in ID)
        + "</w:ins></w:p>")),
    "description of a picture": ("a.docx", document(
        f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{ID}"/></wp:inline>'
        "</w:drawing></w:r></w:p>")),
    "nested table": ("a.docx", document(change=nested_table)),
    "a digit a cell": ("a.docx", document(change=digit_cells)),
    "first page's footer": ("a.docx", document(change=first_page_footer)),
    "footnote": ("a.docx", with_part(
        document(), "word/footnotes.xml", f"<w:footnotes {_NAMESPACES}>{_TEXT}</w:footnotes>")),
    "data of a chart": ("a.docx", with_part(
        document(), "word/embeddings/Sheet1.xlsx", workbook(lambda b: b.active.append([ID])))),
    "comment": ("a.xlsx", workbook(comment_on)),
    "name of a sheet": ("a.xlsx", workbook(lambda b: setattr(b.active, "title", ID))),
    "page header": ("a.xlsx", workbook(lambda b: setattr(b.active.oddHeader.center, "text", ID))),
    "choices of a cell": ("a.xlsx", workbook(list_of_choices)),
    "formula": ("a.xlsx", workbook(lambda b: b.active.append([f'="{ID}"']))),
    "parts in cells": ("a.xlsx", workbook(lambda b: b.active.append([ID[:6], ID[6:14], ID[14:]]))),
    "number": ("a.xlsx", workbook(lambda b: b.active.append([110105194912310032]))),
    "hidden sheet": ("a.xlsx", workbook(hidden_sheet)),
    "cache of a pivot": ("a.xlsx", with_part(
        EMPTY_BOOK, "xl/pivotCache/pivotCacheRecords1.xml", f'<r><s v="{ID}"/></r>')),
    "text of a shape": ("a.xlsx", with_part(
        EMPTY_BOOK, "xl/drawings/drawing9.xml", f"<d><p><t>{ID[:9]}</t><t>{ID[9:]}</t></p></d>")),
    "scientific notation": ("a.csv", b"id\n1.10105194912310E+17\n"),
}  # fmt: skip


@pytest.mark.parametrize("where", FILES)
def test_a_resident_id_is_found_once(where):
    name, content = FILES[where]
    finds = accept(content, name=name).finds
    assert [find["kind"] for find in finds] == ["resident_id"]


RELATION = (
    '<Relationships><Relationship Id="r1" Target="http://example.cn/x.dotm" TargetMode="External" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
    "</Relationships>"
)


@pytest.mark.parametrize(
    ("part", "content", "code"),
    [
        ("word/footnotes.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "damaged"),
        ("word/footnotes.xml", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "damaged"),
        ("word/_rels/settings.xml.rels", RELATION, "active_content"),
        ("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0", "active_content"),
        ("word/embeddings/more.zip", b"PK\x03\x04", "active_content"),
        ("xl/macrosheets/sheet1.xml", "<x/>", "macros"),
        ("xl/externalLinks/externalLink1.xml", "<ddeLink ddeService='cmd'/>", "active_content"),
    ],
)  # fmt: skip
def test_a_package_that_acts_when_opened_is_refused(part, content, code):
    with pytest.raises(NotReadable) as refusal:
        accept(with_part(document(), part, content), name="a.docx")
    assert refusal.value.code == f"attachment.{code}"


def annotated(**facts) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **facts)
    made.pages[0].Annots = Array([made.make_indirect(note)])
    return saved(made)


RUNS = Dictionary(S=Name.JavaScript, JS=String("harm()"))
PDFS = {
    "script of a link": annotated(Subtype=Name.Link, A=RUNS),
    "script of the mouse": annotated(Subtype=Name.Link, AA=Dictionary(E=RUNS)),
    "program": annotated(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("harm()"))),
    "second action": annotated(
        Subtype=Name.Link, A=Dictionary(S=Name.GoTo, D=Array([]), Next=Array([RUNS]))
    ),
    "form that sends": annotated(Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm, F="harm()")),
    "attached file": annotated(
        Subtype=Name.FileAttachment, FS=Dictionary(F=String("harm()"), EF=Dictionary())
    ),
    "author of a note": annotated(Subtype=Name.Text, T=String("harm()"), Contents=String("注")),
}


@pytest.mark.parametrize("what", PDFS)
def test_a_pdf_loses_what_acts_and_who_wrote(what):
    clean = accept(PDFS[what], name="a.pdf").content
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(clean)) as opened:
        opened.save(plain, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"harm()" not in plain.getvalue().replace(b"\\", b"")


def test_links_of_a_pdf_still_lead_somewhere():
    link = Dictionary(S=Name.URI, URI=String("https://www.example.cn/"))
    clean = accept(annotated(Subtype=Name.Link, A=link), name="a.pdf").content
    with pikepdf.open(io.BytesIO(clean)) as opened:
        assert opened.pages[0].Annots[0].A.URI == "https://www.example.cn/"


def test_the_notes_of_a_pdf_are_read():
    finds = accept(annotated(Subtype=Name.Text, Contents=String(ID)), name="a.pdf").finds
    assert [find["kind"] for find in finds] == ["resident_id"]
