"""From a spreadsheet or a feed of an existing site to rows of one shape, each with its place."""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

import feedparser
from python_calamine import CalamineWorkbook

from gongkai.base.errors import NotReadable
from gongkai.disclosures.attachments.kinds import FileKind, decoded, kind_of
from gongkai.disclosures.reading_values import plain

MAX_ROWS: Final = 50_000
SITE_TIME: Final = ZoneInfo("Asia/Shanghai")

HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "title": ("标题", "信息标题", "题名", "名称", "信息名称", "文件名称", "title"),
    "text": ("正文", "内容", "信息内容", "正文内容", "content", "text"),
    "summary": ("摘要", "内容概述", "概述", "简介", "summary"),
    "published_on": (
        "发布日期",
        "发布时间",
        "公开日期",
        "公开时间",
        "上网时间",
        "date",
        "published",
    ),
    "dated_on": ("成文日期", "生成日期", "印发日期", "发文日期", "形成日期"),
    "valid_from": ("施行日期", "生效日期", "实施日期"),
    "valid_until": ("失效日期", "废止日期", "有效期至"),
    "validity": ("有效性", "是否有效", "文件状态"),
    "document_number": ("文号", "发文字号", "文件编号"),
    "index_number": ("索引号", "信息索引号"),
    "body": ("发布机构", "公开主体", "发文机关", "发布单位", "责任单位", "机构", "来源"),
    "domain": ("领域", "公开领域", "试点领域", "栏目", "所属栏目", "主题分类"),
    "item": ("公开事项", "目录事项", "二级事项", "事项名称", "事项"),
    "url": ("网址", "链接", "原文链接", "地址", "原网址", "url", "link"),
    "key": ("编号", "信息编号", "唯一标识", "文章编号", "id"),
    "template": ("模板", "信息类型"),
}
"""Fact → the headings that people write for it, most usual first."""

_FACT_OF: Final = {
    re.sub(r"\s", "", heading): fact for fact, headings in HEADINGS.items() for heading in headings
}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One record of the source: its facts as text, dates maybe as dates, and where it stood."""

    sheet: str
    row: int
    facts: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)  # fact → heading as written
    others: dict[str, str] = field(default_factory=dict)  # heading → text of the other columns

    @property
    def origin_key(self) -> str:
        """What tells it from others of the same body: its number, address, or title and date."""
        key = str(self.facts.get("key") or "") or str(self.facts.get("url") or "")
        if not key:
            seed = f"{self.facts.get('title', '')}|{self.facts.get('published_on', '')}"
            key = "sha256:" + hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()
        if len(key) > 120:
            key = "sha256:" + hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
        return key


def read_source(content: bytes, *, name: str) -> list[SourceRow]:
    """The rows of a .xlsx .xls .csv file or an Atom, RSS or JSON feed.

    Raises: ``NotReadable('import.unreadable' | 'import.no_title_column' | 'import.too_many_rows')``
    or what the check of spreadsheets says (macros, bombs, passwords).
    """
    ending = name.rpartition(".")[2].lower()
    if ending in ("xlsx", "xls", "csv"):
        kind = kind_of(content, name=name)
        tables = _csv_table(content) if kind is FileKind.CSV else _workbook_tables(content, name)
        rows = list(_rows_of_tables(tables))
    else:
        rows = list(_feed_rows(content, name=name))
    if len(rows) > MAX_ROWS:
        raise NotReadable("import.too_many_rows", name=name, limit=MAX_ROWS)
    return rows


Table = tuple[str, list[list[Any]], int]
"""Title of the sheet, its cells, and the number of the first row."""


def _csv_table(content: bytes) -> list[Table]:
    text = decoded(content) or ""
    return [("", [list(row) for row in csv.reader(io.StringIO(text))], 1)]


def _workbook_tables(content: bytes, name: str) -> list[Table]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        tables = []
        for title in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(title)
            top, _ = sheet.start or (0, 0)
            tables.append((title, sheet.to_python(), top + 1))
    except Exception as error:  # whatever the reader says, the file is not readable
        raise NotReadable("import.unreadable", name=name) from error
    return tables


def _rows_of_tables(tables: Sequence[Table]) -> Iterator[SourceRow]:
    found_header = False
    for title, cells, first in tables:
        header_at, columns = _header(cells)
        if not columns:
            continue
        found_header = True
        for offset, row in enumerate(cells[header_at + 1 :], start=header_at + 1):
            facts = {
                fact: row[place]
                for fact, (place, _) in columns.items()
                if place < len(row) and row[place] not in ("", None)
            }
            if facts:
                headings = {fact: heading for fact, (_, heading) in columns.items()}
                others = _other_cells(cells[header_at], row, columns)
                yield SourceRow(title, first + offset, _as_text(facts), headings, others)
    if not found_header:
        raise NotReadable("import.no_title_column")


def _other_cells(
    header: list[Any], row: list[Any], columns: dict[str, tuple[int, str]]
) -> dict[str, str]:
    """What stands under headings that name no fact: values of the record's template, maybe."""
    taken = {place for place, _ in columns.values()}
    return {
        plain(str(heading)): str(_as_text({"": cell})[""])
        for place, (heading, cell) in enumerate(zip(header, row, strict=False))
        if place not in taken and heading not in ("", None) and cell not in ("", None)
    }


