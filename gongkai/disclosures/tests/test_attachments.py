"""Accepting files: harmful ones refused with a reason, good ones stripped of their makers."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from PIL import Image

from gongkai.base.errors import NotReadable
from gongkai.disclosures.attachments import accept
from gongkai.disclosures.attachments.accepting import safe_name
from gongkai.disclosures.messages import TEXTS
from gongkai.readings.tests.building.compound_file import compound_bytes
from gongkai.readings.tests.building.xls_file import xls_stream

pytestmark = pytest.mark.pure
ID = "11010519491231002X"


def xlsx(rows: list[list[object]], *, author: str = "陈书白", comment: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = author
    book.properties.lastModifiedBy = author
    sheet = book.active
    assert sheet is not None
    sheet.title = "名单"
    for row in rows:
        sheet.append(row)
    if comment:
        sheet["A1"].comment = Comment("核对", comment)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def document(text: str, *, author: str = "陈书白") -> bytes:
    made = docx.Document()
    made.core_properties.author = author
    made.core_properties.last_modified_by = author
    made.add_paragraph(text)
    made.add_table(1, 1).cell(0, 0).text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def pdf(*, title: str = "陈书白的稿", script: bool = False) -> bytes:
    made = pikepdf.new()
    made.add_blank_page(page_size=(300, 200))
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = ["陈书白"]
    made.docinfo["/Title"] = title
    if script:
        action = {"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"}
        made.Root.OpenAction = pikepdf.Dictionary(action)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def photo(kind: str = "JPEG") -> bytes:
    image = Image.new("RGB", (40, 30), (200, 30, 30))
    exif = Image.Exif()
    exif[0x010F] = "陈书白的相机"
    exif[0x8825] = {1: "N", 2: (28.0, 12.0, 0.0)}
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


def repacked(content: bytes, added: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
        for name, part in added.items():
            new.writestr(name, part)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO(xlsx([["a"]]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/zeros.bin", b"\0" * (40 * 1024 * 1024))
    return out.getvalue()


def parts(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"".join(package.read(entry) for entry in package.infolist())


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "attachment.empty"),
        (b"MZ\x90\x00" + b"\0" * 50, "a.exe", "attachment.unknown_type"),
        (b"MZ\x90\x00" + b"\0" * 50, "a.pdf", "attachment.unknown_type"),
        (b"<html><script>x</script>", "a.html", "attachment.unknown_type"),
        (b"<svg onload=alert(1)>", "a.svg", "attachment.unknown_type"),
        (pdf(), "a.docx", "attachment.type_mismatch"),
        (xlsx([["a"]]), "a.zip", "attachment.type_mismatch"),
        (b"PK\x03\x04broken", "a.xlsx", "attachment.damaged"),
        (b"%PDF-1.7 nothing", "a.pdf", "attachment.damaged"),
        (photo()[:200], "a.jpg", "attachment.damaged"),
        (repacked(xlsx([["a"]]), {"xl/vbaProject.bin": b"x"}), "a.xlsx", "attachment.macros"),
        (repacked(document("a"), {"word/activeX/a.xml": b"x"}), "a.docx",
         "attachment.active_content"),
        (repacked(xlsx([["a"]]), {"../../etc/passwd": b"x"}), "a.xlsx",
         "attachment.path_trick"),
        (bomb(), "a.xlsx", "attachment.zip_bomb"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_harmful_or_broken_files_are_refused_with_their_reason(content, name, code):
    with pytest.raises(NotReadable) as refusal:
        accept(content, name=name)
    assert refusal.value.code == code
    assert code in TEXTS


def test_a_sheet_that_spans_billions_of_cells_is_refused():
    book = openpyxl.Workbook()
    sheet = book.create_sheet()
    sheet["A1"] = 1
    sheet["XFD1048576"] = 1
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(NotReadable, match="zip_bomb"):
        accept(out.getvalue(), name="a.xlsx")


def test_an_encrypted_pdf_is_refused():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as made:
        made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(NotReadable, match="encrypted"):
        accept(out.getvalue(), name="a.pdf")


def test_office_files_lose_their_makers_and_open_again():
    sheet = accept(xlsx([["甲", 1]], comment="陈书白"), name="表.xlsx")
    assert "陈书白".encode() not in parts(sheet.content)
    assert openpyxl.load_workbook(io.BytesIO(sheet.content))["名单"]["A1"].value == "甲"
    text = accept(document("正文"), name="文.docx")
    assert "陈书白".encode() not in parts(text.content)
    assert b"rsid" not in parts(text.content)
    assert docx.Document(io.BytesIO(text.content)).paragraphs[0].text == "正文"


def test_a_pdf_loses_its_makers_and_scripts_and_has_a_preview():
    accepted = accept(pdf(script=True), name="a.pdf")
    with pikepdf.open(io.BytesIO(accepted.content)) as made:
        assert "/Metadata" not in made.Root
        assert "/OpenAction" not in made.Root
        assert "/Title" not in made.docinfo
    assert accepted.preview is not None
    assert Image.open(io.BytesIO(accepted.preview)).format == "JPEG"
    assert not accepted.is_read


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")]
)
def test_pictures_lose_camera_and_place(kind, name):
    accepted = accept(photo(kind), name=name)
    assert accepted.is_image
    with Image.open(io.BytesIO(accepted.content)) as image:
        assert not dict(image.getexif())
        assert image.size == (40, 30)


def test_the_same_content_always_gives_the_same_digest():
    assert accept(pdf(), name="a.pdf").sha256 == accept(pdf(), name="b.pdf").sha256


@pytest.mark.parametrize(
    ("content", "name", "spot"),
    [
        (xlsx([["姓名", "证件"], ["张三", ID]]), "a.xlsx", "名单 R2C2"),
        (document(f"张三，{ID}"), "a.docx", "第 1 段"),
        (f"a,b\n张三,{ID}".encode("gb18030"), "a.csv", "R2C2"),
        (f"第一行\n张三 {ID}".encode(), "a.txt", "第 2 行"),
    ],
)
def test_personal_numbers_in_files_are_found_with_their_place(content, name, spot):
    finds = accept(content, name=name).finds
    assert finds[0]["spot"] == spot
    assert finds[0]["kind"] == "resident_id"
    assert ID not in str(finds)


def test_numbers_typed_as_numbers_are_found_too():
    finds = accept(xlsx([[13812345678, 110105194912310020]]), name="a.xlsx").finds
    assert [find["kind"] for find in finds] == ["mobile", "resident_id"]


def old_workbook(**streams: bytes) -> bytes:
    book = xls_stream([["姓名", "证件"], ["张三", ID]], sheet="名单")
    return compound_bytes({"Workbook": book.ljust(4096, b"\0")} | streams)


def test_an_old_workbook_loses_its_makers_and_is_scanned():
    maker = "陈书白".encode().ljust(4096, b"\0")
    accepted = accept(old_workbook(**{"\x05SummaryInformation": maker}), name="a.xls")
    assert "陈书白".encode() not in accepted.content
    assert accepted.finds[0]["spot"] == "名单 R2C2"


@pytest.mark.parametrize(
    ("stream", "code"),
    [("_VBA_PROJECT", "attachment.macros"), ("EncryptedPackage", "attachment.encrypted")],
)
def test_an_old_workbook_with_macros_or_a_password_is_refused(stream, code):
    with pytest.raises(NotReadable) as refusal:
        accept(old_workbook(**{stream: b"x" * 4096}), name="a.xls")
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\a\\名单.xlsx", "名单.xlsx"),
        ("名\u202e单.xlsx", "名单.xlsx"),
        ("", "未命名"),
        ("...", "未命名"),
        (".txt", "未命名.txt"),
    ],
)
def test_names_keep_only_their_last_part(given_name, kept):
    assert safe_name(given_name) == kept


ENDINGS = ["pdf", "xlsx", "docx", "xls", "csv", "txt", "jpg", "png"]
HEADS = [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xd8\xff",
         b"\x89PNG\r\n\x1a\n", b"RIFF0000WEBP"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(ENDINGS), st.sampled_from(HEADS))
def test_any_bytes_are_accepted_or_refused_with_a_known_reason(tail, ending, head):
    try:
        accepted = accept(head + tail, name=f"a.{ending}")
    except NotReadable as error:
        assert error.code in TEXTS  # noqa: PT017  both ends are fine
    else:
        assert accepted.sha256
