"""What each file reader makes of a real file of its format."""

from __future__ import annotations

import base64
import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from gongkai.readings.formats import read_document
from gongkai.readings.grid import Document, Grid
from gongkai.readings.tests.building.doc_file import DocFile
from gongkai.readings.tests.building.pdf_file import Page, pdf_bytes, ruled_page
from gongkai.readings.tests.building.xls_file import xls_bytes
from gongkai.readings.tests.building.xlsx_file import new_book, workbook_bytes

pytestmark = pytest.mark.pure

HEADER = ["序号", "公开事项", "公开内容"]
ROWS = [HEADER, ["1", "政策文件", "法规"], ["2", "办事指南", "条件"]]


def texts(grid: Grid) -> list[list[str]]:
    """The grid as rows of texts, covered places empty."""
    rows = [[""] * grid.n_columns for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row - 1][cell.column - 1] = cell.text
    return rows


def spans(grid: Grid) -> dict[str, tuple[int, int]]:
    """Text → (row span, column span) of the merged cells."""
    return {
        cell.text: (cell.row_span, cell.column_span)
        for cell in grid.cells
        if cell.row_span * cell.column_span > 1
    }


def only(document: Document) -> Grid:
    assert len(document.grids) == 1
    return document.grids[0]


def docx_bytes(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


class TestXlsx:
    def test_values_and_merges_stand_where_a_person_sees_them(self):
        book, sheet = new_book()
        sheet.title = "养老服务"
        for row in (["目录"], HEADER, [1, "政策\n文件", None], [None, "指南", "x"]):
            sheet.append(row)
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A3:A4")
        grid = only(read_document("x.xlsx", workbook_bytes(book)))
        assert (grid.name, grid.layout) == ("养老服务", "cells")
        assert texts(grid)[2:] == [["1", "政策\n文件", ""], ["", "指南", "x"]]
        assert spans(grid) == {"目录": (1, 3), "1": (2, 1)}

    def test_numbers_show_as_their_format_says(self):
        book, sheet = new_book()
        sheet["A1"], sheet["B1"], sheet["C1"], sheet["D1"] = 505, 45000, 0.25, 3.0
        sheet["A1"].number_format = "0000"
        sheet["B1"].number_format = "yyyy-mm-dd"
        sheet["C1"].number_format = "0%"
        grid = only(read_document("x.xlsx", workbook_bytes(book)))
        assert texts(grid) == [["0505", "2023-03-15", "25%", "3"]]

    def test_symbol_font_runs_become_glyphs(self):
        book, sheet = new_book()
        box = InlineFont(rFont="Wingdings 2")
        sheet["A1"] = CellRichText(TextBlock(box, "R"), "政府网站", TextBlock(box, "£"), "其他")
        grid = only(read_document("x.xlsx", workbook_bytes(book)))
        assert grid.cells[0].text == "■政府网站□其他"

    def test_formula_without_value_stays_raw_with_a_note(self):
        book, sheet = new_book()
        sheet["B2"] = "=1+1"
        grid = only(read_document("x.xlsx", workbook_bytes(book)))
        assert grid.cells[0].text == "=1+1"
        assert grid.notes == ("formula_without_value:R2C2",)

    def test_hidden_sheet_is_read_and_noted(self):
        book, sheet = new_book()
        sheet["A1"] = "序号"
        hidden = book.create_sheet("旧版")
        hidden["A1"] = "x"
        hidden.sheet_state = "hidden"
        grids = read_document("x.xlsx", workbook_bytes(book)).grids
        assert [(grid.name, grid.notes) for grid in grids] == [
            ("Sheet", ()),
            ("旧版", ("hidden_sheet",)),
        ]


class TestXls:
    def test_binary_workbook_with_merges(self):
        content = xls_bytes([["序号", "公开事项", None], [1, "政策", "x"]], merges=[(0, 0, 1, 2)])
        document = read_document("x.xls", content)
        assert document.format == "xls"
        assert texts(only(document)) == [["序号", "公开事项", ""], ["1", "政策", "x"]]
        assert spans(only(document)) == {"公开事项": (1, 2)}

    def test_workbook_in_xml_of_2003(self):
        content = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
        <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
         xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="目录"><Table>
         <Row><Cell ss:MergeDown="1"><Data ss:Type="String">序号</Data></Cell>
         <Cell ss:MergeAcross="1"><Data ss:Type="String">公开事项</Data></Cell></Row>
         <Row><Cell ss:Index="2"><Data ss:Type="Number">7</Data></Cell></Row>
         </Table></Worksheet></Workbook>""".encode()
        grid = only(read_document("x.xls", content))
        assert texts(grid) == [["序号", "公开事项", ""], ["", "7", ""]]
        assert spans(grid) == {"序号": (2, 1), "公开事项": (1, 2)}


class TestDocx:
    def test_merges_both_ways_and_the_heading(self):
        document = docx.Document()
        document.add_paragraph("云溪区养老服务领域目录")
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "序号"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "公开事项"
        table.cell(1, 1).text, table.cell(1, 2).text = "一级事项", "二级事项"
        table.cell(2, 0).text = "1"
        grid = only(read_document("x.docx", docx_bytes(document)))
        assert grid.heading == "云溪区养老服务领域目录"
        assert spans(grid) == {"序号": (2, 1), "公开事项": (1, 2)}
        assert texts(grid)[1] == ["", "一级事项", "二级事项"]

    def test_symbols_boxes_and_symbol_fonts(self):
        document = docx.Document()
        cell = document.add_table(2, 2).cell(0, 0)
        names = nsdecls("w")
        w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        for piece in (
            f'<w:r {names}><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>网站</w:t></w:r>',
            f'<w:r {names}><w:sym w:font="Wingdings" w:char="00A8"/><w:t>公报</w:t></w:r>',
            f'<w:r {names}><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>£</w:t></w:r>',
            f'<w:sdt {names} {w14}><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/>'
            "</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>",
            f'<w:r {names}><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>'
            '<w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>',
        ):
            cell.paragraphs[0]._p.append(parse_xml(piece))
        grid = only(read_document("x.docx", docx_bytes(document)))
        assert grid.cells[0].text == "■网站□公报□☑□"

    def test_nested_table_stays_in_its_cell_and_deletions_are_left_out(self):
        document = docx.Document()
        table = document.add_table(2, 2)
        inner = table.cell(0, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "甲", "乙"
        names = nsdecls("w")
        removed = f"<w:del {names}><w:r><w:delText>旧</w:delText></w:r></w:del>"
        table.cell(1, 0).paragraphs[0]._p.append(parse_xml(removed))
        document_read = read_document("x.docx", docx_bytes(document))
        assert texts(only(document_read)) == [["", "甲  乙"], ["", ""]]
        assert document_read.notes == ("nested_tables", "tracked_deletions")

    def test_document_without_table_is_laid_out_by_lines(self):
        document = docx.Document()
        for line in ["目录", *HEADER, "公开主体", "1", "政策文件"]:
            document.add_paragraph(line)
        grid = only(read_document("x.docx", docx_bytes(document)))
        assert (grid.layout, grid.heading) == ("stacked", "目录")
        assert [cell.text for cell in grid.cells] == [*HEADER, "公开主体", "1", "政策文件"]


class TestDoc:
    def test_rows_merges_and_symbols(self):
        file = DocFile().line("云溪区目录").row(["序号", "公开事项"], [0, 1000, 3000])
        file.row(["1", "一级", "二级"], [0, 1000, 2000, 3000], [1, 0, 0])
        file.row(["", "甲", "乙\x0b丙"], [0, 1000, 2000, 3000], [2, 0, 0])
        file.symbol(0x52).row(["(网站", ""], [0, 1000, 3000]).line("完")
        document = read_document("x.doc", file.content())
        grid = only(document)
        assert (document.format, grid.heading, document.text) == (
            "doc",
            "云溪区目录",
            "云溪区目录\n完",
        )
        assert spans(grid) == {"公开事项": (1, 2), "1": (2, 1), "": (1, 2)}
        assert texts(grid) == [
            ["序号", "公开事项", ""],
            ["1", "一级", "二级"],
            ["", "甲", "乙\n丙"],
            ["■网站", "", ""],
        ]

    def test_one_byte_pieces(self):
        file = DocFile().row(["A", "B"], [0, 1000, 3000]).row(["1", ""], [0, 1000, 3000])
        grid = only(read_document("x.doc", file.content(compressed=True)))
        assert texts(grid) == [["A", "B"], ["1", ""]]

    def test_rich_text_that_calls_itself_doc(self):
        content = (
            rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}"
            rb"{\f1\fcharset2 Wingdings 2;}}"
            rb"\pard \'d4\'c6\'cf\'aa\par\trowd\cellx1000\cellx3000\pard\intbl\f0 \u24207?\u21495?"
            rb"\cell\f1 R\f0 x\cell\row\trowd\clvmgf\cellx1000\cellx2000\cellx3000 a\cell b\cell c"
            rb"\cell\row\trowd\clvmrg\cellx1000\cellx2000\cellx3000\cell d\cell e\cell\row"
            rb"\pard end\par}"
        )
        document = read_document("x.doc", content)
        grid = only(document)
        assert (document.format, document.text, grid.heading) == ("rtf", "云溪\nend", "云溪")
        assert spans(grid) == {"■x": (1, 2), "a": (2, 1)}
        assert texts(grid) == [["序号", "■x", ""], ["a", "b", "c"], ["", "d", "e"]]


class TestHtml:
    PAGE = (
        "<html><head><meta charset=gb2312><title>t</title></head><body><h1>云溪区目录</h1>"
        "<table><tr><td>导航<table><tr><td>序号<td>事项<td>渠道<tr><td rowspan=2>1<td>甲<br>乙"
        "<td><input type=checkbox checked>网站<input type=checkbox>公报<tr><td colspan=2>丙"
        "</table></table></body></html>"
    )

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
    def test_data_table_inside_a_layout_table(self, encoding):
        grid = only(read_document("x.xls", self.PAGE.encode(encoding)))
        assert grid.heading == "云溪区目录\n导航"
        assert texts(grid) == [
            ["序号", "事项", "渠道"],
            ["1", "甲\n乙", "☑网站□公报"],
            ["", "丙", ""],
        ]
        assert spans(grid) == {"1": (2, 1), "丙": (1, 2)}

    def test_rows_that_lost_their_merges_are_ragged(self):
        page = "<table><tr><td>序号<td>一级<td>二级<tr><td>1<td>甲<td>乙<tr><td>2<td>丙</table>"
        assert only(read_document("x.html", page.encode())).layout == "ragged"

    def test_table_flattened_to_paragraphs(self):
        lines = [*HEADER, "公开主体", "1", "政策文件"]
        page = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
        grid = only(read_document("x.html", page.encode()))
        assert grid.layout == "stacked"
        assert [cell.text for cell in grid.cells] == lines

    def test_two_tables_with_their_headings(self):
        table = "<table><tr><td>序号<td>事项<tr><td>1<td>甲</table>"
        page = f"<h2>养老</h2>{table}<h2>救助</h2>{table}"
        grids = read_document("x.htm", page.encode()).grids
        assert [(grid.name, grid.heading) for grid in grids] == [("表1", "养老"), ("表2", "救助")]

    def test_web_page_in_one_file(self):
        inner = base64.b64encode("<table><tr><td>序号<td>甲<tr><td>1<td>乙</table>".encode("gbk"))
        content = (
            b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
            b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + inner
            + b"\r\n--b--\r\n"
        )
        document = read_document("x.xls", content)
        assert document.format == "mhtml"
        assert texts(only(document)) == [["序号", "甲"], ["1", "乙"]]


class TestDelimited:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
    @pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
    def test_encodings_and_delimiters(self, encoding, delimiter):
        content = "\r\n".join(delimiter.join(row) for row in ROWS).encode(encoding)
        assert texts(only(read_document("x.csv", content))) == ROWS

    def test_quoted_fields_keep_their_line_breaks(self):
        content = '序号,公开事项,公开内容\n1,"甲\n乙","a,b"\n'.encode()
        assert texts(only(read_document("x.csv", content)))[1] == ["1", "甲\n乙", "a,b"]

    def test_traditional_text_in_big5(self):
        row = ["序號", "公開事項", "公開內容"]
        content = "\n".join([",".join(row), "1,政策文件,辦事指南的受理條件與辦理流程"]).encode(
            "big5"
        )
        assert texts(only(read_document("x.csv", content)))[0] == row

    def test_short_rows_are_ragged(self):
        grid = only(read_document("x.csv", "序号,一级,二级\n1,甲,乙\n2,丙\n".encode()))
        assert grid.layout == "ragged"


class TestText:
    def test_markdown_tables_with_prose_between(self):
        text = (
            "# 云溪区\n\n说明\n\n|序号|事项|内容|\n|---|:--|---|\n|1|甲<br>乙|丙\\|丁|\n|2|戊|\n\n"
            "## 第二表\n\n| 序号 | 事项 |\n|--|--|\n|1|**己**|\n"
        )
        first, second = read_document("x.md", text.encode()).grids
        assert (first.layout, first.heading) == ("ragged", "# 云溪区\n说明")
        assert texts(first) == [["序号", "事项", "内容"], ["1", "甲\n乙", "丙|丁"], ["2", "戊", ""]]
        assert (second.layout, second.heading) == ("cells", "## 第二表")
        assert texts(second) == [["序号", "事项"], ["1", "己"]]

    def test_markdown_row_torn_by_a_line_break(self):
        text = "|序号|事项|内容|\n|--|--|--|\n|1|政策\n文件|甲|\n|2|乙|丙|\n"
        assert texts(only(read_document("x.md", text.encode())))[1] == ["1", "政策\n文件", "甲"]

    def test_box_drawing_with_a_cell_over_two_rows(self):
        text = "┌──┬──┐\n│序号│事项│\n├──┼──┤\n│1│甲│\n│ │乙│\n│ ├──┤\n│ │丙│\n└──┴──┘"
        grid = only(read_document("x.txt", text.encode()))
        assert texts(grid) == [["序号", "事项"], ["1", "甲\n乙"], ["", "丙"]]
        assert spans(grid) == {"1": (2, 1)}

    def test_columns_by_position(self):
        text = (
            "目录\n序号  公开事项    公开内容\n1     政策文件    法规\n2                 条件\n"
            "3     指南        a\n"
        )
        grid = only(read_document("x.txt", text.encode()))
        assert (grid.layout, grid.notes, grid.heading) == ("spaced", ("aligned",), "目录")
        assert texts(grid)[1:] == [
            HEADER,
            ["1", "政策文件", "法规"],
            ["2", "", "条件"],
            ["3", "指南", "a"],
        ]

    def test_columns_by_single_spaces(self):
        text = "序号 公开事项 公开内容 公开主体\n1 政策 法规 县局\n"
        grid = only(read_document("x.txt", text.encode()))
        assert (grid.layout, grid.notes) == ("spaced", ("single_spaces",))

    def test_one_cell_per_line_counts_source_lines(self):
        text = "目录\n\n序号\n公开事项\n公开内容\n\n公开主体\n1\n政策\n"
        grid = only(read_document("x.txt", text.encode()))
        assert grid.layout == "stacked"
        assert [(cell.row, cell.text) for cell in grid.cells][:4] == [
            (3, "序号"),
            (4, "公开事项"),
            (5, "公开内容"),
            (7, "公开主体"),
        ]

    def test_outline_is_kept_by_lines(self):
        text = "村务公开目录\n一、制度类\n1.村规民约\n二、事务类\n1.财务收支"
        grid = only(read_document("x.txt", text.encode("gb18030")))
        assert (grid.layout, [cell.row for cell in grid.cells]) == ("lines", [1, 2, 3, 4, 5])


class TestPdf:
    def test_ruled_table_over_two_pages_is_one(self):
        first = ruled_page([HEADER, ["1", "政策\n文件", "法规"]], above=["云溪区目录"])
        second = ruled_page([HEADER, ["2", "指南", "条件"]])
        document = read_document("x.pdf", pdf_bytes([first, second]))
        grid = only(document)
        assert texts(grid) == [HEADER, ["1", "政策\n文件", "法规"], ["2", "指南", "条件"]]
        assert grid.heading == "云溪区目录"
        assert "repeated_header:page 2" in grid.notes

    def test_missing_strokes_make_merged_cells(self):
        page = ruled_page([["序号", "甲", "乙"], ["1", "丙", ""]])
        page.strokes.remove((40, 740, 340, 740))
        page.strokes.append((140, 740, 340, 740))
        page.strokes.remove((240, 780, 240, 700))
        page.strokes.append((240, 780, 240, 740))
        page.texts = [text for text in page.texts if text[2] not in {"1", ""}]
        grid = only(read_document("x.pdf", pdf_bytes([page])))
        assert spans(grid) == {"序号": (2, 1), "丙": (1, 2)}

    def test_table_without_strokes_by_columns(self):
        page = Page()
        for r, row in enumerate(ROWS):
            page.texts += [(40 + c * 120, 700 - r * 20, text) for c, text in enumerate(row)]
        grid = only(read_document("x.pdf", pdf_bytes([page])))
        assert grid.layout == "spaced"
        assert texts(grid) == ROWS
