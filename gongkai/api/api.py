"""The API version 1 put together: read-only, typed, cacheable, no key needed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder

from gongkai.api.errors import error_response, shape_errors
from gongkai.api.routers import catalogue, disclosures, duties, log, places, searching

View = Callable[..., HttpResponseBase]

DESCRIPTION = """\
只读、免登录。答案是 JSON，时间为 ISO 8601。
列表用 `cursor` 翻页：把答案中的 `next` 作为下一次的 `cursor`。
每个答案带 `ETag`：再次请求时以 `If-None-Match` 送回，没有变化则答 304。
出错时答 `{"error": {"code", "message", "where", "remedy"}}`。
个人信息按网上公开的规则遮盖；撤回的信息答 410，理由见其 history。"""


class _PlainJSON(JSONRenderer):
    """JSON with Chinese written as itself."""

    encoder_class = NinjaJSONEncoder
    json_dumps_params: dict[str, Any] = {"ensure_ascii": False}
    charset = "utf-8"


def build() -> NinjaAPI:
    """The API with its resources and the one shape of errors."""
    built = NinjaAPI(
        title="政务公开开放接口",
        version="1",
        description=DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        urls_namespace="api-1",
        renderer=_PlainJSON(),
    )
    shape_errors(built)
    for module in (places, catalogue, duties, disclosures, searching, log):
        built.add_router("", module.router)
    return built


api = build()


def openapi() -> dict[str, Any]:
    """The description of the API by the OpenAPI standard, as plain JSON values."""
    described: dict[str, Any] = json.loads(
        json.dumps(api.get_openapi_schema(path_prefix="/api/v1"), cls=NinjaJSONEncoder)
    )
    return described


def guarded(view: View) -> View:
    """A view that only reads, refuses what no text can hold, and is open to other sites.

    HEAD is answered like GET (the server leaves the body away).
    """

    def guarded_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            response: HttpResponseBase = error_response(405, where=request.path)
            response.headers["Allow"] = "GET, HEAD, OPTIONS"
            return response
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return error_response(400, where=request.path, message="网址中有不允许的字符")
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response.headers["Allow"] = "GET, HEAD, OPTIONS"
        else:
            request.method = "GET"
            response = view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        return response

    guarded_view.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is ever written
    return guarded_view


def not_found(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address below the API."""
    return error_response(404, where=request.path)
