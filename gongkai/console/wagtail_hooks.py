"""How the console appears inside Wagtail's administration: styles, our screens' URLs."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks

SCREENS = ("disclosures", "duties", "readings", "places", "people")


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def console_urls() -> list[Any]:
    """Every screen lives under /console/<app>/ and asks for a mandate before anything else."""
    return [path(f"{name}/", include(f"gongkai.console.{name}.urls")) for name in SCREENS]


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def console_css() -> SafeString:
    """The console's own components, in Wagtail's look."""
    sheets = ("console/console.css", "console/frame.css")
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(name),) for name in sheets)
    )


@hooks.register("insert_global_admin_js")  # type: ignore[untyped-decorator]
def console_js() -> SafeString:
    """htmx for partial updates, and the menu's behaviour; every screen works without them."""
    return format_html(
        '<script src="{}" defer></script><script type="module" src="{}"></script>',
        static("django_htmx/htmx-2.min.js"),
        static("console/frame.js"),
    )
