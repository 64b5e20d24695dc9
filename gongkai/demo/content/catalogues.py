"""The rows of the demo catalogues, made from the plans in ``domains.py``: the truth behind the files."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.demo.content.domains import COUNTY, TOWNSHIP, DomainPlan
from gongkai.demo.content.places import DEPARTMENTS

REGULATION = ("中华人民共和国政府信息公开条例", "国务院令第711号")

GUIDE = "事项名称;设定依据;申请条件;办理材料;办理流程;办理时限;收费标准;办理地点和时间;咨询电话"
GROUPS: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    (
        "政策法规文件",
        "文件名称;文号;发文机关;全文",
        ("website", "new_media", "reading_point"),
        "全社会",
    ),
    ("办事指南", GUIDE, ("website", "service_centre", "convenience_point"), "全社会"),
    ("受理情况", "受理时间;受理数量;受理方式", ("website",), "全社会"),
    ("审核信息", "初审结果;公示时间;异议反馈方式;监督电话", ("website", "board"), "全社会"),
    ("办理结果", "申请人(隐去部分信息);办理结果;办结日期", ("website", "service_centre"), "全社会"),
    ("监督检查", "检查计划;检查情况;处理结果", ("website", "new_media"), "全社会"),
    ("常见问题", "常见问题;解答;解答部门;更新日期", ("website", "new_media"), "全社会"),
)
"""The rows that every service has: suffix, contents, usual channels, audience."""

COMMON: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "综合信息",
        "机构职能",
        "机构名称;职责;内设机构;负责人;办公地址;办公时间;联系电话",
        ("website", "reading_point"),
    ),
    ("综合信息", "权责清单", "事项名称;类别;依据;实施主体", ("website",)),
    ("综合信息", "年度工作计划", "总体要求;重点任务;责任分工", ("website",)),
    ("综合信息", "年度工作总结", "完成情况;存在问题;下步打算", ("website",)),
    ("政策文件", "法律法规", "法律;行政法规;地方性法规", ("website", "reading_point")),
    ("政策文件", "部门规章", "规章名称;文号;全文", ("website", "reading_point")),
    ("政策文件", "规范性文件", "文件名称;文号;有效期;全文", ("website", "gazette", "new_media")),
    (
        "政策文件",
        "政策解读",
        "背景依据;主要内容;适用范围;新旧对比",
        ("website", "new_media", "press_conference"),
    ),
    ("政策文件", "征求意见", "草案;起草说明;起止时间;反馈渠道", ("website", "new_media")),
    ("公众参与", "回应关切", "热点问题;回应内容;责任部门", ("website", "new_media")),
    (
        "公众参与",
        "咨询投诉渠道",
        "咨询电话;投诉电话;来信地址;办理时限",
        ("website", "service_centre", "other"),
    ),
)
"""The rows that every catalogue opens with."""


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One row as it should come out of the reading."""

    level1: str
    level2: str
    contents: tuple[str, ...]
    basis: tuple[tuple[str, str], ...]
    deadline: str
    bodies: tuple[str, ...]
    channels: frozenset[str]
    audience_group: str  # "" = the whole society
    is_proactive: bool
    levels: tuple[bool, bool]  # county, township


@dataclass(frozen=True, slots=True)
class DemoCatalogue:
    """One catalogue: who keeps it, its domain, its rows."""

    body_key: str  # department key, or "township"
    domain: str
    title: str
    rows: tuple[CatalogueRow, ...]


def county_catalogues() -> tuple[DemoCatalogue, ...]:
    """The 30 catalogues of the district's departments."""
    return tuple(
        DemoCatalogue(
            plan.department,
            plan.name,
            f"云溪区{plan.name}领域基层政务公开标准目录",
            _rows(plan, _department_name(plan.department)),
        )
        for plan in COUNTY
    )


