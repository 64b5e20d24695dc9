"""Why a catalogue file cannot be read and what to send instead: the codes of the file readers."""

from __future__ import annotations

from typing import Any, Final

from gongkai.base.errors import NotReadable

REASONS: Final[dict[str, str]] = {
    "readings.empty": "文件是空的",
    "readings.too_large": "文件超过大小上限",
    "readings.too_many_rows": "表格的行数或单元格数超过上限",
    "readings.zip_bomb": "压缩内容展开后过大,疑似压缩炸弹",
    "readings.encrypted": "文件有密码保护",
    "readings.macros": "文件带有宏程序",
    "readings.xml_entities": "文件里有不允许的实体或文档类型声明",
    "readings.corrupt": "文件不完整或已损坏",
    "readings.image": "这是图片,没有可读取的文字",
    "readings.scanned": "这是扫描件,没有文字层",
    "readings.archive": "这是压缩包,不是目录文件",
    "readings.unsupported_format": "不支持这种文件格式",
    "readings.unknown_format": "认不出这是什么格式的文件",
}
"""Reason code → what it means for a person (source of the translation)."""

REMEDIES: Final[dict[str, str]] = {
    "send_spreadsheet": "请发送原始的电子表格(.xlsx)",
    "send_spreadsheet_or_text_pdf": "请发送原始的电子表格,或带文字层的 PDF",
    "save_as_xlsx": "请在电子表格软件中另存为 .xlsx 后发送",
    "save_as_docx": "请在文字处理软件中另存为 .docx 后发送",
    "save_without_macros": "请另存为不带宏的 .xlsx 或 .docx 后发送",
    "save_without_password": "请去掉密码后另存再发送",
    "split_file": "请按领域拆分成几个文件后分别发送",
    "unpack": "请解压后逐个发送其中的文件",
    "send_again": "请重新导出或重新下载后再发送",
}
"""Remedy slug → what a person should send instead (source of the translation)."""


def refusal(code: str, *, remedy: str, place: str = "", **facts: str | int) -> NotReadable:
    """The error to raise: ``code`` is a key of ``REASONS``, ``remedy`` a key of ``REMEDIES``."""
    data: dict[str, Any] = {"remedy": remedy, "place": place, **facts}
    return NotReadable(code, **data)
