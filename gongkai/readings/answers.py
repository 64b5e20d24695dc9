"""Pure rules of answers: what may be answered to a question, and how an answer changes its row.

An answer is JSON: ``{"kind": "not_known"}`` (the fact stays null), ``{"kind": "leave_out"}`` (the
words are no part of the catalogue), ``{"kind": "above"}`` (as in the row above) or
``{"kind": "value", "value": …}``, where the value's form follows from the question's field:

* ``number level1 level2 level3``: text
* ``contents basis deadlines bodies``: text, read by the same parsers as a cell
* ``channels``: text, or ``{"ticked": [code, …]}`` for the whole list
* ``audience``: ``{"society", "group", "text"}`` · ``mode``: ``{"proactive", "on_request"}`` ·
  ``levels``: ``{name: true|false|null}``
* ``ticks``: ``{"ticked": ["society", "level:县级", …]}``; every other tick column is empty
* ``row``: ``{"field": name}``, the field (or ``extra:<header>``) where the words belong
* ``domain``: the name of the domain
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gongkai.base.errors import Refused
from gongkai.readings.fields.channel_names import CANONICAL_LABELS
from gongkai.readings.reading import (
    Audience,
    Basis,
    Channel,
    Deadline,
    Mode,
    Question,
    ReadRow,
)
from gongkai.readings.tables.cells import value as parsed_value

KINDS = ("value", "above", "not_known", "leave_out")
TEXTS = ("number", "level1", "level2", "level3")
PARSED = ("contents", "basis", "deadlines", "bodies", "channels")
INHERITABLE = (*TEXTS[1:], *PARSED)
TICKS = ("society", "group", "proactive", "on_request")
CONTEXT_FREE = frozenset(
    {"deadline_not_understood", "basis_not_understood", "level_not_understood",
     "mode_not_understood", "domain_unknown"}
)  # fmt: skip
"""Doubts about words alone. Any other answer holds only for the row that it was given for."""
MAX_TEXT = 5000


@dataclass(frozen=True, slots=True)
class Settled:
    """A question with its answer."""

    question: Question
    answer: Mapping[str, Any]


def memory_digest(question: Question, row: ReadRow | None) -> str:
    """Under which digest an answer is remembered: the words, and the row where it matters.

    The same marks "√ √" mean other columns in another row, and a blank may be anything: such an
    answer returns only for the item with the same level names.
    """
    parts = [question.raw]
    if question.why not in CONTEXT_FREE and row is not None:
        parts += [row.level1 or "", row.level2 or "", row.level3 or ""]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def checked_answer(
    question: Question, answer: Mapping[str, Any], *, row: ReadRow | None
) -> dict[str, Any]:
    """The answer in its stored form.

    Raises: ``Refused('reading.answer_wrong')`` with ``why`` ∈ kind, form, empty, not_understood,
    no_row_above.
    """
    kind = answer.get("kind")
    if kind not in KINDS:
        raise _wrong(question, "kind")
    if kind == "above" and question.field not in INHERITABLE:
        raise _wrong(question, "no_row_above")
    if kind != "value":
        return {"kind": kind}
    value = answer.get("value")
    _check_value(question, value, row)
    return {"kind": "value", "value": value}


def _check_value(question: Question, value: Any, row: ReadRow | None) -> None:
    field = question.field
    if field in (*TEXTS, "domain") or (field in PARSED and isinstance(value, str)):
        _check_text(question, value)
        return
    if not isinstance(value, dict):
        raise _wrong(question, "form")
    if field in ("audience", "mode", "levels"):
        _check_ticks(question, value)
    elif field in ("ticks", "channels"):
        codes = value.get("ticked")
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            raise _wrong(question, "form")
        if field == "ticks" and row is not None and set(codes) - set(tick_columns(row)):
            raise _wrong(question, "form")
    elif field == "row":
        _check_place(question, value.get("field"))
    else:
        raise _wrong(question, "form")


def _check_text(question: Question, value: object) -> None:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise _wrong(question, "form")
    if not value.strip():
        raise _wrong(question, "empty")
    if question.field in PARSED:
        _parsed(question, question.field, value)


def _check_ticks(question: Question, value: dict[str, Any]) -> None:
    names = {"audience": {"society", "group", "text"}, "mode": {"proactive", "on_request"}}
    allowed = names.get(question.field)
    if allowed is not None and set(value) - allowed:
        raise _wrong(question, "form")
    for name, tick in value.items():
        is_text = question.field == "audience" and name == "text"
        if not (isinstance(tick, str) if is_text else tick is None or isinstance(tick, bool)):
            raise _wrong(question, "form")


def _check_place(question: Question, field: object) -> None:
    if not isinstance(field, str) or not (
        field in (*TEXTS, *PARSED, "audience") or field.startswith("extra:")
    ):
        raise _wrong(question, "form")
    if field in PARSED:
        _parsed(question, field, question.raw)


def _parsed(question: Question, field: str, text: str) -> tuple[Any, ...]:
    """The entries that ``text`` holds; refused while the parser has questions about it."""
    entries, questions = parsed_value(field, text)
    unknown = field == "deadlines" and any(rule.kind == "unknown" for rule in entries)
    if questions or unknown or not entries:
        raise _wrong(question, "not_understood")
    return tuple(entries)


def _wrong(question: Question, why: str) -> Refused:
    return Refused("reading.answer_wrong", http_status=422, field=question.field, why=why)


def tick_columns(row: ReadRow) -> tuple[str, ...]:
    """The tick columns that a row of this table can have."""
    return (*TICKS, *(f"level:{name}" for name in row.levels))


def settled_rows(
    rows: Sequence[ReadRow], answers: Mapping[int, Sequence[Settled]]
) -> tuple[ReadRow, ...]:
    """The rows with all answers laid over them, by row position; top to bottom."""
    done: list[ReadRow] = []
    for position, row in enumerate(rows):
        changed = _following(row, rows[position - 1], done[-1]) if position else row
        for settled in answers.get(position, ()):
            changed = with_answer(changed, settled, above=done[-1] if done else None)
        done.append(changed)
    return tuple(done)


def _following(row: ReadRow, above: ReadRow, settled: ReadRow) -> ReadRow:
    """Fields that the row took over from the one above follow an answer given there."""
    changes = {
        field: getattr(settled, field)
        for field in row.inherited
        if field in INHERITABLE and getattr(row, field) == getattr(above, field)
    }
    return replace(row, **changes) if changes else row


def with_answer(row: ReadRow, settled: Settled, *, above: ReadRow | None) -> ReadRow:
    """The row with one answer laid over it. What was not asked about stays as it was read."""
    question, kind = settled.question, settled.answer["kind"]
    if kind == "above" and above is not None:
        inherited = tuple(dict.fromkeys((*row.inherited, question.field)))
        changes: dict[str, Any] = {question.field: getattr(above, question.field)}
        return replace(row, inherited=inherited, **changes)
    if kind == "leave_out":
        return _without(row, question)
    if kind == "value":
        return _with_value(row, question, settled.answer["value"])
    return _with_unknown(row, question) if kind == "not_known" else row


UNPLACED = "未归栏"
"""The extra column for words whose field nobody knows."""


def _with_unknown(row: ReadRow, question: Question) -> ReadRow:
    """The facts stay null, the source's words stay in the row."""
    field, raw = question.field, question.raw.strip()
    kept = field in PARSED and any(_is_doubtful(field, e, question) for e in getattr(row, field))
    if not raw or kept:
        return row
    if field == "deadlines":
        return replace(row, deadlines=(*row.deadlines, Deadline("unknown", raw)))
    if field == "basis":
        return replace(row, basis=(*row.basis, Basis(None, None, None, raw)))
    if field == "row":
        words = "\n".join(filter(None, (row.extra.get(UNPLACED), raw)))
        return replace(row, extra={**row.extra, UNPLACED: words})
    return row


