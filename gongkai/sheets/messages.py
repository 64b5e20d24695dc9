"""The texts of this app's refusals."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

TEXTS: Final[dict[str, str]] = {
    "sheets.no_fonts": gettext_noop(
        "这台服务器还没有安装排版用的中文字体，暂时不能生成 PDF。"
        "网页内容不受影响，可以先用浏览器打印。"
        "管理员安装系统软件包 %(package)s 后即可使用，不用重启。"
    ),
    "sheets.not_typeset": gettext_noop(
        "这份 PDF 暂时没有生成出来。网页内容不受影响，可以先用浏览器打印，过几分钟再试。"
    ),
}
