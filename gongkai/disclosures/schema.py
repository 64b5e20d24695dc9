"""The small typed schema in which record templates are declared. Pure: no Django, no database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypedDict

Values = dict[str, Any]
"""Values of a template as JSON: text, ``YYYY-MM-DD``, fen as int, numbers as decimal text, lists of
text, tables as lists of ``{column: value}``. What was not understood stays the text as typed."""


class Kind(StrEnum):
    """What a field holds."""

    LINE = "line"
    PROSE = "prose"
    DATE = "date"
    MONEY = "money_fen"
    NUMBER = "number"
    CHOICE = "choice"
    LIST = "list"
    URL = "url"
    TABLE = "table"


class Personal(StrEnum):
    """Which class of personal data a field holds (domain 3.7)."""

    NONE = "none"
    PERSON_NAME = "person_name"
    RESIDENT_ID = "resident_id"
    PHONE = "phone"
    BANK_ACCOUNT = "bank_account"
    ADDRESS = "address"
    HEALTH = "health"


class Surface(StrEnum):
    """Where a record is shown; what may stand there depends on the class of each field."""

    CONSOLE = "console"
    WEB = "web"
    SCREEN = "screen"
    BOARD = "board"


class Paper(StrEnum):
    """A paper of the review that a template can demand."""

    SECRECY = "secrecy"
    LEGALITY = "legality"
    THREE_REVIEWS = "three_reviews"


class AttachmentEntry(TypedDict):
    """One line of ``Disclosure.attachment_list``."""

    sha256: str
    title: str


class ResponsibleStep(TypedDict):
    """Who answers for one step, kept for the public record of responsibility."""

    step: str
    name: str
    at: str


class Responsibility(TypedDict):
    """``Disclosure.responsibility``: who submitted and who approved each step."""

    submitted_by: str
    steps: list[ResponsibleStep]


@dataclass(frozen=True, slots=True)
class RowSum:
    """In every row, ``total`` equals the sum of ``parts``."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TotalRow:
    """The row labelled 合计 in ``label_column`` equals the sum of the rows above, per column.

    Rows that begin with 其中 detail the row above them and do not count.
    """

    label_column: str
    columns: tuple[str, ...]
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Balance:
    """Two tables close on each other: the totals of the two columns are equal."""

    left: tuple[str, str]
    right: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One typed value of a template; a table has ``columns`` and may state sums."""

    name: str
    label: str
    kind: Kind = Kind.LINE
    is_required: bool = False
    personal: Personal = Personal.NONE
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[Field, ...] = ()
    sums: tuple[RowSum | TotalRow, ...] = ()
    hint: str = ""
    max_length: int = 300

    @property
    def total_row(self) -> TotalRow | None:
        """The rule of the 合计 row, where the table has one."""
        return next((rule for rule in self.sums if isinstance(rule, TotalRow)), None)


@dataclass(frozen=True, slots=True)
class RecordTemplate:
    """A kind of record: its fields, the facts it cannot do without, the papers it needs.

    ``required_facts`` are names of columns of the record (``dated_on``, ``document_number`` …),
    ``"text"`` or ``"attachments"``; ``facts`` are the columns its form offers.
    """

    name: str
    label: str
    description: str
    fields: tuple[Field, ...]
    papers: tuple[Paper, ...] = ()
    facts: tuple[str, ...] = ("dated_on",)
    required_facts: frozenset[str] = frozenset()
    balances: tuple[Balance, ...] = ()
    needs_text_or_attachment: bool = False

    def field(self, name: str) -> Field | None:
        """The field called ``name``."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def tables(self) -> tuple[Field, ...]:
        """The fields that are tables."""
        return tuple(field for field in self.fields if field.kind is Kind.TABLE)

    @property
    def holds_personal_fields(self) -> bool:
        """Whether anything in it is masked on some surface."""
        columns = [column for table in self.tables for column in table.columns]
        return any(f.personal is not Personal.NONE for f in (*self.fields, *columns))
