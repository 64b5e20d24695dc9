"""The texts of refusals and remarks about places, for people; every text says what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.base.errors import GongkaiError
from gongkai.places.schema import Problem

TEXTS: Mapping[str, object] = {
    "place.code_invalid": _("“%(value)s”不是有效的12位区划代码，请核对位数和各级编码。"),
    "place.credit_code_invalid": _("统一社会信用代码“%(value)s”校验不通过，请核对后重填。"),
    "place.import_refused": _("表格中有错误，未导入任何内容。请按下列位置改正后重新导入。"),
    "place.not_xlsx": _("这不是 xlsx 表格。请用 Excel 或 WPS 另存为 .xlsx 后再导入。"),
    "place.too_large": _("表格过大，超过处理上限。请分成几个文件导入。"),
    "place.has_children": _("“%(name)s”下面还有现行区划，请先为它们换码或办理撤销。"),
    "place.not_current": _("“%(name)s”已经停用，不能再次变更。"),
    "place.date_too_early": _("生效日期不得早于“%(name)s”的启用日期。"),
    "place.code_taken": _("代码“%(value)s”已被现行区划使用，请换用新代码。"),
    "place.wrong_parent": _("代码“%(value)s”的上级区划不存在，请先建立上级。"),
    "place.wrong_level": _("代码“%(value)s”与原区划不属同一层级。"),
    "place.too_few": _("请至少选择两个区划。"),
    "place.unchanged": _("新名称与原名称相同。"),
    "sheet_missing": _("缺少工作表“%(value)s”。请使用导出的表格作为模板。"),
    "column_missing": _("缺少“%(value)s”列。请使用导出的表格作为模板。"),
    "required": _("此格必填。"),
    "not_a_date": _("“%(value)s”不是日期，请写成 2026-01-31。"),
    "not_a_number": _("“%(value)s”不是整数。"),
    "unknown_choice": _("“%(value)s”不在可选范围内：%(choices)s。"),
    "too_long": _("内容过长，最多%(limit)s字。"),
    "dates_reversed": _("停用日期早于启用日期。"),
    "repeated": _("与第%(other)s行重复。"),
    "level_differs": _("代码所示层级是“%(expected)s”，与填写的层级不符。"),
    "kind_unusual": _("代码段通常用于“%(expected)s”，请确认类别无误。"),
    "class_unknown": _("城乡分类“%(value)s”不在国家标准代码内。"),
    "parent_missing": _("找不到上级区划，请先列出上级。"),
    "validity_overlaps": _("同一代码的有效期重叠，请先为旧区划写明停用日期。"),
    "successor_missing": _("去向“%(value)s”不在表中，也不在库中。"),
    "successor_form": _("去向“%(value)s”写法不对，应为“更名:439901101200@2026-01-01”。"),
    "division_missing": _("区划代码“%(value)s”不存在，请先在“区划”表中列出。"),
    "body_parent_missing": _("主管机构“%(value)s”不存在。"),
    "body_parent_loop": _("主管机构互相指向，无法确定上下级。"),
    "code_form": _("机构编码只能用小写字母、数字和连字符。"),
    "credit_code_taken": _("统一社会信用代码与机构“%(other)s”相同。"),
}  # fmt: skip


def text_of(code: str, facts: Mapping[str, object]) -> str:
    """The sentence for ``code``; the code itself where no sentence exists (a test forbids it)."""
    sentence = TEXTS.get(code)
    return gettext(code) if sentence is None else str(sentence) % facts


def problem_text(problem: Problem) -> str:
    """The sentence for one cell with its place: sheet, row, column."""
    place = " ".join(
        part
        for part in (
            problem.sheet,
            gettext("第%(row)d行") % {"row": problem.row} if problem.row else "",
            gettext("“%(column)s”列") % {"column": problem.column} if problem.column else "",
        )
        if part
    )
    return f"{place}：{text_of(problem.code, problem.facts)}"


def error_text(error: GongkaiError) -> str:
    """The sentence for a refused act on places."""
    return text_of(error.code, error.data)
