"""What every screen of the console shows: the menu, dates and stored words in the language read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils import formats
from django.utils.translation import gettext

from gongkai.console.menu import Entry, menu_of

register = template.Library()


@register.simple_tag(takes_context=True)
def console_menu(context: template.Context) -> list[Entry]:
    """The menu of the person who signed in; empty where nobody did."""
    request = context.get("request")
    user = getattr(request, "user", None)
    return menu_of(user, request.path) if request is not None and user is not None else []


@register.filter
def words(value: Any) -> str:
    """A stored word (a label of a choice) in the language that is read."""
    return gettext(str(value)) if value else ""


@register.filter
def step_words(value: str) -> str:
    """A step and its decision, as "科室负责人审核：通过", word by word in the language read."""
    return gettext("：").join(words(part) for part in value.split("："))


@register.filter
def weekday(value: dt.date | None) -> str:
    """Month and day with the weekday: 9月18日 星期五, Friday 18 September."""
    return formats.date_format(value, gettext("n月j日 l")) if value else ""


@register.filter
def short_day(value: dt.date | None) -> str:
    """Month and day: 9月18日, 18 Sep."""
    return formats.date_format(value, gettext("n月j日")) if value else ""


@register.filter
def long_day(value: dt.date | None) -> str:
    """The day with year and weekday: 2026年9月18日 星期五, Friday, 18 September 2026."""
    return formats.date_format(value, gettext("Y年n月j日 l")) if value else ""


@register.filter
def whole_day(value: dt.date | None) -> str:
    """The day with its year: 2026年9月18日, 18 September 2026."""
    return formats.date_format(value, gettext("Y年n月j日")) if value else ""


@register.filter
def month_name(value: dt.date | None) -> str:
    """The month with its year: 2026年9月, September 2026."""
    return formats.date_format(value, gettext("Y年n月")) if value else ""
