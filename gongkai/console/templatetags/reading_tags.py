"""Template filters of the catalogue screens."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def label_of(labels: Mapping[str, object], name: str) -> str:
    """The label of a field; its name where there is none."""
    return str(labels.get(name, name))
