"""URLs of the console: our screens first, then Wagtail's administration."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import ExternalLinkView

from gongkai.console import account, views
from gongkai.console.duties.urls import feed_patterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("", require_admin_access(views.home), name="console_home"),
    path("account/", require_admin_access(account.account), name="console_account"),
    path("account/language/", require_admin_access(account.language), name="console_language"),
    path("choose-page/", require_admin_access(ExternalLinkView.as_view())),  # no pages to link to
    *feed_patterns,
    path("", include(wagtailadmin_urls)),
]
