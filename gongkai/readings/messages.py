"""The words for people of every question, warning and refusal code, in Chinese and English."""

from __future__ import annotations

from typing import Final

from gongkai.readings.formats.refusals import REASONS, REMEDIES

QUESTIONS: Final[dict[str, tuple[str, str]]] = {
    "tick_column_unknown": (
        "√ 的列数对不上表头,不能确定这些 √ 属于哪一列",
        "The ticks do not match the header; which column each belongs to is unknown.",
    ),
    "tick_not_understood": ("这一格的符号看不明白", "The mark in this cell cannot be read."),
    "tick_is_text": (
        "这一列应当打 √,却写了文字",
        "This column should hold a tick but holds words.",
    ),
    "column_unknown": (
        "这一格可能属于不止一列,请指定列",
        "The cell fits more than one column; please choose its column.",
    ),
    "cell_borders_lost": (
        "这几行文字分不清属于哪一格",
        "It cannot be told to which cells these lines belong.",
    ),
    "fragment_of_row": (
        "这一行可能是上一行被分页切断的部分",
        "This row may be the rest of the row before, cut by a page break.",
    ),
    "blank_or_merged": (
        "这一格是空的,不能确定是合并单元格还是没有填写",
        "The cell is blank: either merged with the one above or not filled in.",
    ),
    "pointer_without_target": (
        "写着“同上”,但上一行没有可以沿用的内容",
        "It says “as above”, but the row above has nothing to take over.",
    ),
    "number_not_understood": ("序号看不明白", "The row number cannot be read."),
    "items_not_separable": (
        "一级事项和二级事项写在一格里,分不开",
        "Level 1 and level 2 stand in one cell and cannot be parted.",
    ),
    "mode_not_understood": ("公开方式看不明白", "The mode of disclosure cannot be read."),
    "level_not_understood": ("公开层级看不明白", "The level of government cannot be read."),
    "channel_ticks_lost": (
        "列出了全部渠道但没有勾选符号,不知道勾选了哪些",
        "All channels are listed without boxes, so which are ticked is unknown.",
    ),
    "channel_tick_unknown": (
        "这一格没有勾选符号,而本表其他行有,不知道是否勾选",
        "The cell has no box although other rows have; whether it is ticked is unknown.",
    ),
    "channel_not_understood": ("有的渠道名称看不明白", "A channel name cannot be read."),
    "channel_glyph_missing": (
        "这个渠道前面的方框丢失了",
        "The box in front of this channel is lost.",
    ),
    "channel_contradiction": (
        "同一渠道既勾选又未勾选",
        "The same channel is both ticked and not ticked.",
    ),
    "deadline_not_understood": ("公开时限看不明白", "The time limit cannot be read."),
    "document_number_damaged": (
        "文号残缺,年份和序号连在一起",
        "The document number is damaged: year and number have run together.",
    ),
    "document_number_ambiguous": (
        "有不止一个文号,不知道哪一个属于这份依据",
        "There is more than one document number.",
    ),
    "basis_not_understood": ("公开依据看不明白", "The legal basis cannot be read."),
}
"""Question code → (Chinese, English)."""

WARNINGS: Final[dict[str, tuple[str, str]]] = {
    "header_carried_over": (
        "这个表格没有表头,沿用了上一个表格的表头",
        "This table has no header; the header of the table before was used.",
    ),
    "text_before_header": ("表头之前的文字", "Text in front of the header."),
    "footer": ("表格后的注释或落款", "A note or small print below the table."),
    "empty_numbered_row": ("只有序号的空行", "A numbered row without content."),
    "table_without_rows": ("只有表头没有内容的表格", "A table with a header and no rows."),
    "cell_not_read": ("这一格没有读入任何字段", "This cell was not read into any field."),
    "rows_not_separable": (
        "一行内容分成多行排印,无法确定各行的界线",
        "Rows are printed over several lines and cannot be told apart.",
    ),
    "text_outside_tables": ("表格以外的文字", "Text outside of the tables."),
    "repaired": ("读入前修复了文字", "The text was repaired before reading."),
}
"""Warning code → (Chinese, English). Damage codes are added from ``DAMAGE``."""

DAMAGE: Final[dict[str, tuple[str, str]]] = {
    "byte_shifted_gbk": (
        "文字编码错位,内容已经损坏",
        "The encoding is shifted by a byte; the content is damaged.",
    ),
    "utf8_read_as_gbk": ("文字编码用错,已经损坏", "The text was decoded with the wrong encoding."),
    "misread_as_latin": ("文字编码用错,已经损坏", "The text was decoded with the wrong encoding."),
    "rare_characters": (
        "含有大量生僻字,可能是编码错误",
        "Many rare characters: probably a wrong encoding.",
    ),
    "spam_words": (
        "被植入了广告或赌博等词语,内容不可信",
        "Advertising or betting words were planted; the content cannot be trusted.",
    ),
    "character_deleted": ("有的字被批量删除", "A character was deleted throughout."),
    "text_lost": ("文字丢失,只剩标点", "Text is lost and only punctuation is left."),
    "undecodable": ("有的字节无法解码", "Some bytes cannot be decoded."),
    "injected_noise": ("文字之间被插入了杂乱符号", "Noise was injected between the words."),
    "masked": ("有的数字或词语被遮盖", "Numbers or words are masked."),
    "control_characters": ("含有控制字符", "There are control characters."),
    "doubled_punctuation": ("标点重复", "Punctuation is doubled."),
    "symbol_unknown": ("有认不出的符号", "A symbol cannot be recognised."),
    "template_unrendered": (
        "网页模板没有填入内容",
        "A web template was saved before its content was filled in.",
    ),
    "no_table_found": ("没有找到目录表格", "No catalogue table was found."),
    "order_destroyed": (
        "表格被打散,文字的先后顺序已经丢失",
        "The table was flattened and the order of its cells is lost.",
    ),
}
"""Damage and refusal code → (Chinese, English)."""

DAMAGE_REMEDY: Final = "send_spreadsheet"
DAMAGE_REMEDIES: Final[dict[str, str]] = {
    "undecodable": "send_again",
    "text_lost": "send_again",
}
_REMEDIES_EN: Final[dict[str, str]] = {
    "send_spreadsheet": "Please send the original spreadsheet (.xlsx).",
    "send_spreadsheet_or_text_pdf": "Please send the spreadsheet or a PDF with a text layer.",
    "save_as_xlsx": "Please save it as .xlsx and send that.",
    "save_as_docx": "Please save it as .docx and send that.",
    "save_without_macros": "Please save it without macros.",
    "save_without_password": "Please remove the password.",
    "split_file": "Please split the file by domain.",
    "unpack": "Please unpack the archive and send the files one by one.",
    "send_again": "Please export or download the file again.",
}


def text_of_code(code: str, language: str = "zh") -> str:
    """The sentence for a question, warning or damage code; the code itself where unknown."""
    for table in (QUESTIONS, WARNINGS, DAMAGE):
        if code in table:
            return table[code][0 if language.startswith("zh") else 1]
    return REASONS.get(code, code)


def remedy_text(remedy: str, language: str = "zh") -> str:
    """What to send instead, as a sentence."""
    table = REMEDIES if language.startswith("zh") else _REMEDIES_EN
    return table.get(remedy, remedy)
