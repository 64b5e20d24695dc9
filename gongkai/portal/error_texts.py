"""The texts of refusals, in the words of the people who read them: what happened, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext, gettext_noop


@dataclass(frozen=True, slots=True)
class StatusText:
    """What is said for an HTTP status."""

    code: str
    title: str
    text: str


_BY_STATUS = {
    400: (
        "request.bad",
        gettext_noop("这个请求看不懂"),
        gettext_noop("网址或者填写的内容有误。请返回上一页检查后再试，或者从首页重新查找。"),
    ),
    403: (
        "request.forbidden",
        gettext_noop("您没有权限查看"),
        gettext_noop("这一页只对有相应职责的工作人员开放。如果您是工作人员，请先登录。"),
    ),
    404: (
        "request.not_found",
        gettext_noop("没有找到这一页"),
        gettext_noop("网址可能写错了，或者这一页已经搬走。可以在下面搜索您要找的内容。"),
    ),
    405: (
        "request.method",
        gettext_noop("这个网址不支持这样的操作"),
        gettext_noop("请返回上一页，用页面上的按钮重新操作。"),
    ),
    409: (
        "request.refused",
        gettext_noop("现在不能这样做"),
        gettext_noop("内容可能已被别人改动。请刷新页面，看到最新情况后再操作。"),
    ),
    410: (
        "disclosure.withdrawn",
        gettext_noop("这条信息已经撤回"),
        gettext_noop("发布机构已撤回这条信息，撤回的时间和理由公开如下。"),
    ),
    413: (
        "request.too_large",
        gettext_noop("文件太大"),
        gettext_noop("请把文件压缩或者分成几个，再重新上传。"),
    ),
    422: (
        "request.unreadable",
        gettext_noop("文件读不出来"),
        gettext_noop("请按提示换一种格式，或者重新导出后再上传。"),
    ),
    429: (
        "request.too_many",
        gettext_noop("操作太频繁"),
        gettext_noop("请稍等几分钟再试。"),
    ),
    500: (
        "server.error",
        gettext_noop("系统出了问题"),
        gettext_noop("这是我们的问题，不是您的问题，管理员会收到通知。请过几分钟再试。"),
    ),
    503: (
        "server.unavailable",
        gettext_noop("暂时不能使用"),
        gettext_noop("系统正在维护，请过几分钟再试。"),
    ),
}

_BY_CODE = {
    "form.expired": gettext_noop("页面放得太久，为了安全已经失效。请刷新页面后重新提交。"),
    "data.not_built": gettext_noop("数据文件正在生成，请过几分钟再来下载。"),
    "search.unavailable": gettext_noop("搜索暂时不能使用，请先按目录或者按机构查找。"),
}


def text_of_status(status: int) -> StatusText:
    """What is said for ``status``; unknown ones are told like the general case of their class."""
    general = 500 if status >= 500 else 400
    code, title, text = _BY_STATUS.get(status) or _BY_STATUS[general]
    return StatusText(code, gettext(title), gettext(text))


def text_of_code(code: str, facts: Mapping[str, Any]) -> str:
    """The text for ``code`` with its facts filled in, or "" where no app has a text for it."""
    template = _texts().get(code)
    if template is None:
        return ""
    try:
        return gettext(str(template)) % facts
    except (KeyError, TypeError, ValueError):
        return ""


@cache
def _texts() -> dict[str, str]:
    """Every app's ``messages.TEXTS``, by code; found by name, so that apps need not know us."""
    texts: dict[str, str] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("gongkai.") and module_has_submodule(config.module, "messages"):
            module = import_module(f"{config.name}.messages")
            texts |= {code: msgid(text) for code, text in getattr(module, "TEXTS", {}).items()}
    return texts | _BY_CODE


def msgid(text: Any) -> str:
    """The source text of a message, lazy or not."""
    arguments = getattr(text, "_args", None)
    return str(arguments[0]) if arguments else str(text)
