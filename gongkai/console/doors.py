"""Which doors of the console are open (our screens, the few of Wagtail that they need), and what
every answer of it forbids to browsers and caches."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from gongkai.console.wagtail_hooks import SCREENS

CONSOLE = "/console/"
OF_WAGTAIL = frozenset(
    {
        "account",  # one's own name, language and password
        "logout",
        "jsi18n",
        "sprite",
        "dismissibles",
        "choose-page",  # the link button of the rich text editor opens here
        "choose-external-link",
        "choose-email-link",
        "choose-phone-link",
        "choose-anchor-link",
    }
)
"""First segments of the addresses of Wagtail's administration that stay open.

Pages, workflows, users, groups, documents, images, reports and the rest change facts without a
mandate and without an entry in the log; a superuser would find them open.
"""
OPEN = frozenset({"", *SCREENS, *OF_WAGTAIL})
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # Wagtail's editor writes style attributes
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)


class ConsoleDoors:
    """404 for every other address below ``/console/``; one door to sign in; nothing is cached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the view, or that there is none."""
        path = request.path_info
        if not path.startswith(CONSOLE):
            return self.get_response(request)
        first = path.removeprefix(CONSOLE).partition("/")[0]
        if first == "login":  # Wagtail's own form knows neither second factor nor rate limit
            following = urlencode({"next": request.GET.get("next", settings.LOGIN_REDIRECT_URL)})
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?{following}")
        if first not in OPEN:
            raise Http404
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response
