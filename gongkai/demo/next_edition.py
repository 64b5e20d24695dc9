"""Next year's edition of one catalogue, as the department sent it: changed, and not all readable.

It stays open in the console, so that a newcomer sees a reading beside its source, its questions,
and the difference to the edition in force before anything takes effect.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from gongkai.accounts.models import User
from gongkai.demo.content.catalogues import CatalogueRow, DemoCatalogue, county_catalogues
from gongkai.demo.messy import HEADER_SUB, HEADER_TOP, table_of, workbook_bytes
from gongkai.places.models import Body
from gongkai.readings.actions.store_reading import store_file

DOMAIN = "社会救助"


def send_next_edition(keeper: Body, *, by: User, now: dt.datetime) -> None:
    """The file is read and waits, with its questions, for somebody to settle them."""
    catalogue = next(c for c in county_catalogues() if c.domain == DOMAIN)
    changed = replace(
        catalogue, title=f"{catalogue.title}({now.year + 1}年版)", rows=_changed(catalogue)
    )
    store_file(f"{changed.title}.xlsx", _workbook(changed), body=keeper, by=by, now=now)


def _changed(catalogue: DemoCatalogue) -> tuple[CatalogueRow, ...]:
    """Some rows dropped, some changed, two added."""
    rows = [row for row in catalogue.rows if row.level1 != "临时救助"]
    rows[3] = replace(rows[3], deadline="信息形成或者变更之日起5个工作日内")
    rows[12] = replace(rows[12], contents=(*rows[12].contents, "网上办理入口"))
    pattern = rows[12]
    new = [
        replace(pattern, level1="急难救助", level2=f"急难救助{suffix}")
        for suffix in ("办事指南", "办理结果")
    ]
    return (*rows, *new)


def _workbook(catalogue: DemoCatalogue) -> bytes:
    """A sheet with three cells that nobody can read for certain."""
    table = table_of(catalogue)
    table[5][5] = "自信息形成之日起*个工作日内公开"
    table[8][4] = (
        "《国务院办公厅关于全面推进基层政务公开标准化规范化工作的指导意见》(国办发〔201954号)"
    )
    table[10][7] = table[10][7].replace("■政府网站", "政府网站")
    return workbook_bytes([[catalogue.title], list(HEADER_TOP), list(HEADER_SUB), *table])
