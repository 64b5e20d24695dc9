"""The spreadsheet of the district's divisions and bodies, read by the real import."""

from __future__ import annotations

import io
from collections.abc import Iterator

from openpyxl import Workbook

from gongkai.demo.content.people import office_phone
from gongkai.demo.content.places import DEPARTMENTS, DISTRICT_CODE, DISTRICT_NAME, TOWNSHIPS
from gongkai.places.sheets import BODIES_SHEET, BODY_COLUMNS, DIVISION_COLUMNS, DIVISIONS_SHEET

FOUNDED = "2012-06-30"
HOURS = "工作日 8:30—12:00，14:00—17:30"
GOVERNMENT = "yunxi-qu"
ROADS = ("望江路", "书香大道", "云栖路", "荷塘路", "双溪路", "学宫街", "河堤路")


def places_file() -> bytes:
    """The workbook with its two sheets."""
    book = Workbook()
    divisions = book.worksheets[0]
    divisions.title = DIVISIONS_SHEET
    divisions.append(list(DIVISION_COLUMNS))
    for row in _divisions():
        divisions.append(_row(DIVISION_COLUMNS, row))
    bodies = book.create_sheet(BODIES_SHEET)
    bodies.append(list(BODY_COLUMNS))
    for position, row in enumerate(_bodies()):
        bodies.append(_row(BODY_COLUMNS, {**row, "排序": str(position), "办公时间": HOURS}))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _row(columns: tuple[str, ...], values: dict[str, str]) -> list[str]:
    return [values.get(column, "") for column in columns]


def _divisions() -> Iterator[dict[str, str]]:
    yield _division(DISTRICT_CODE, DISTRICT_NAME, "县级", "区县", "")
    kinds = {"street": "街道", "town": "镇", "rural_township": "乡"}
    for plan in TOWNSHIPS:
        yield _division(plan.code, plan.name, "乡级", kinds[plan.kind], "")
        is_street = plan.kind == "street"
        for index, name in enumerate(plan.communities, 1):
            code = f"{plan.code[:9]}{index:03d}"
            yield _division(code, f"{name}社区", "村级", "社区", "111" if is_street else "121")
        for index, name in enumerate(plan.villages, 200):
            code = f"{plan.code[:9]}{index:03d}"
            yield _division(code, f"{name}村", "村级", "村", "220")


def _division(code: str, name: str, level: str, kind: str, urban: str) -> dict[str, str]:
    return {
        "区划代码": code, "名称": name, "层级": level, "类别": kind,
        "城乡分类": urban, "启用日期": FOUNDED,
    }  # fmt: skip


def _bodies() -> Iterator[dict[str, str]]:
    yield {
        "机构编码": GOVERNMENT, "名称": "云溪区人民政府", "简称": "区政府", "类别": "区县人民政府",
        "区划代码": DISTRICT_CODE, "公开电话": office_phone(GOVERNMENT), "办公地址": "云溪区望江路1号",
        "机构职能": "领导全区经济社会发展和政务公开工作",
    }  # fmt: skip
    for index, plan in enumerate(DEPARTMENTS):
        yield {
            "机构编码": f"yunxi-{plan.key}", "名称": plan.name, "简称": plan.short_name,
            "类别": "部门", "区划代码": DISTRICT_CODE, "主管机构编码": GOVERNMENT,
            "公开电话": office_phone(plan.key), "机构职能": plan.duty,
            "办公地址": f"云溪区{ROADS[index % len(ROADS)]}{index * 3 + 6}号",
            "别名": plan.name.removeprefix("云溪区"),
        }  # fmt: skip
    for township in TOWNSHIPS:
        yield from _township_bodies(township.code, township.name, township.kind == "street")
        for index, name in enumerate(township.communities, 1):
            code = f"{township.code[:9]}{index:03d}"
            yield _committee(
                code, f"{name}社区居民委员会", f"{name}社区居委会", "居民委员会", township.code
            )
        for index, name in enumerate(township.villages, 200):
            code = f"{township.code[:9]}{index:03d}"
            yield _committee(
                code, f"{name}村村民委员会", f"{name}村委会", "村民委员会", township.code
            )
            collective = _committee(
                code,
                f"{name}村股份经济合作社",
                f"{name}村经济合作社",
                "农村集体经济组织",
                township.code,
            )
            yield {**collective, "机构编码": f"yunxi-{code}-jt"}


def _township_bodies(code: str, name: str, is_street: bool) -> Iterator[dict[str, str]]:
    office = f"云溪区{name}办事处" if is_street else f"云溪区{name}人民政府"
    yield {
        "机构编码": f"yunxi-{code}", "名称": office, "简称": name, "类别": "乡镇人民政府、街道办事处",
        "区划代码": code, "主管机构编码": GOVERNMENT, "公开电话": office_phone(code),
        "办公地址": f"云溪区{name}政务路2号", "机构职能": f"负责{name}经济社会发展、公共服务和政务公开",
    }  # fmt: skip


def _committee(code: str, name: str, short: str, kind: str, township: str) -> dict[str, str]:
    return {
        "机构编码": f"yunxi-{code}", "名称": name, "简称": short, "类别": kind, "区划代码": code,
        "主管机构编码": f"yunxi-{township}", "公开电话": office_phone(code),
        "办公地址": f"云溪区{short[:-3]}党群服务中心一楼",
    }  # fmt: skip
