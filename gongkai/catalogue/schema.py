"""Frozen values of a catalogue's content, as editions are adopted from, compared by and shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class BasisFacts:
    """One legal basis."""

    name: str
    document_number: str
    article: str
    raw: str


@dataclass(frozen=True, slots=True)
class DeadlineFacts:
    """One rule of a deadline; fields as in ``models.DeadlineRule``."""

    kind: str
    raw: str
    n: int | None = None
    unit: str = ""
    trigger: str = ""
    every: str = ""
    day_rule: str = ""
    subject: str = ""
    condition: str = ""
    inferred: bool = False
    override_clause: bool = False


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """One box of the channel list; ``is_ticked`` None = not known."""

    code: str
    label: str
    is_ticked: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One catalogue row. ``bodies`` are names as written; empty text and None: not known."""

    number: str = ""
    level1: str = ""
    level2: str = ""
    level3: str = ""
    contents: tuple[str, ...] = ()
    bases: tuple[BasisFacts, ...] = ()
    deadlines: tuple[DeadlineFacts, ...] = ()
    bodies: tuple[str, ...] = ()
    channels: tuple[ChannelFacts, ...] = ()
    basis_text: str = ""
    deadline_text: str = ""
    bodies_text: str = ""
    channels_text: str = ""
    to_society: bool | None = None
    to_group: bool | None = None
    audience_text: str = ""
    is_proactive: bool | None = None
    is_on_request: bool | None = None
    levels: dict[str, bool | None] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """All level names, most general first."""
        return " / ".join(name for name in (self.level1, self.level2, self.level3) if name)


@dataclass(frozen=True, slots=True)
class EditionContent:
    """A whole catalogue before it is an edition."""

    title: str
    items: tuple[ItemFacts, ...]
    adopted_on: dt.date | None = None
    effective_from: dt.date | None = None
    source_name: str = ""
    source_sha256: str = ""
    extra_headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an item before and after, as people read it."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that both editions have, with what differs. Keys differ when bodies changed."""

    old_key: str
    new_key: str
    path: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new edition changes. ``added`` and ``removed`` are pairs of key and item."""

    added: tuple[tuple[str, ItemFacts], ...] = ()
    removed: tuple[tuple[str, ItemFacts], ...] = ()
    changed: tuple[ItemChange, ...] = ()
    n_unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    @property
    def touched_keys(self) -> frozenset[str]:
        """Keys of the old edition whose duties the new one touches."""
        changed = {change.old_key for change in self.changed}
        return frozenset(changed | {key for key, _ in self.removed})
