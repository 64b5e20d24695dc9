"""What every answer passes through: presentation by address, security policy, errors as pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.template.response import SimpleTemplateResponse
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

from gongkai.base.errors import GongkaiError
from gongkai.portal import presentation
from gongkai.portal.error_pages import error_response
from gongkai.portal.traditional import traditional_html

Answer = Callable[[HttpRequest], HttpResponse]

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
"""The portal runs no script and no style that is not a file of its own."""

OWN_POLICY = ("/console/", "/api/")
"""Surfaces that set a policy themselves."""


class SecurityPolicyMiddleware:
    """Give every answer of the portal its Content-Security-Policy and related headers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers set where the view has not."""
        response = self.get_response(request)
        if not request.path_info.startswith(OWN_POLICY):
            response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
            response.headers.setdefault(
                "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
            )
        return response


class PresentationMiddleware:
    """Take language and view from the address, so that one address has exactly one page.

    The prefix becomes the script prefix: every ``{% url %}`` of the page keeps it. The console
    keeps Django's own choice of language (profile, cookie, header); its pages are never cached.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.console = LocaleMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the presentation of the address."""
        shown, path = presentation.split_path(request.path_info)
        request.presentation = shown  # type: ignore[attr-defined]
        if request.path_info.startswith("/console/"):
            return cast(HttpResponse, self.console(request))
        if shown.prefix and (not path or path.startswith(presentation.UNPREFIXED)):
            return self._one_form_only(request, shown, path)
        request.path_info = path
        outer_prefix, outer_language = get_script_prefix(), translation.get_language()
        set_script_prefix(shown.prefix + "/")
        translation.activate(shown.gettext_language)
        try:
            response = self.get_response(request)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response.render()
        finally:
            set_script_prefix(outer_prefix)
            translation.activate(outer_language or settings.LANGUAGE_CODE)
        response.headers.setdefault("Content-Language", shown.html_language)
        if shown.language == presentation.TRADITIONAL:
            _convert(response)
        return response

    @staticmethod
    def _one_form_only(
        request: HttpRequest, shown: presentation.Presentation, path: str
    ) -> HttpResponse:
        """Send ``/en`` to ``/en/`` and ``/en/console/…`` to ``/console/…``."""
        target = "/" + path.lstrip("/") if path else shown.prefix + "/"
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{target}?{query}" if query else target)


class ErrorMiddleware:
    """Turn a refusal (``GongkaiError``) into a page or JSON that says what to do."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; refusals are handled in ``process_exception``."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to a refusal; any other exception is left to Django."""
        if isinstance(exception, GongkaiError):
            return error_response(
                request, exception.http_status, code=exception.code, facts=exception.data
            )
        if isinstance(exception, SuspiciousOperation):
            return error_response(request, 400)
        return None


def _convert(response: HttpResponse) -> None:
    """Turn an HTML answer into traditional characters."""
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    if response.streaming or not is_html:
        return
    response.content = traditional_html(response.content.decode(response.charset)).encode(
        response.charset
    )
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))
