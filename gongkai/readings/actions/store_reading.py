"""Keep a catalogue file and what was read from it, with its questions, for people to settle."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import NotReadable
from gongkai.catalogue.models import Domain
from gongkai.catalogue.queries import domain_named
from gongkai.places.models import Body
from gongkai.readings.actions.ensure_domains import ensure_domains
from gongkai.readings.answers import memory_digest
from gongkai.readings.models import (
    CatalogueReading,
    CatalogueSource,
    ReadingQuestion,
    RememberedAnswer,
)
from gongkai.readings.read import read_catalogue
from gongkai.readings.reading import Question, Reading, ReadRow, ReadTable
from gongkai.readings.stored import one_table_per_domain, table_as_json

BATCH = 1000


@dataclass(frozen=True, slots=True)
class StoredReadings:
    """A file as it was kept: its source and one reading for each domain found in it."""

    source: CatalogueSource
    readings: tuple[CatalogueReading, ...]


def store_file(
    name: str,
    content: bytes,
    *,
    body: Body,
    by: User | None,
    now: dt.datetime,
    domain: Domain | None = None,
) -> StoredReadings:
    """The file is read and kept (see ``store_reading``).

    Raises: ``NotReadable('reading.refused')`` with ``why`` and ``send_instead``; ``Forbidden``.
    """
    if by is not None:
        check_may(by, Act.SUPERVISE, body)
    reading = read_catalogue(name, content, domain=domain.name if domain else None)
    return store_reading(reading, content, name=name, body=body, by=by, now=now, domain=domain)


def store_reading(
    reading: Reading,
    content: bytes,
    *,
    name: str,
    body: Body,
    by: User | None,
    now: dt.datetime,
    domain: Domain | None = None,
) -> StoredReadings:
    """The file is kept by its digest and ``reading`` with it, one row for each domain, as open.

    Answers that the body gave before to the same doubt are laid over it and marked. Open readings
    of the same file for the same body are replaced. Queries: constant for each domain.

    Raises: ``NotReadable('reading.refused')``, ``Forbidden``; then nothing is stored.
    """
    if by is not None:
        check_may(by, Act.SUPERVISE, body)
    tables = one_table_per_domain(reading.tables)
    if reading.refused is not None or not tables:
        refused = reading.refused
        raise NotReadable(
            "reading.refused",
            name=name,
            why=refused.why if refused else "",
            send_instead=refused.send_instead if refused else "",
        )
    path = _kept(name, content)
    ensure_domains()
    with transaction.atomic():
        source = _source(reading, content, name=name, path=path, now=now)
        CatalogueReading.objects.filter(
            source=source, body=body, state=CatalogueReading.State.OPEN
        ).update(state=CatalogueReading.State.DISCARDED)
        warnings = [asdict(warning) for warning in reading.warnings]
        readings = [
            _stored(table, n, source, body, by, now, domain, warnings)
            for n, table in enumerate(tables)
        ]
    return StoredReadings(source, tuple(readings))


def _kept(name: str, content: bytes) -> str:
    """The file's place in the store, under its digest; written once, before any transaction."""
    ending = "".join(c for c in name.rpartition(".")[2].lower() if c.isascii() and c.isalnum())
    path = f"catalogue-sources/{hashlib.sha256(content).hexdigest()}.{ending[:8] or 'bin'}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return path


def _source(
    reading: Reading, content: bytes, *, name: str, path: str, now: dt.datetime
) -> CatalogueSource:
    source, _ = CatalogueSource.objects.update_or_create(
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={
            "n_cells": reading.counts.cells,
            "n_understood": reading.counts.understood,
        },
        create_defaults={
            "name": name[-200:],
            "format": (reading.source.format or "json")[:10],
            "size": len(content),
            "file": path,
            "uploaded_at": now,
            "n_cells": reading.counts.cells,
            "n_understood": reading.counts.understood,
        },
    )
    return source


def _stored(
    table: ReadTable,
    position: int,
    source: CatalogueSource,
    body: Body,
    by: User | None,
    now: dt.datetime,
    domain: Domain | None,
    warnings: list[dict[str, str]],
) -> CatalogueReading:
    named = domain or (domain_named(table.domain) if table.domain else None)
    row = CatalogueReading.objects.create(
        source=source,
        table_position=position,
        body=body,
        domain=named,
        title=(table.title or source.name)[:200],
        table=table_as_json(table),
        warnings=warnings,
        read_at=now,
        read_by=by,
    )
    asked = [
        (n, catalogue_row, question)
        for n, catalogue_row in enumerate(table.rows)
        for question in catalogue_row.questions
    ]
    if named is None:
        asked.insert(0, (None, None, Question("domain", table.title, "domain_unknown", "")))  # type: ignore[arg-type]
    _store_questions(row, asked, now)
    return row


def _store_questions(
    reading: CatalogueReading,
    asked: Iterable[tuple[int, ReadRow, Question]],
    now: dt.datetime,
) -> None:
    remembered = {
        (one.field, one.why, one.raw_digest): one.answer
        for one in RememberedAnswer.objects.filter(body=reading.body)
    }
    questions = []
    for position, row, question in asked:
        digest = memory_digest(question, row)
        answer = remembered.get((question.field[:80], question.why[:60], digest))
        questions.append(
            ReadingQuestion(
                reading=reading,
                row_position=position,
                field=question.field[:80],
                raw=question.raw.replace("\x00", ""),
                why=question.why[:60],
                where=question.where[:80],
                answer=answer,
                is_remembered=answer is not None,
                settled_at=now if answer is not None else None,
            )
        )
        if answer is not None and question.field == "domain":
            reading.domain = domain_named(str(answer.get("value", "")))
            reading.save(update_fields=["domain"])
    ReadingQuestion.objects.bulk_create(questions, batch_size=BATCH)
