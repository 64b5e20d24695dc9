"""``{% record_body disclosure %}``: a record in its own template, masked for a surface."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.rendering import rendered, view_of
from gongkai.disclosures.schema import Surface

register = template.Library()


@register.simple_tag
def record_body(disclosure: Disclosure, partial: str = "web", surface: str = "web") -> SafeString:
    """The record's text and typed values. Example: ``{% record_body disclosure "print" %}``."""
    return rendered(view_of(disclosure, Surface(surface)), partial=partial)
