"""Pages and JSON for what could not be done: by code where we have one, else by HTTP status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader

from gongkai.portal.error_texts import text_of_code, text_of_status


def wants_json(request: HttpRequest) -> bool:
    """Whether the asker is a program: by address, or by what it says it accepts."""
    if request.path_info.startswith(("/api/", "/v/")) or request.path_info.endswith(".json"):
        return True
    accepts = request.headers.get("Accept", "")
    return "application/json" in accepts and "text/html" not in accepts


def error_response(
    request: HttpRequest,
    status: int,
    *,
    code: str = "",
    facts: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """A refusal told to a person (a page in the look) or to a program (the one JSON shape)."""
    by_status = text_of_status(status)
    text = (text_of_code(code, facts or {}) if code else "") or by_status.text
    shown_code = code or by_status.code
    if wants_json(request):
        error = {"code": shown_code, "text": text, "data": _plain(facts or {})}
        return JsonResponse(
            {"error": error}, status=status, json_dumps_params={"ensure_ascii": False}
        )
    context = {
        "title": by_status.title,
        "text": text,
        "code": shown_code if code else "",
        "status": status,
        "is_error_page": True,
    }
    return HttpResponse(loader.render_to_string("error.html", context, request), status=status)


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as JSON values; what JSON does not know is given as text."""
    known = (str, int, float, bool, type(None), list, dict)
    return {
        name: value if isinstance(value, known) else str(value) for name, value in facts.items()
    }


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return error_response(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return error_response(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return error_response(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; the page asks nothing of the database, and does without the look where that fails."""
    try:
        return error_response(request, 500)
    except Exception:  # noqa: BLE001  # the last edge: whatever broke the page broke this one too
        said = text_of_status(500)
        return HttpResponse(
            f"<!doctype html><title>{said.title}</title><h1>{said.title}</h1><p>{said.text}</p>",
            status=500,
        )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that lost its token: the remedy is to load the page again."""
    return error_response(request, 403, code="form.expired")
