"""Settle what the reader asked: one answer for one question, or for all equal ones at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.readings.actions.ensure_domains import domain_for
from gongkai.readings.answers import checked_answer, memory_digest
from gongkai.readings.models import CatalogueReading, ReadingQuestion, RememberedAnswer
from gongkai.readings.reading import Question, ReadRow
from gongkai.readings.stored import table_from_json

FORGOTTEN = "not_known"
"""Not knowing is no knowledge: the next import asks again."""


def settle_question(
    question: ReadingQuestion, *, answer: Mapping[str, Any], by: User | None, now: dt.datetime
) -> ReadingQuestion:
    """The question has this answer (a former one is replaced), remembered for the next import.

    Raises: ``Forbidden``; ``Refused('reading.not_open')``; ``Refused('reading.answer_wrong')``.
    """
    _settle([question], answer=answer, by=by, now=now)
    return question


def settle_equal_questions(
    question: ReadingQuestion, *, answer: Mapping[str, Any], by: User | None, now: dt.datetime
) -> int:
    """Every unsettled question of the reading with the same words and doubt has this answer.

    Returns how many were settled, ``question`` itself included. Raises: as ``settle_question``.
    """
    equal = list(
        equal_questions(question).exclude(pk=question.pk).select_related("reading__body__division")
    )
    _settle([question, *equal], answer=answer, by=by, now=now)
    return 1 + len(equal)


def equal_questions(question: ReadingQuestion) -> Any:
    """Unsettled questions of the same reading about the same words with the same doubt."""
    return ReadingQuestion.objects.filter(
        reading=question.reading_id,
        field=question.field,
        why=question.why,
        raw=question.raw,
        settled_at=None,
    )


def leave_unknown(reading: CatalogueReading, *, by: User | None, now: dt.datetime) -> int:
    """Every open question of ``reading`` is accepted as not known; returns how many there were.

    Raises: ``Forbidden``; ``Refused('reading.not_open')``.
    """
    _check(reading, by)
    return ReadingQuestion.objects.filter(reading=reading, settled_at=None).exclude(
        field="domain"
    ).update(answer={"kind": FORGOTTEN}, settled_at=now, settled_by=by)  # fmt: skip


def _check(reading: CatalogueReading, by: User | None) -> None:
    if by is not None:
        check_may(by, Act.SUPERVISE, reading.body)
    if reading.state != CatalogueReading.State.OPEN:
        raise Refused("reading.not_open", title=reading.title)


def _settle(
    questions: Sequence[ReadingQuestion],
    *,
    answer: Mapping[str, Any],
    by: User | None,
    now: dt.datetime,
) -> None:
    reading = questions[0].reading
    _check(reading, by)
    table = table_from_json(reading.table)
    memory: dict[tuple[str, str, str], RememberedAnswer] = {}
    for question in questions:
        row = _row(table.rows, question)
        asked = as_question(question)
        question.answer = checked_answer(asked, answer, row=row)
        question.settled_at, question.settled_by, question.is_remembered = now, by, False
        if question.field == "domain" and question.answer["kind"] != "value":
            raise Refused("reading.answer_wrong", http_status=422, field=question.field, why="kind")
        if question.answer["kind"] != FORGOTTEN:
            key = (question.field, question.why, memory_digest(asked, row))
            memory[key] = RememberedAnswer(
                body=reading.body, field=key[0], why=key[1], raw_digest=key[2],
                raw=question.raw, answer=question.answer, settled_at=now,
            )  # fmt: skip
    with transaction.atomic():
        # Compare-and-set on the state: a reading that was confirmed meanwhile takes no answer.
        if not CatalogueReading.objects.filter(
            pk=reading.pk, state=CatalogueReading.State.OPEN
        ).update(state=CatalogueReading.State.OPEN):
            raise Refused("reading.not_open", title=reading.title)
        ReadingQuestion.objects.bulk_update(
            questions, ["answer", "settled_at", "settled_by", "is_remembered"], batch_size=500
        )
        RememberedAnswer.objects.bulk_create(
            memory.values(),
            update_conflicts=True,
            unique_fields=["body", "field", "why", "raw_digest"],
            update_fields=["raw", "answer", "settled_at"],
            batch_size=500,
        )
        if questions[0].field == "domain":
            reading.domain = domain_for(str(answer["value"]))
            reading.save(update_fields=["domain"])


def _row(rows: Sequence[ReadRow], question: ReadingQuestion) -> ReadRow | None:
    position = question.row_position
    return rows[position] if position is not None and position < len(rows) else None


def as_question(question: ReadingQuestion) -> Question:
    """The stored question as a plain value."""
    return Question(question.field, question.raw, question.why, question.where)
