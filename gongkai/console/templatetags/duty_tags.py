"""How a duty's state, date and rate are shown on the console's screens."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from gongkai.duties.models import Duty
from gongkai.duties.states import DutyState

register = template.Library()

TONES = {
    DutyState.OVERDUE: "late",
    DutyState.DUE: "due",
    DutyState.MET: "done",
    DutyState.MET_LATE: "info",
    DutyState.EXPECTED: "plain",
    DutyState.WAIVED: "plain",
    DutyState.NOTHING_OCCURRED: "plain",
}


@register.simple_tag
def duty_state(duty: Duty, today: dt.date) -> SafeString:
    """The state as a tag with its colour; a repealed item says so."""
    state = duty.state_on(today)
    is_repealed = duty.closed_by == Duty.Closing.REPEALED
    label = duty.get_closed_by_display() if is_repealed else gettext(str(state.label))
    return format_html('<span class="gk-tag gk-tag--{}">{}</span>', TONES[state], label)


@register.simple_tag
def duty_tone(duty: Duty, today: dt.date) -> str:
    """The tone of the state: late, due, done, info or plain."""
    return TONES[duty.state_on(today)]


@register.simple_tag
def days_left(duty: Duty, today: dt.date) -> str:
    """How far the date is from today, in words; empty for what is settled or has no date."""
    if duty.due_on is None or not duty.is_open:
        return ""
    days = (duty.due_on - today).days
    if days == 0:
        return gettext("就是今天")
    if days > 0:
        return ngettext("还有 %(days)s 天", "还有 %(days)s 天", days) % {"days": days}
    return ngettext("已过 %(days)s 天", "已过 %(days)s 天", -days) % {"days": -days}


@register.simple_tag
def waiting_channels(duty: Duty) -> SafeString | str:
    """How many channels cannot be proven yet, with their names as a hint; empty for none."""
    names = [row.label for row in duty.channels.all() if not (row.is_required or row.met_at)]
    if not names:
        return ""
    text = gettext("另有 %(n)s 个渠道待接入") % {"n": len(names)}
    return format_html(
        '<li title="{}">{}</li>', gettext("、").join(gettext(name) for name in names), text
    )


@register.filter
def percent(rate: float | None) -> str:
    """A rate 0..1 as whole per cent, never rounded up to 100; a dash where nothing was owed."""
    if rate is None:
        return "–"
    return "100%" if rate >= 1 else f"{int(rate * 100)}%"
