"""A catalogue file as a district would send it, and its stored reading."""

from __future__ import annotations

import csv
import datetime as dt
import io

from gongkai.places.models import Body
from gongkai.readings.actions.store_reading import store_file
from gongkai.readings.models import CatalogueReading

NOW = dt.datetime(2026, 9, 1, 1, tzinfo=dt.UTC)
HEADER = (
    ("序号", "公开事项", "", "公开内容(要素)", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
     "公开对象", "", "公开方式", "", "公开层级", ""),
    ("", "一级事项", "二级事项", "", "", "", "", "", "全社会", "特定群体", "主动", "依申请",
     "县级", "乡级"),
)  # fmt: skip
CHANNELS = "■政府网站\n□政府公报\n■社区/企事业单位/村公示栏（电子屏）"
TITLE = "社会救助领域基层政务公开标准目录"


def csv_file(rows: list[tuple[str, ...]], *, title: str = TITLE) -> bytes:
    """The rows under the official header as a comma-separated file."""
    stream = io.StringIO()
    csv.writer(stream).writerows([(title,), *HEADER, *rows])
    return stream.getvalue().encode()


def row(
    number: int,
    level2: str = "",
    *,
    deadline: str = "自信息形成或者变更之日起20个工作日内",
    bodies: str = "区民政局",
    channels: str = CHANNELS,
) -> tuple[str, ...]:
    """A row that leaves no question."""
    return (
        str(number), "最低生活保障", level2 or f"审核信息{number}", "1.初审对象名单\n2.公示期限",
        "《社会救助暂行办法》（国务院令第649号）", deadline, bodies, channels,
        "√", "", "√", "", "√", "√",
    )  # fmt: skip


def stored(body: Body, rows: list[tuple[str, ...]], *, title: str = TITLE) -> CatalogueReading:
    """The stored reading of these rows."""
    found = store_file("社会救助.csv", csv_file(rows, title=title), body=body, by=None, now=NOW)
    return found.readings[0]
