"""The text for people of every finding and refusal of this app, made from its code and facts."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext, gettext_noop

from gongkai.base.errors import GongkaiError
from gongkai.disclosures.findings import Finding

TEXTS: Final[dict[str, str]] = {
    # values against their schema
    "values.required": gettext_noop("“%(field)s”没有填写，请补上"),
    "values.unknown_field": gettext_noop("“%(field)s”不是这个模板的要素，请删除"),
    "values.not_a_list": gettext_noop("“%(field)s”应当每行一条"),
    "values.not_money": gettext_noop("“%(field)s”不是金额：%(value)s，请写成 1234.56"),
    "values.not_text": gettext_noop("“%(field)s”的内容不是文字，请重新填写"),
    "values.too_long": gettext_noop("“%(field)s”太长，请缩短"),
    "values.not_a_date": gettext_noop("“%(field)s”不是日期：%(value)s，请写成 2026-09-18"),
    "values.not_a_number": gettext_noop("“%(field)s”不是数字：%(value)s"),
    "values.not_a_choice": gettext_noop("“%(field)s”的选项无效：%(value)s，请重新选择"),
    "values.not_an_address": gettext_noop("“%(field)s”不是网址：%(value)s，请以 http 开头"),
    "values.not_a_table": gettext_noop("“%(field)s”应当是表格，请重新填写"),
    "values.too_many_rows": gettext_noop(
        "“%(field)s”超过 %(limit)s 行，请改用附件并在此填写汇总数"
    ),
    "values.unknown_column": gettext_noop("“%(field)s”没有“%(column)s”这一列，请删除"),
    "values.cell_required": gettext_noop("“%(field)s”第 %(row)s 行缺“%(column)s”"),
    "values.cell_not_money": gettext_noop(
        "“%(field)s”第 %(row)s 行“%(column)s”不是金额：%(value)s"
    ),
    "values.cell_not_text": gettext_noop("“%(field)s”第 %(row)s 行“%(column)s”不是文字"),
    "values.cell_not_a_list": gettext_noop("“%(field)s”第 %(row)s 行“%(column)s”应当是文字"),
    "values.cell_too_long": gettext_noop("“%(field)s”第 %(row)s 行“%(column)s”太长，请缩短"),
    "values.cell_not_a_date": gettext_noop(
        "“%(field)s”第 %(row)s 行“%(column)s”不是日期：%(value)s"
    ),
    "values.cell_not_a_number": gettext_noop(
        "“%(field)s”第 %(row)s 行“%(column)s”不是数字：%(value)s"
    ),
    "values.cell_not_a_choice": gettext_noop(
        "“%(field)s”第 %(row)s 行“%(column)s”选项无效：%(value)s"
    ),
    "values.cell_not_an_address": gettext_noop(
        "“%(field)s”第 %(row)s 行“%(column)s”不是网址：%(value)s"
    ),
    "values.sum_open": gettext_noop(
        "“%(field)s”第 %(row)s 行“%(column)s”写的是 %(stated)s，各项相加是 %(expected)s，请核对"
    ),
    "values.total_missing": gettext_noop("“%(field)s”没有“合计”行，请补上"),
    "values.not_balanced": gettext_noop(
        "“%(field)s”合计 %(expected)s，“%(other)s”合计 %(stated)s，两者应当相等"
    ),
    # gates
    "gate.fact_missing": gettext_noop("“%(field)s”没有填写，请补上"),
    "gate.text_missing": gettext_noop("正文和附件都是空的，请写正文或添加附件"),
    "gate.title_control": gettext_noop("标题里有换行或不可见字符，请重新输入"),
    "gate.dated_in_future": gettext_noop("成文日期 %(value)s 晚于今天，请核对"),
    "gate.notice_order": gettext_noop("公示结束日期 %(value)s 不晚于开始日期，请核对"),
    "gate.notice_too_short": gettext_noop(
        "公示结束日期 %(value)s 太早：目录要求“%(rule)s”，最早到 %(earliest)s"
    ),
    "gate.validity_order": gettext_noop("失效日期早于施行日期，请核对"),
    "gate.privacy": gettext_noop(
        "“%(field)s”里有%(kind)s（%(sample)s），公开前请删除或隐去中间的数字"
    ),
    "gate.privacy_cell": gettext_noop(
        "“%(field)s”第 %(row)s 行“%(column)s”里有%(kind)s（%(sample)s），请删除"
    ),
    "gate.privacy_attachment": gettext_noop(
        "附件“%(title)s”%(spot)s有%(kind)s（%(sample)s），请删除后重新上传"
    ),
    "gate.health": gettext_noop(
        "“%(field)s”第 %(row)s 行“%(column)s”写了病残情况（%(sample)s），名单里不能公开，请删除"
    ),
    "gate.attachment_unknown": gettext_noop("附件“%(title)s”没有上传成功，请重新上传"),
    "gate.attachment_unread": gettext_noop(
        "附件“%(title)s”是图片或扫描件，程序读不出文字，请人工核对是否含个人信息"
    ),
    "gate.paper_missing": gettext_noop("缺“%(paper)s”，请在“审查材料”里补上"),
    "gate.paper_stale": gettext_noop("“%(paper)s”审的是改动之前的内容，请按现在的内容重新审查"),
    "gate.paper_in_future": gettext_noop("“%(paper)s”的签字日期晚于今天，请核对"),
    "gate.formula": gettext_noop(
        "“%(field)s”以“%(sample)s”开头，导出表格后会被当作公式执行，请改写"
    ),
    "gate.unsafe_text": gettext_noop("正文里有不允许的代码，请保存一次草稿后再提交"),
    # refusals of acts
    "access.no_mandate": gettext_noop("您没有这个机构的相应授权，请联系管理员"),
    "disclosures.unknown_template": gettext_noop("没有“%(template)s”这个模板"),
    "disclosures.only_through_review": gettext_noop("内容只能经审核流程公开，不能直接发布"),
    "disclosures.gates_closed": gettext_noop("还有 %(n)s 处需要改正，暂时不能提交或发布"),
    "disclosures.not_editable": gettext_noop("审核中的内容不能修改，请先等待审核结果或撤回提交"),
    "disclosures.withdrawn": gettext_noop("这条信息已经撤回，请新建一条"),
    "disclosures.no_draft": gettext_noop("没有待提交的草稿，请先修改并保存"),
    "disclosures.nothing_changed": gettext_noop("内容与已公开的版本相同，不需要更正"),
    "disclosures.reason_required": gettext_noop("请写明理由，理由会向社会公开"),
    "disclosures.reason_private": gettext_noop(
        "理由里有个人号码（%(sample)s）。理由会永久公开，请删去号码后再提交"
    ),
    "disclosures.not_in_review": gettext_noop("这条信息现在不在审核中，可能已被其他人处理"),
    "disclosures.changed_since_submitted": gettext_noop("内容在提交后有改动，请退回后重新提交"),
    "disclosures.not_your_step": gettext_noop("当前环节不由您审核"),
    "disclosures.own_work": gettext_noop("不能审核自己起草或提交的内容，请由其他人审核"),
    "disclosures.second_step": gettext_noop("您已审过前一环节，同一人不能连审两个环节"),
    "disclosures.comment_required": gettext_noop("退回时请写明意见"),
    "disclosures.not_approved": gettext_noop("这一版没有通过全部审核环节，不能发布"),
    "disclosures.state_changed": gettext_noop("这条信息刚刚被其他人改动，请刷新后重试"),
    "disclosures.not_public": gettext_noop("这条信息没有公开，不需要这个操作"),
    "disclosures.scheduled_in_past": gettext_noop("定时发布的时间已经过去，请重新选择"),
    "disclosures.expiry_in_past": gettext_noop("到期时间应当晚于现在和发布时间"),
    "disclosures.not_yet_due": gettext_noop("还没有到定时发布的时间"),
    "disclosures.code_taken": gettext_noop("公开编号重复，请重试"),
    "disclosures.duty_elsewhere": gettext_noop("这项公开义务属于其他机构"),
    "disclosures.foreign_step": gettext_noop("审核流程里有其他类型的环节，请管理员改正"),
    "disclosures.not_seen": gettext_noop("公开页面还看不到这一版，稍后会再次取证"),
    "disclosures.no_parent_body": gettext_noop("该机构没有上级机构，无法确定由谁审核"),
    "disclosures.review_name": gettext_noop("请给这个审核流程起个名字"),
    "disclosures.review_name_taken": gettext_noop("已经有叫“%(name)s”的审核流程，请换个名字"),
    "disclosures.review_steps": gettext_noop("请写 1 到 %(most)s 个审核环节"),
    "disclosures.no_steps": gettext_noop("“%(name)s”没有可用的审核环节，请选别的流程"),
    # attachments
    "attachment.empty": gettext_noop("“%(name)s”是空文件，请重新选择"),
    "attachment.too_large": gettext_noop("“%(name)s”超过 %(limit)s MB，请压缩或拆分"),
    "attachment.unknown_type": gettext_noop(
        "“%(name)s”的内容不是可以公开的类型，请用 pdf、docx、xlsx、xls、csv、txt 或图片"
    ),
    "attachment.type_mismatch": gettext_noop(
        "“%(name)s”的内容其实是 %(found)s，与扩展名不符，请用原来的程序另存后再上传"
    ),
    "attachment.macros": gettext_noop("“%(name)s”带有宏，请另存为不带宏的文件"),
    "attachment.zip_bomb": gettext_noop("“%(name)s”解压后过大，疑似恶意文件，没有保存"),
    "attachment.path_trick": gettext_noop("“%(name)s”内部的路径不正常，没有保存"),
    "attachment.encrypted": gettext_noop("“%(name)s”有密码，请去掉密码后上传"),
    "attachment.active_content": gettext_noop("“%(name)s”含脚本或内嵌程序，请另存为普通文件"),
    "attachment.damaged": gettext_noop("“%(name)s”打不开，请重新导出后上传"),
    "attachment.too_many": gettext_noop("附件超过 %(limit)s 个，请合并或分条公开"),
    # import
    "import.unreadable": gettext_noop(
        "读不懂这个文件：%(name)s，请用 xlsx、csv、Atom、RSS 或 JSON Feed"
    ),
    "import.no_title_column": gettext_noop("表头里没有“标题”列，请按模板填写"),
    "import.title_missing": gettext_noop("缺标题"),
    "import.bad_date": gettext_noop("“%(column)s”不是日期：%(value)s"),
    "import.date_in_future": gettext_noop("原发布日期 %(value)s 晚于今天"),
    "import.unknown_body": gettext_noop("没有“%(value)s”这个机构，请先登记或改用机构编码"),
    "import.unknown_item": gettext_noop("现行目录里没有唯一的事项“%(value)s”，已留空"),
    "import.unknown_domain": gettext_noop("没有“%(value)s”这个领域，已留空"),
    "import.unknown_template": gettext_noop("没有“%(value)s”这个模板"),
    "import.too_many_rows": gettext_noop("超过 %(limit)s 行，请拆分后导入"),
    "import.changed": gettext_noop("“%(value)s”在原网站上改过，请在工作台更正"),
    "import.title_too_long": gettext_noop("标题超过 300 字，请缩短"),
}

KINDS: Final[dict[str, str]] = {
    "resident_id": gettext_noop("身份证号"),
    "mobile": gettext_noop("手机号"),
    "bank_card": gettext_noop("银行卡号"),
    "health": gettext_noop("病残情况"),
}
"""What the privacy scan finds, in words."""


def text_of(code: str, facts: dict[str, Any]) -> str:
    """The sentence for a person, in the language of the request."""
    if code not in TEXTS:
        return gettext("不能这样操作（%(code)s）") % {"code": code}
    translated = {name: _shown(name, value) for name, value in facts.items()}
    try:
        return gettext(TEXTS[code]) % translated
    except KeyError:
        return gettext(TEXTS[code])


def finding_text(finding: Finding) -> str:
    """The sentence for a finding."""
    return text_of(finding.code, finding.facts)


def error_text(error: GongkaiError) -> str:
    """The sentence for a refusal."""
    return text_of(error.code, error.data)


def _shown(name: str, value: Any) -> Any:
    """A fact as people read it: kinds and the names of fields in the language of the request."""
    if name == "kind" and value in KINDS:
        return gettext(KINDS[value])
    is_name = name in {"field", "other", "column", "paper"} and isinstance(value, str) and value
    return gettext(value) if is_name else value
