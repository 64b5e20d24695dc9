"""What the API answers with, typed and described; the descriptions are its documentation."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

Code = Annotated[str, Field(description="稳定的公开编号")]
Next = Annotated[str, Field(description="下一页的 cursor；空表示没有更多")]


class Problem(Schema):
    """What went wrong, where, and what to do."""

    code: str = Field(description="稳定的错误编号，例如 request.not_found")
    message: str
    where: str = Field(description="出错的参数或者网址")
    remedy: str = Field(description="怎样改正")


class ErrorAnswer(Schema):
    """The one shape of every error."""

    error: Problem


class PlaceOut(Schema):
    """A division by its 12-digit code."""

    code: str = Field(description="12 位统计用区划代码")
    name: str
    level: str = Field(description="province prefecture county township village")
    kind: str
    parent: str = Field(description="上级区划代码，空表示没有")
    valid_from: dt.date
    valid_until: dt.date | None = Field(description="停用日期；null 表示现行")
    successors: list[str] = Field(description="停用后的后继区划代码")
    url: str


class BodyOut(Schema):
    """A body that publishes."""

    code: Code
    name: str
    short_name: str
    kind: str
    place: str = Field(description="所在区划代码")
    parent: str = Field(description="主管机构编码")
    credit_code: str
    phone: str
    address: str
    opening_hours: str
    introduction: str
    valid_until: dt.date | None
    url: str


class DomainOut(Schema):
    """A field of disclosure with its other names."""

    code: Code
    name: str
    scope: str = Field(description="county township village")
    summary: str
    aliases: list[str]
    url: str


class BasisOut(Schema):
    """One legal basis of an item."""

    name: str
    document_number: str
    article: str
    raw: str


class DeadlineOut(Schema):
    """One rule of an item's deadline; ``n`` null where the source has no number."""

    kind: str
    n: int | None
    unit: str
    trigger: str
    every: str
    day_rule: str
    subject: str
    condition: str
    inferred: bool = Field(description="原文没有数字，按法定外限推定")
    override_clause: bool = Field(description="“另有规定的从其规定”")
    raw: str


class ChannelOut(Schema):
    """One box of the channel list."""

    code: str
    label: str
    is_ticked: bool | None = Field(description="null 表示原文看不出")
    note: str


class ItemOut(Schema):
    """A row of a standard catalogue in force. Null means that the source does not tell."""

    key: str = Field(description="跨版本稳定的事项键")
    domain: str
    body: str = Field(description="编制机构编码")
    edition: str
    number: str
    level1: str
    level2: str
    level3: str
    contents: list[str]
    bases: list[BasisOut]
    deadlines: list[DeadlineOut]
    bodies: list[str] = Field(description="公开主体，按原文")
    channels: list[ChannelOut]
    to_society: bool | None
    to_group: bool | None
    audience_text: str
    is_proactive: bool | None
    is_on_request: bool | None
    levels: dict[str, bool | None]
    extra: dict[str, str]


class DutyOut(Schema):
    """One body must publish one item once. The state is that of the day of the answer."""

    code: Code
    body: str
    domain: str
    item: str = Field(description="事项键")
    title: str
    occasion: str = Field(description="period event standing")
    period: str
    due_on: dt.date | None
    is_provisional: bool = Field(description="当年放假安排未公布，日期暂定")
    is_inferred: bool = Field(description="原文没有数字，推定的外限")
    state: str = Field(
        description="expected due overdue met met_late waived nothing_occurred（当日）"
    )
    met_at: dt.datetime | None
    explanation: list[str] = Field(description="期限的推算步骤")


class DisclosureOut(Schema):
    """A public disclosure as lists show it."""

    code: Code
    title: str
    summary: str
    template: str
    body: str
    domain: str
    place: str
    item: str
    document_number: str
    index_number: str
    dated_on: dt.date | None
    validity: str
    state: str = Field(description="published corrected expired")
    version: int
    published_at: dt.datetime
    changed_at: dt.datetime | None
    url: str


class DisclosureDetail(DisclosureOut):
    """A public disclosure with the canonical record whose digest stands in the public log."""

    digest: str = Field(description="record 的 SHA-256，与公开日志一致")
    record: dict[str, Any] = Field(description="规范记录；个人信息按网上公开的规则遮盖")


class RevisionOut(Schema):
    """What stood in public from one act to the next."""

    number: int
    kind: str = Field(description="published corrected withdrawn")
    digest: str
    reason: str
    made_at: dt.datetime
    log_number: int
    record: dict[str, Any] = Field(description="因隐私撤回的为空")


class HitOut(Schema):
    """A record that was found. ``…_html`` is escaped text with ``<mark>``."""

    code: Code
    title: str
    title_html: str
    snippet_html: str
    body: str
    domain: str
    place: str
    template: str
    state: str
    published_at: dt.datetime
    url: str


class SuggestionOut(Schema):
    """A way on when nothing was found."""

    kind: str
    text: str
    url: str


class SearchOut(Schema):
    """One page of hits."""

    total: int
    page: int
    n_pages: int
    hits: list[HitOut]
    suggestions: list[SuggestionOut]


class LogEntryOut(Schema):
    """One entry of the public log, chained to the one before by its hash."""

    number: int
    kind: str
    subject: str
    record_digest: str
    previous_hash: str
    entry_hash: str
    reason: str
    body: str
    logged_at: dt.datetime


class Places(Schema):
    """A page of divisions."""

    places: list[PlaceOut]
    next: Next


class Bodies(Schema):
    """A page of bodies."""

    bodies: list[BodyOut]
    next: Next


class Domains(Schema):
    """All domains."""

    domains: list[DomainOut]


class Items(Schema):
    """A page of catalogue items."""

    items: list[ItemOut]
    next: Next


class Duties(Schema):
    """A page of duties."""

    duties: list[DutyOut]
    next: Next


class Disclosures(Schema):
    """A page of disclosures, newest first."""

    disclosures: list[DisclosureOut]
    next: Next


class History(Schema):
    """Everything done in public to one record, oldest first."""

    code: Code
    revisions: list[RevisionOut]


class LogEntries(Schema):
    """A page of the public log."""

    entries: list[LogEntryOut]
    next: Next
