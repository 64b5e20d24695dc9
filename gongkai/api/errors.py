"""The one shape of every error of the API: what, where, and what to do."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from gongkai.base.errors import GongkaiError

_TEXTS = {
    400: ("request.bad", "请求无法理解", "请对照接口说明检查网址和参数"),
    403: ("request.forbidden", "没有权限", "开放接口只提供公开信息"),
    404: ("request.not_found", "没有这个地址或者这条记录", "请对照接口说明检查网址和编号"),
    405: ("request.method", "这个地址只能读取（GET、HEAD）", "请改用 GET"),
    410: ("disclosure.withdrawn", "这条信息已经撤回", "撤回的时间和理由见它的 history"),
    422: ("request.invalid", "参数不符合要求", "请按接口说明修改 where 所指的参数"),
    500: ("server.error", "服务器出错", "这是我们的问题；请稍后再试，或者把时间和网址告诉我们"),
}


def error_response(
    status: int, *, where: str = "", message: str = "", code: str = "", remedy: str = ""
) -> HttpResponse:
    """The answer of an error; what is not given is what is said of the status in general."""
    known = _TEXTS.get(status, _TEXTS[400 if status < 500 else 500])
    error = {
        "code": code or known[0],
        "message": message or known[1],
        "where": where,
        "remedy": remedy or known[2],
    }
    text = json.dumps({"error": error}, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/json; charset=utf-8")


class WithdrawnError(GongkaiError):
    """The record stood here and was withdrawn."""

    http_status = 410


def shape_errors(api: NinjaAPI) -> None:
    """Every error of ``api`` has the one shape."""

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        first: dict[str, Any] = error.errors[0] if error.errors else {}
        where = ".".join(str(part) for part in first.get("loc", ()) if part != "__root__")
        return error_response(422, where=where, message=f"参数不符合要求：{first.get('msg', '')}")

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
        return error_response(404, where=request.path)

    @api.exception_handler(GongkaiError)
    def refused(request: HttpRequest, error: GongkaiError) -> HttpResponse:
        return error_response(
            error.http_status,
            code=error.code,
            where=str(error.data.get("where", request.path)),
            message=str(error.data.get("message", "")),
            remedy=str(error.data.get("remedy", "")),
        )

    @api.exception_handler(HttpError)
    def stated(request: HttpRequest, error: HttpError) -> HttpResponse:
        return error_response(error.status_code, where=request.path, message=str(error))
