"""How the console appears inside Wagtail's administration: menu, styles, our screens' URLs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.accounts.access import Act, scope_of

SCREENS = ("disclosures", "duties", "readings", "places", "people")


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def console_urls() -> list[Any]:
    """Every screen lives under /console/<app>/ and asks for a mandate before anything else."""
    return [path(f"{name}/", include(f"gongkai.console.{name}.urls")) for name in SCREENS]


class MandateMenuItem(MenuItem):  # type: ignore[misc]
    """A menu item that is shown to people who may do ``act`` for some body."""

    def __init__(self, label: str, url: str, act: Act, **options: Any) -> None:
        super().__init__(label, url, **options)
        self.act = act

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person has a mandate for the act."""
        return bool(scope_of(request.user, self.act))


MENU = (
    ("我的工作", "/console/", Act.LOOK, "home"),
    ("公开义务", "/console/duties/", Act.LOOK, "calendar-check"),
    ("公开信息", "/console/disclosures/", Act.LOOK, "doc-full-inverse"),
    ("待我审核", "/console/disclosures/queue/", Act.REVIEW, "check"),
    ("标准目录", "/console/readings/", Act.LOOK, "table"),
    ("区划机构", "/console/places/", Act.LOOK, "site"),
    ("人员授权", "/console/people/", Act.ADMINISTER, "user"),
)


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def own_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Replace Wagtail's menu: pages, snippets and reports are not how this work is done."""
    menu_items[:] = [
        item
        for position, (label, url, act, icon) in enumerate(MENU)
        if (item := MandateMenuItem(label, url, act, icon_name=icon, order=position)).is_shown(
            request
        )
    ]


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def console_css() -> SafeString:
    """The console's own components, in Wagtail's look."""
    return format_html('<link rel="stylesheet" href="{}">', static("console/console.css"))


@hooks.register("insert_global_admin_js")  # type: ignore[untyped-decorator]
def console_js() -> SafeString:
    """htmx, for partial updates; every screen works without it."""
    return format_html('<script src="{}" defer></script>', static("django_htmx/htmx-2.min.js"))
