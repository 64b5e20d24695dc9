"""Which channels the platform can prove; the app that learns to prove one adds it here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WEBSITE = "website"
WEBSITE_LABEL = "政府网站"

PROVABLE_CHANNELS: set[str] = {WEBSITE}
"""Codes of channels for which evidence can be produced at present."""


@dataclass(frozen=True, slots=True)
class WantedChannel:
    """A channel as a duty lists it; ``is_required`` where it can be proven."""

    code: str
    label: str
    is_required: bool


def make_provable(code: str) -> None:
    """From now on new duties require evidence for channel ``code`` where the item ticks it."""
    PROVABLE_CHANNELS.add(code)


def wanted_channels(ticked: Iterable[tuple[str, str]]) -> tuple[WantedChannel, ...]:
    """The channels of a duty from the ticked boxes ``(code, label)`` of its item.

    Where no ticked channel can be proven, the website is required all the same: every disclosure
    here stands on it (Regulation art. 23-24, the unified platform), and a duty without a required
    channel could never be shown to be met.
    Example: ``[("board", "公示栏")]`` → board (not required), website (required).
    """
    wanted: dict[str, WantedChannel] = {}
    for code, label in ticked:
        wanted.setdefault(code, WantedChannel(code, label, code in PROVABLE_CHANNELS))
    if not any(channel.is_required for channel in wanted.values()):
        wanted[WEBSITE] = WantedChannel(WEBSITE, WEBSITE_LABEL, is_required=True)
    return tuple(wanted.values())