def _header(cells: list[list[Any]]) -> tuple[int, dict[str, tuple[int, str]]]:
    """The header is the first of ten rows with a title column; what is above it is skipped."""
    for number, row in enumerate(cells[:10]):
        columns: dict[str, tuple[int, str]] = {}
        for place, cell in enumerate(row):
            heading = re.sub(r"[\s*＊:：]", "", str(cell)).lower()
            fact = _FACT_OF.get(heading)
            if fact and fact not in columns:
                columns[fact] = (place, plain(str(cell)))
        if "title" in columns and len(columns) > 1:
            return number, columns
    return 0, {}


def _as_text(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        fact: str(int(value))
        if isinstance(value, float) and value.is_integer()
        else value
        if isinstance(value, dt.date | dt.datetime)
        else str(value)
        for fact, value in facts.items()
    }


def _feed_rows(content: bytes, *, name: str) -> Iterator[SourceRow]:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        yield from _json_feed(content, name=name)
        return
    feed = feedparser.parse(io.BytesIO(content))
    if not feed.entries and (feed.bozo or not feed.get("version")):
        raise NotReadable("import.unreadable", name=name)
    for number, entry in enumerate(feed.entries, start=1):
        contents = entry.get("content") or []
        text = contents[0].get("value", "") if contents else entry.get("summary", "")
        when = entry.get("published_parsed") or entry.get("updated_parsed")
        facts = {
            "title": entry.get("title", ""),
            "text": text,
            "summary": entry.get("summary", "") if contents else "",
            "published_on": _local_date(when) if when else "",
            "url": entry.get("link", ""),
            "key": entry.get("id", ""),
            "body": "",
        }
        yield SourceRow("", number, {fact: value for fact, value in facts.items() if value})


def _local_date(when: Any) -> dt.date:
    moment = dt.datetime.fromtimestamp(calendar.timegm(when), tz=dt.UTC)
    return moment.astimezone(SITE_TIME).date()


def _json_feed(content: bytes, *, name: str) -> Iterator[SourceRow]:
    try:
        feed = json.loads(content)
        items = feed["items"]
        if not isinstance(items, list):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotReadable("import.unreadable", name=name) from error
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            raise NotReadable("import.unreadable", name=name, row=number)
        facts = {
            "title": item.get("title"),
            "text": item.get("content_html") or item.get("content_text"),
            "summary": item.get("summary"),
            "published_on": _json_date(item.get("date_published")),
            "url": item.get("url"),
            "key": item.get("id"),
        }
        given = {
            fact: value for fact, value in facts.items() if isinstance(value, str | dt.date | int)
        }
        yield SourceRow("", number, _as_text({f: v for f, v in given.items() if v != ""}))


def _json_date(value: Any) -> dt.date | str:
    if not isinstance(value, str):
        return ""
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return value
    return (moment.astimezone(SITE_TIME) if moment.tzinfo else moment).date()
