"""The reading of a catalogue file: what was understood of every cell, and what is asked about it.

Plain frozen values without Django. ``reading_as_json`` gives the contract that
``gongkai import-catalogue --dry-run --json`` prints. Null means *not known*; never guessed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

CHANNEL_CODES = (
    "website", "gazette", "new_media", "press_conference", "broadcast", "print", "reading_point",
    "service_centre", "convenience_point", "visit", "board", "push", "other",
)  # fmt: skip
"""The 13 channels of the standard form, in its order. Local ones are ``x:<name>``."""

DEADLINE_KINDS = (
    "workdays_after", "days_after", "workdays_before", "at_event", "realtime", "prompt",
    "periodic", "permanent", "notice_period", "unknown",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CellAt:
    """Where a source cell stands: sheet or table name, 1-based row and column."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return (
            f"{self.sheet} R{self.row}C{self.column}"
            if self.sheet
            else f"R{self.row}C{self.column}"
        )


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that the reader could not settle; the raw text is kept whole."""

    field: (
        str  # row field ("deadlines", "channels", "level2", …) or "row"/"table"/"column:<header>"
    )
    raw: str
    why: str  # stable code, e.g. "tick_column_unknown"; docs/readings.md lists them
    where: str  # str(CellAt) or a line number "line 12"


@dataclass(frozen=True, slots=True)
class Basis:
    """One legal basis: 《name》(document_number) article; raw is the source's words."""

    name: str | None
    document_number: str | None
    article: str | None
    raw: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """One rule of a deadline phrase; a compound phrase gives several.

    ``unit`` is ``workday`` or ``day``; ``every`` is ``month|quarter|half|year``; ``trigger`` is
    ``formed_or_changed`` or the event in the source's words; ``inferred`` marks what the law adds
    where the phrase has no number (regulation art. 26, outer bound of 20 working days).
    """

    kind: str
    raw: str
    n: int | None = None
    unit: str | None = None
    trigger: str | None = None
    every: str | None = None
    day_rule: str | None = None  # e.g. "first_month:20", "day:25", "month:3:end"
    subject: str | None = None
    condition: str | None = None
    inferred: bool = False
    override_clause: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """One box of the channel list. ``ticked`` None = the source does not tell."""

    code: str
    label: str
    ticked: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """公开对象: the whole society and/or a named group."""

    society: bool | None = None
    group: bool | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Mode:
    """公开方式: proactive and/or on request."""

    proactive: bool | None = None
    on_request: bool | None = None


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One catalogue row as read. Texts are cleaned, never completed."""

    number: str | None
    level1: str | None
    level2: str | None
    level3: str | None
    contents: tuple[str, ...]
    basis: tuple[Basis, ...]
    deadlines: tuple[Deadline, ...]
    bodies: tuple[str, ...]
    channels: tuple[Channel, ...]
    audience: Audience
    mode: Mode
    levels: dict[str, bool | None]
    extra: dict[str, str]
    inherited: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    where: str = ""  # first source cell of the row


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table of the file with its header rows as they stand in the source."""

    title: str
    domain: str | None
    header: tuple[tuple[str, ...], ...]
    rows: tuple[ReadRow, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was read, and what to send instead (both for people, in Chinese)."""

    why: str  # stable code + text are made by readings.messages
    send_instead: str


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801 -- the plain name is Python's own
    """Something a person should know about the whole file or a place in it."""

    code: str
    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Source cells with content: cells = understood + questioned."""

    cells: int = 0
    understood: int = 0
    questioned: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """The file: its name, the format found by content (not by ending), and its digest."""

    name: str
    format: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file as read."""

    source: Source
    tables: tuple[ReadTable, ...] = ()
    warnings: tuple[Warning_, ...] = ()
    refused: Refusal | None = None
    counts: Counts = field(default_factory=Counts)


def reading_as_json(reading: Reading) -> dict[str, Any]:
    """The reading in the published JSON shape (design contract); lists for tuples."""
    as_json: dict[str, Any] = _lists(asdict(reading))
    return as_json


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_lists(item) for item in value]
    return value