def township_catalogues() -> tuple[DemoCatalogue, ...]:
    """The 10 catalogues that hold for every township and street."""
    plans = {plan.name: plan for plan in COUNTY}
    return tuple(
        DemoCatalogue(
            "township",
            name,
            f"云溪区乡镇(街道){name}领域基层政务公开标准目录",
            _township_rows(plans[name]),
        )
        for name in TOWNSHIP
    )


def _department_name(key: str) -> str:
    return next(plan.short_name for plan in DEPARTMENTS if plan.key == key)


def _rows(plan: DomainPlan, body: str) -> tuple[CatalogueRow, ...]:
    bodies = (body, "各乡镇人民政府(街道办事处)") if plan.with_township else (body,)
    levels = (True, plan.with_township)
    basis = (REGULATION, *plan.laws)
    rows = [
        CatalogueRow(l1, l2, _parts(contents), basis[:1] + plan.laws[:1], plan.deadline, (body,), _on(channels), "", True, (True, False))
        for l1, l2, contents, channels in COMMON
    ]  # fmt: skip
    for service in plan.services:
        for suffix, contents, channels, _audience in GROUPS:
            is_result = suffix in {"审核信息", "办理结果"}
            rows.append(
                CatalogueRow(
                    service, f"{service}{suffix}", _parts(contents), basis, plan.deadline,
                    bodies if is_result else (body,), _on(channels),
                    "", True, levels if is_result else (True, False),
                )
            )  # fmt: skip
    rows += [
        CatalogueRow("重点信息", name, _parts(f"{name}名称;主要内容;形成日期;责任单位"), basis, plan.deadline, (body,), _on(("website", "new_media")), "", True, (True, False))
        for name in plan.lists
    ]  # fmt: skip
    rows += [
        CatalogueRow(own.level1, own.level2, _parts(own.contents), basis, own.deadline, bodies, _on(("website", "board")), _group_of(own.level2), True, levels)
        for own in plan.own
    ]  # fmt: skip
    return tuple(_unique(rows))


def _township_rows(plan: DomainPlan) -> tuple[CatalogueRow, ...]:
    body = "乡镇人民政府(街道办事处)"
    basis = (REGULATION, *plan.laws)
    rows = [
        CatalogueRow("政策文件", f"{plan.name}政策", _parts("文件名称;主要内容;全文"), basis, plan.deadline, (body,), _on(("website", "board", "convenience_point")), "", True, (False, True)),
        CatalogueRow("工作信息", f"{plan.name}季度工作情况", _parts("工作进展;资金使用;受益人数"), basis, "每季度公布一次", (body,), _on(("website", "board")), "", True, (False, True)),
        CatalogueRow("工作信息", "监督举报方式", _parts("监督电话;受理部门;办理时限"), basis, "长期公开", (body,), _on(("website", "board")), "", True, (False, True)),
    ]  # fmt: skip
    rows += [
        CatalogueRow(name, f"{name}{suffix}", _parts(contents), basis, plan.deadline, (body,), _on(channels), "", True, (False, True))
        for name in plan.services[:6]
        for suffix, contents, channels in (
            ("办理指引", GUIDE, ("website", "convenience_point", "visit")),
            ("初审结果", "初审对象;初审意见;公示时间;监督电话", ("website", "board")),
        )
    ]  # fmt: skip
    rows += [
        CatalogueRow("重点信息", name, _parts(f"{name}名称;主要内容;形成日期;责任单位"), basis, plan.deadline, (body,), _on(("website", "board")), "", True, (False, True))
        for name in plan.lists[:3]
    ]  # fmt: skip
    return tuple(_unique(rows))


def _group_of(name: str) -> str:
    groups = {"分户补偿结果": "被征收人", "听证": "面向拟征收土地所在地的村集体成员"}
    return groups.get(name, "")


def _parts(contents: str) -> tuple[str, ...]:
    return tuple(contents.split(";"))


def _on(channels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(channels)


def _unique(rows: list[CatalogueRow]) -> list[CatalogueRow]:
    seen: dict[tuple[str, str], CatalogueRow] = {}
    for row in rows:
        seen.setdefault((row.level1, row.level2), row)
    return list(seen.values())
