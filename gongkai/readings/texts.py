"""The sentences of refused acts on readings and catalogues, for people."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.base.errors import GongkaiError
from gongkai.readings.messages import text_of_code

ERRORS: Mapping[str, object] = {
    "reading.refused": _("“%(name)s”无法读入：%(why)s %(send_instead)s"),
    "reading.not_open": _("“%(title)s”已经确认或放弃，不能再改。请刷新页面。"),
    "reading.questions_open": _("还有%(n)s个疑问没有处理，处理完或标为“不详”后再确认。"),
    "reading.domain_missing": _("还没有指定领域，请先指定。"),
    "reading.answer_wrong": _("这个答复不适用于该栏目，请重新填写。"),
    "reading.answer_wrong.empty": _("请填写内容，或选择“不详”“略去”。"),
    "reading.answer_wrong.not_understood": _("填写的内容仍无法理解，请按常用写法改写。"),
    "reading.answer_wrong.no_row_above": _("该栏目不能沿用上一行。"),
    "catalogue.empty": _("“%(title)s”没有任何事项，不能确认。"),
    "catalogue.adopted_meanwhile": _("同一领域的目录刚刚被更新，请重新比较后再确认。"),
    "access.no_mandate": _("您没有对该机构办理此事的授权。请联系系统管理员。"),
}

WHY: Mapping[str, object] = {
    "domain_unknown": _("标题没有写明属于哪个领域"),
    "cell_borders_lost": _("这一格的边界丢失，不能确定属于哪一栏"),
    "fragment_of_row": _("这些文字可能属于上一行，请指定栏目"),
    "channel_tick_unknown": _("没有勾选符号，不知道是否勾选"),
}


def error_text(error: GongkaiError) -> str:
    """The sentence for a refused act; what is not listed is told by its code."""
    why = error.data.get("why")
    sentence = ERRORS.get(f"{error.code}.{why}") or ERRORS.get(error.code)
    return str(error) if sentence is None else str(sentence) % error.data


def why_text(code: str) -> str:
    """Why the reader asks, in the language of the page."""
    if code in WHY:
        return str(WHY[code])
    return text_of_code(code, "en" if (get_language() or "zh").startswith("en") else "zh")