def _with_value(row: ReadRow, question: Question, value: Any) -> ReadRow:
    field = question.field
    if field in TEXTS:
        changes: dict[str, Any] = {field: value.strip()}
        return replace(row, **changes)
    if field == "channels" and isinstance(value, dict):
        return replace(row, channels=_ticked_channels(row.channels, set(value["ticked"])))
    if field in PARSED:
        return _with_entries(row, question, _parsed(question, field, value))
    if field == "audience":
        now = row.audience
        return replace(row, audience=Audience(
            value.get("society", now.society), value.get("group", now.group),
            value.get("text", now.text),
        ))  # fmt: skip
    if field == "mode":
        return replace(row, mode=Mode(
            value.get("proactive", row.mode.proactive), value.get("on_request", row.mode.on_request)
        ))  # fmt: skip
    if field == "levels":
        return replace(row, levels={**row.levels, **value})
    if field == "ticks":
        return _with_ticks(row, set(value["ticked"]))
    if field == "row":
        return _placed(row, question, value["field"])
    return row


def _with_ticks(row: ReadRow, ticked: set[str]) -> ReadRow:
    return replace(
        row,
        audience=replace(row.audience, society="society" in ticked, group="group" in ticked),
        mode=Mode("proactive" in ticked, "on_request" in ticked),
        levels={name: f"level:{name}" in ticked for name in row.levels},
    )


