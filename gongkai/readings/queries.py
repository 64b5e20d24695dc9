"""Questions about readings: settled rows, the content to confirm, and what it would change."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace

from django.db.models import Count, Q, QuerySet

from gongkai.catalogue.models import Edition
from gongkai.catalogue.queries import edition_content, edition_in_force
from gongkai.catalogue.rules import difference
from gongkai.catalogue.schema import Difference, EditionContent
from gongkai.readings.actions.settle_question import as_question
from gongkai.readings.answers import Settled, settled_rows
from gongkai.readings.models import CatalogueReading
from gongkai.readings.reading import ReadRow
from gongkai.readings.stored import content_of, table_from_json


def readings_with_counts() -> QuerySet[CatalogueReading]:
    """Readings with ``n_questions`` and ``n_open``, the newest first."""
    return (
        CatalogueReading.objects.select_related("source", "body__division", "domain", "edition")
        .annotate(
            n_questions=Count("questions"),
            n_open=Count("questions", filter=Q(questions__settled_at=None)),
        )
        .defer("table")
        .order_by("-read_at", "table_position")
    )


def rows_of_reading(reading: CatalogueReading) -> tuple[ReadRow, ...]:
    """The rows with all answers so far laid over them. One query."""
    answers: dict[int, list[Settled]] = defaultdict(list)
    settled = reading.questions.exclude(answer=None).exclude(row_position=None).order_by("pk")
    for question in settled:
        if question.row_position is not None and question.answer is not None:
            answers[question.row_position].append(Settled(as_question(question), question.answer))
    return settled_rows(table_from_json(reading.table).rows, answers)


def reading_content(
    reading: CatalogueReading, *, effective_from: dt.date | None = None
) -> EditionContent:
    """The catalogue that the reading stands for with its answers so far."""
    table = table_from_json(reading.table)
    content = content_of(
        replace(table, title=reading.title),
        rows_of_reading(reading),
        source_name=reading.source.name,
        source_sha256=reading.source.sha256,
    )
    return replace(content, effective_from=effective_from)


def reading_difference(reading: CatalogueReading) -> tuple[Edition | None, Difference]:
    """The edition in force that the reading would replace, and what it would change."""
    if reading.domain is None:
        return None, Difference()
    old = edition_in_force(body=reading.body, domain=reading.domain)
    before = edition_content(old).items if old else ()
    after = reading_content(reading).items
    return old, difference(reading.domain.code, before, after)
