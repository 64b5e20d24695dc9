"""The WSGI application that Granian serves: finished pages first, then Django."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings")

_django = get_wsgi_application()

from django.conf import settings  # noqa: E402  known only after Django is set up

from gongkai.pagecache.purge import generations  # noqa: E402
from gongkai.pagecache.store import Store  # noqa: E402
from gongkai.pagecache.wsgi import Application, PageCache  # noqa: E402

application: Application = PageCache(
    _django,
    store=Store(generations(), n_bytes=settings.PAGE_CACHE_BYTES),
    session_cookie=settings.SESSION_COOKIE_NAME,
)