def _ticked_channels(channels: tuple[Channel, ...], ticked: set[str]) -> tuple[Channel, ...]:
    """The list with exactly these boxes ticked; one that it lacks is added by its usual name."""
    known = {box.code for box in channels}
    boxes = [replace(box, ticked=box.code in ticked) for box in channels]
    boxes += [
        Channel(code, CANONICAL_LABELS.get(code, code.removeprefix("x:")), True)
        for code in sorted(ticked - known)
    ]
    return tuple(boxes)


def _with_entries(row: ReadRow, question: Question, entries: tuple[Any, ...]) -> ReadRow:
    """The doubtful entry replaced by these, in its place; at the end where it has left none."""
    field = question.field
    now = list(getattr(row, field))
    doubtful = [n for n, entry in enumerate(now) if _is_doubtful(field, entry, question)]
    place = doubtful[0] if doubtful else len(now)
    kept_before = now[:place]
    kept_after = [entry for n, entry in enumerate(now) if n >= place and n not in doubtful]
    found = tuple(dict.fromkeys((*kept_before, *entries, *kept_after)))
    if field == "channels":
        found = tuple({box.code: box for box in (*kept_before, *kept_after, *entries)}.values())
    changes: dict[str, Any] = {field: found}
    return replace(row, **changes)


def _without(row: ReadRow, question: Question) -> ReadRow:
    field = question.field
    if field not in ("basis", "deadlines", "channels"):
        return row
    kept = tuple(e for e in getattr(row, field) if not _is_doubtful(field, e, question))
    changes: dict[str, Any] = {field: kept}
    return replace(row, **changes)


def _is_doubtful(field: str, entry: Any, question: Question) -> bool:
    """Whether the entry is the one that the question is about."""
    if field == "deadlines":
        return bool(entry.kind == "unknown")
    if field == "channels":
        return entry.ticked is None and question.raw.strip() in (entry.label, entry.code)
    return getattr(entry, "raw", None) == question.raw


def _placed(row: ReadRow, question: Question, field: str) -> ReadRow:
    raw = question.raw.strip()
    if field.startswith("extra:"):
        return replace(row, extra={**row.extra, field.removeprefix("extra:"): raw})
    if field == "audience":
        return replace(row, audience=replace(row.audience, group=True, text=raw))
    if field in TEXTS:
        changes: dict[str, Any] = {field: raw}
        return replace(row, **changes)
    entries = _parsed(question, field, raw)
    changes = {field: tuple(dict.fromkeys((*getattr(row, field), *entries)))}
    return replace(row, **changes)
