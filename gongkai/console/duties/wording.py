"""What a refusal on a duty says to the person, and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.base.errors import GongkaiError

TEXTS = {
    "duties.reason_missing": _("请写明理由。理由会与您的姓名一起留存。"),
    "duties.reason_too_long": _("理由太长了，请控制在 %(limit)s 字以内。"),
    "duties.not_open": _("这项义务刚刚已被办结或改动，没有作任何更改。请刷新页面后再看。"),
    "duties.not_closed": _("这项义务没有被免除，也没有说明“本期无此项”，无需恢复。"),
    "duties.not_later": _("新期限必须晚于现在的期限（%(due_on)s）。"),
    "duties.not_a_period": _("只有定期公开的义务才能说明“本期无此项”。"),
    "duties.period_not_over": _("本期到 %(ends_on)s 才结束，结束之前还不能说明“本期无此项”。"),
    "duties.item_not_owed": _("现行目录里，%(body)s 不负责公开“%(item)s”。请核对机构和事项。"),
    "duties.no_event_rule": _("该事项按期公开，不按事件起算，不需要登记事件。"),
    "duties.unknown_subject": _("请从目录列出的几类信息中选一类。"),
    "duties.title_missing": _("请写明发生了什么事，例如印发了哪个文件。"),
    "duties.title_too_long": _("事由太长了，请控制在 %(limit)s 字以内。"),
    "duties.day_missing": _("请填写日期，例如 2026-09-18。"),
    "duties.day_to_come": _("发生日期不能晚于今天。"),
    "duties.view_name_missing": _("请给这个视图起个名字。"),
    "duties.view_too_long": _("名字或条件太长了，名字请控制在 40 字以内。"),
    "duties.too_many_views": _("最多保存 %(limit)s 个视图，请先删去不用的。"),
    "duties.reminder_days": _(
        "请写 1 到 %(longest)s 之间的天数，最多 %(most)s 个，例如：15、5、1。"
    ),
    "duties.not_a_district": _("只有区级机构可以调整工作日历。"),
    "access.no_mandate": _("您没有代这个机构办理此事的授权。需要的话，请联系区政务公开办。"),
}


def wording(error: GongkaiError) -> str:
    """The text of ``error`` in the person's language."""
    text = TEXTS.get(error.code)
    if text is None:
        return gettext("没有办成：%(code)s。没有作任何更改。") % {"code": error.code}
    return str(text) % {name: str(value) for name, value in error.data.items()}
