"""The content of a record as HTML, by the web partial of its template."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from gongkai.disclosures.models import Disclosure, PublishedRevision


def record_html(disclosure: Disclosure) -> SafeString:
    """The present public version."""
    return mark_safe(disclosure.text)


def version_html(disclosure: Disclosure, revision: PublishedRevision) -> SafeString:
    """The text as it stood in ``revision``."""
    return mark_safe(revision.record.get("text", ""))
