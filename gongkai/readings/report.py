"""A reading told to people: tables, rows, cells, questions, and why a file was refused."""

from __future__ import annotations

from collections import Counter

from gongkai.readings.messages import text_of_code
from gongkai.readings.reading import Reading

_WORDS = {
    "zh": {
        "refused": "未读入:{why}。{remedy}",
        "total": "{tables} 个表格,{rows} 行,{cells} 个单元格:读懂 {understood},存疑 {questioned}",
        "table": "· {title}({domain}):{rows} 行",
        "question": "? {n} 处:{text}",
        "untitled": "未命名表格",
        "no_domain": "领域未识别",
    },
    "en": {
        "refused": "Not read: {why}. {remedy}",
        "total": "{tables} tables, {rows} rows, {cells} cells: {understood} understood, "
        "{questioned} questioned",
        "table": "· {title} ({domain}): {rows} rows",
        "question": "? {n} ×: {text}",
        "untitled": "untitled table",
        "no_domain": "domain not recognised",
    },
}


def reading_report(reading: Reading, language: str = "zh") -> str:
    """What was read, as lines of text in Chinese (``zh``) or English (``en``)."""
    words = _WORDS["zh" if language.startswith("zh") else "en"]
    lines: list[str] = []
    if reading.refused:
        code = reading.refused.why.split(":")[0]
        why = text_of_code(code, language)
        why = reading.refused.why if why == code else why
        lines.append(words["refused"].format(why=why, remedy=reading.refused.send_instead))
    counts = reading.counts
    lines.append(
        words["total"].format(
            tables=len(reading.tables),
            rows=sum(len(table.rows) for table in reading.tables),
            cells=counts.cells,
            understood=counts.understood,
            questioned=counts.questioned,
        )
    )
    for table in reading.tables:
        title = table.title or words["untitled"]
        domain = table.domain or words["no_domain"]
        lines.append(words["table"].format(title=title, domain=domain, rows=len(table.rows)))
    asked = Counter(q.why for table in reading.tables for row in table.rows for q in row.questions)
    for code, n in asked.most_common():
        lines.append(words["question"].format(n=n, text=text_of_code(code, language)))
    return "\n".join(lines)
