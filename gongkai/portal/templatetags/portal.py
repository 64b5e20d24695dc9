"""How facts are written on pages: dates, sizes, states, ranges. Display only, no rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from gongkai.disclosures.record_templates import registry
from gongkai.disclosures.states import DisclosureState, Validity
from gongkai.duties.queries import StateCounts
from gongkai.duties.states import DutyState
from gongkai.places.models import BodyKind

register = template.Library()

DUTY_WORDS = {
    DutyState.EXPECTED: gettext_noop("还没到期"),
    DutyState.DUE: gettext_noop("近日应公开"),
    DutyState.OVERDUE: gettext_noop("逾期未公开"),
    DutyState.MET: gettext_noop("按时公开"),
    DutyState.MET_LATE: gettext_noop("迟了，已公开"),
    DutyState.WAIVED: gettext_noop("已免除"),
    DutyState.NOTHING_OCCURRED: gettext_noop("本期没有"),
}
_DUTY_CLASSES = {
    DutyState.DUE: "coming",
    DutyState.OVERDUE: "overdue",
    DutyState.MET: "done",
    DutyState.MET_LATE: "done",
    DutyState.NOTHING_OCCURRED: "done",
}
_STATE_WORDS = {
    DisclosureState.CORRECTED: (gettext_noop("已更正"), "coming"),
    DisclosureState.EXPIRED: (gettext_noop("已到期"), "gone"),
    DisclosureState.WITHDRAWN: (gettext_noop("已撤回"), "gone"),
}
_VALIDITY_WORDS = {
    Validity.IN_FORCE: (gettext_noop("现行有效"), "done"),
    Validity.REPEALED: (gettext_noop("已废止"), "gone"),
    Validity.LAPSED: (gettext_noop("已失效"), "gone"),
}
TEMPLATE_WORDS = {
    "article": gettext_noop("一般信息"),
    "policy_document": gettext_noop("政策文件"),
    "notice": gettext_noop("通知公告"),
    "result_list": gettext_noop("结果名单"),
    "service_guide": gettext_noop("办事指南"),
    "organisation_profile": gettext_noop("机构概况"),
    "budget_account": gettext_noop("预算决算"),
}
KIND_WORDS = {
    BodyKind.GOVERNMENT: gettext_noop("区人民政府"),
    BodyKind.DEPARTMENT: gettext_noop("区级部门"),
    BodyKind.TOWNSHIP_GOVERNMENT: gettext_noop("镇街"),
    BodyKind.VILLAGE_COMMITTEE: gettext_noop("村民委员会"),
    BodyKind.RESIDENTS_COMMITTEE: gettext_noop("居民委员会"),
    BodyKind.COLLECTIVE: gettext_noop("农村集体经济组织"),
    BodyKind.PUBLIC_INSTITUTION: gettext_noop("公共企事业单位"),
}
_EVENTS = {
    "published": gettext_noop("发布"),
    "corrected": gettext_noop("更正"),
    "withdrawn": gettext_noop("撤回"),
}


@register.simple_tag
def duty_state(state: str) -> SafeString | str:
    """The state of a duty as a labelled mark; nothing for an unknown state."""
    if state not in DutyState.values:
        return ""
    known = DutyState(state)
    return _mark(gettext(DUTY_WORDS[known]), _DUTY_CLASSES.get(known, ""))


@register.simple_tag
def duty_word(state: str) -> str:
    """The state of a duty in words."""
    return gettext(DUTY_WORDS[DutyState(state)]) if state in DutyState.values else ""


@register.simple_tag
def record_state(state: str) -> SafeString | str:
    """A mark for records that are not simply published."""
    words = _STATE_WORDS.get(DisclosureState(state)) if state in DisclosureState.values else None
    return _mark(gettext(words[0]), words[1]) if words else ""


@register.simple_tag
def validity(value: str) -> SafeString | str:
    """A mark for the legal force of a document."""
    words = _VALIDITY_WORDS.get(Validity(value)) if value in Validity.values else None
    return _mark(gettext(words[0]), words[1]) if words else ""


@register.filter
def template_word(name: str) -> str:
    """The kind of a record in words."""
    if name in TEMPLATE_WORDS:
        return gettext(TEMPLATE_WORDS[name])
    found = registry().get(name)
    return found.label if found else name


@register.filter
def validity_word(value: str) -> str:
    """The legal force of a document in words."""
    words = _VALIDITY_WORDS.get(Validity(value)) if value in Validity.values else None
    return gettext(words[0]) if words else ""


@register.filter
def kind_word(kind: str) -> str:
    """The kind of a body in words."""
    return gettext(KIND_WORDS[BodyKind(kind)]) if kind in BodyKind.values else ""


@register.filter
def act_word(kind: str) -> str:
    """A public act in words."""
    return gettext(_EVENTS[kind]) if kind in _EVENTS else kind


@register.filter
def day(value: dt.date | dt.datetime | None) -> SafeString | str:
    """A date as <time>2026-09-18</time>, in the district's zone."""
    if value is None:
        return ""
    on = timezone.localtime(value).date() if isinstance(value, dt.datetime) else value
    return format_html('<time datetime="{0}">{0}</time>', on.isoformat())


@register.filter
def moment(value: dt.datetime | None) -> SafeString | str:
    """A time as <time>2026-09-18 16:30</time>, in the district's zone."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        local.strftime("%Y-%m-%d %H:%M"),
    )


@register.filter
def file_size(size: int) -> str:
    """Bytes as people say them: 340 KB, 1.2 MB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"


@register.filter
def percent(value: float | None) -> str:
    """A rate as 97.3%; a dash where nothing was owed. Never rounded up to 100."""
    if value is None:
        return "—"
    return f"{int(value * 1000) / 10:g}%"


@register.filter
def count_of(counts: StateCounts | None, state: str) -> int:
    """How many are in ``state``."""
    return counts.of(DutyState(state)) if counts else 0


@register.filter
def of_pair(values: dict[str, Any], name: str) -> Any:
    """``values[name]``."""
    return values.get(name, "")


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """The query of this page with ``changes``; an empty value takes a parameter away."""
    request: HttpRequest | None = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name in ("page", "before", "after"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def feed_address(context: template.Context) -> str:
    """The feed of this list: the same path and query under /feeds."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name in ("page", "before", "after", "view"):
        query.pop(name, None)
    return f"/feeds{request.path_info}" + (f"?{query.urlencode()}" if query else "")


@register.inclusion_tag("portal/parts/bar.html")
def state_bar(counts: StateCounts) -> dict[str, Any]:
    """How the owed duties stand, as a bar of three parts (its words stand beside it)."""
    total = counts.n_owed or 1
    on_time = counts.of(DutyState.MET) * 100 / total
    late = counts.of(DutyState.MET_LATE) * 100 / total
    overdue = counts.of(DutyState.OVERDUE) * 100 / total
    return {
        "counts": counts,
        "on_time": f"{on_time:.2f}",
        "late": f"{late:.2f}",
        "late_from": f"{on_time:.2f}",
        "overdue": f"{overdue:.2f}",
        "overdue_from": f"{on_time + late:.2f}",
    }


def _mark(word: str, kind: str) -> SafeString:
    return format_html('<span class="state{}">{}</span>', f" state--{kind}" if kind else "", word)
