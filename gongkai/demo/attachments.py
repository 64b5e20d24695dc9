"""Files that hang on demo disclosures: a real spreadsheet, document, PDF or picture, made on the spot."""

from __future__ import annotations

import io
import random
from typing import Any

import pikepdf
from docx import Document as WordDocument
from openpyxl import Workbook
from PIL import Image, ImageDraw


def make_attachment(kind: str, *, title: str, chance: random.Random) -> tuple[str, bytes]:
    """File name and bytes of an attachment of ``kind`` (xlsx, docx, pdf or png)."""
    makers = {"xlsx": _workbook, "docx": _word, "pdf": _pdf, "png": _picture}
    short = title.rpartition("：")[2][:36]
    return f"{short}.{kind}", makers[kind](title, chance)


def _workbook(title: str, chance: random.Random) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "明细"
    sheet.append([title])
    sheet.append(["序号", "项目", "件数", "金额（元）"])
    for number in range(1, chance.randint(8, 20)):
        sheet.append(
            [number, f"第{number}批", chance.randint(1, 60), chance.randrange(500, 90_000)]
        )
    return _saved(book)


def _word(title: str, chance: random.Random) -> bytes:
    word = WordDocument()
    word.add_heading(title, 1)
    word.add_paragraph("本表可下载打印后到窗口提交，也可以到村（社区）便民服务站领取纸质表。")
    table = word.add_table(rows=5, cols=2)
    for row, label in zip(
        table.rows, ("申请人", "所在村（社区）", "申请事项", "申请理由", "申请日期"), strict=True
    ):
        row.cells[0].text = label
    return _saved(word)


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _pdf(title: str, chance: random.Random) -> bytes:
    """One page with a drawn plan: a frame, plots and a road."""
    lines = ["1 w", "60 60 475 720 re S"]
    for _ in range(chance.randint(6, 12)):
        x, y = chance.randint(80, 420), chance.randint(90, 640)
        shade = chance.choice(("0.95 0.9 0.8", "0.85 0.93 0.85", "0.85 0.9 0.96"))
        lines.append(f"{shade} rg {x} {y} {chance.randint(40, 100)} {chance.randint(40, 110)} re B")
    lines.append("0.7 g 60 400 475 18 re f")
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Contents = pdf.make_stream("\n".join(lines).encode())
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def _picture(title: str, chance: random.Random) -> bytes:
    """A bar chart without words, as it illustrates an explanation."""
    image = Image.new("RGB", (960, 540), (251, 250, 247))
    draw = ImageDraw.Draw(image)
    draw.line((80, 470, 900, 470), fill=(92, 100, 112), width=3)
    for index in range(7):
        height = chance.randint(80, 360)
        left = 110 + index * 112
        colour = (31, 122, 77) if index % 3 else (179, 38, 30)
        draw.rounded_rectangle((left, 470 - height, left + 70, 470), 8, fill=colour)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
