"""``gongkai import-catalogue``: read catalogue files, store them, adopt what needs no answer."""

from __future__ import annotations

import time
from argparse import Namespace
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser
from django.utils import timezone

from gongkai.base.commands import ExitCode, GongkaiCommand
from gongkai.base.errors import GongkaiError
from gongkai.readings.read import read_catalogue
from gongkai.readings.reading import Reading, reading_as_json
from gongkai.readings.texts import error_text, why_text

if TYPE_CHECKING:
    from gongkai.catalogue.models import Domain
    from gongkai.places.models import Body
    from gongkai.readings.models import CatalogueReading


@dataclass(slots=True)
class File:
    """One file on its way: its bytes, its reading, and what became of it."""

    name: str
    content: bytes
    reading: Reading
    stored: list[CatalogueReading] = field(default_factory=list)

    @property
    def n_questions(self) -> int:
        """Questions that the reader asks."""
        return sum(len(row.questions) for table in self.reading.tables for row in table.rows)

    @property
    def n_rows(self) -> int:
        """Catalogue rows found."""
        return sum(len(table.rows) for table in self.reading.tables)


class Command(GongkaiCommand):
    """Read, store and adopt; exit 0 done, 1 refused, 2 usage, 3 done with questions listed."""

    help = (
        "Read standard catalogues from .xlsx .xls .docx .html .htm .csv .tsv .txt .md .pdf files.\n"
        "Every cell ends understood or with a question; nothing is guessed. A catalogue without\n"
        "questions takes effect at once; one with questions waits in the console (exit 3).\n"
        "If any file is refused, nothing is stored."
    )
    example = "gongkai import-catalogue 社会救助.xlsx --body yx-civil --domain 社会救助"
    requires_system_checks: list[str] = []  # a dry run needs no database

    def add_arguments(self, parser: CommandParser) -> None:
        """The files, and how."""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--body", metavar="CODE", help="the body that compiled the catalogue")
        parser.add_argument("--domain", metavar="NAME", help="the domain, whatever titles say")
        parser.add_argument("--dry-run", action="store_true", help="read and report, store nothing")
        parser.add_argument("--json", action="store_true", help="print the reading for machines")
        parser.add_argument(
            "--accept-unknown",
            action="store_true",
            help="let what the reader asks stay unknown, and adopt",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, report, and end with the code that says how it went."""
        given = Namespace(**options)
        if not given.dry_run and not given.body:
            self.stop(ExitCode.USAGE, "请用 --body 写明编制机构的编码，或用 --dry-run 试读。")
        files = self._read(given)
        refused = [file for file in files if file.reading.refused is not None]
        if not refused and not given.dry_run:
            self._store(files, given)
        self._report(files, given)
        if refused:
            self.stop(ExitCode.REFUSED)
        if given.dry_run:
            open_ = any(file.n_questions for file in files)
        else:
            open_ = any(one.state == "open" for file in files for one in file.stored)
        if open_:
            self.stop(ExitCode.QUESTIONS)

    def _read(self, given: Namespace) -> list[File]:
        files, started = [], time.monotonic()
        for n, path in enumerate(given.files, start=1):
            try:
                content = Path(path).read_bytes()
            except OSError as error:
                self.stop(ExitCode.REFUSED, f"{path}：{error.strerror}")
            name = Path(path).name
            files.append(File(name, content, read_catalogue(name, content, domain=given.domain)))
            if time.monotonic() - started > 1:
                self.stderr.write(f"已读 {n}/{len(given.files)}：{name}")
        return files

    def _store(self, files: list[File], given: Namespace) -> None:
        from django.db import transaction

        from gongkai.readings.actions.ensure_domains import domain_for, ensure_domains

        body = self._body(given.body)
        try:
            ensure_domains()
            domain = domain_for(given.domain) if given.domain else None
            with transaction.atomic():
                for file in files:
                    self._store_one(file, body, domain, given)
        except GongkaiError as error:
            self.stop(ExitCode.REFUSED, error_text(error))

    def _body(self, code: str) -> Body:
        from gongkai.places.models import Body

        body = Body.objects.filter(code=code).select_related("division").first()
        if body is None:
            self.stop(ExitCode.REFUSED, f"没有编码为“{code}”的机构。请先导入机构。")
        return body

    def _store_one(self, file: File, body: Body, domain: Domain | None, given: Namespace) -> None:
        from gongkai.readings.actions.confirm_reading import confirm_reading
        from gongkai.readings.actions.settle_question import leave_unknown
        from gongkai.readings.actions.store_reading import store_reading

        now = timezone.now()
        kept = store_reading(
            file.reading, file.content, name=file.name, body=body, by=None, now=now, domain=domain
        )
        for reading in kept.readings:
            if given.accept_unknown:
                leave_unknown(reading, by=None, now=now)
            if not reading.questions.filter(settled_at=None).exists():
                confirm_reading(reading, by=None, now=now)
            file.stored.append(reading)

    def _report(self, files: list[File], given: Namespace) -> None:
        if given.json:
            shown = [self._as_json(file) for file in files]
            self.write_json(shown[0] if len(shown) == 1 else shown)
        else:
            for file in files:
                self._tell(file)

    def _as_json(self, file: File) -> dict[str, Any]:
        shape = reading_as_json(file.reading)
        if file.stored:
            shape["stored"] = [
                {"reading": one.pk, "domain": one.domain.name if one.domain else None,
                 "state": one.state, "items": len(one.table["rows"]),
                 "open_questions": one.questions.filter(settled_at=None).count()}
                for one in file.stored
            ]  # fmt: skip
        return shape

    def _tell(self, file: File) -> None:
        reading = file.reading
        if reading.refused is not None:
            code, _, words = reading.refused.why.partition(": ")
            self.stderr.write(
                f"{file.name}：未读入。{words or code}\n  {reading.refused.send_instead}"
            )
            return
        counts = reading.counts
        self.stdout.write(
            f"{file.name}：表 {len(reading.tables)} · 事项 {file.n_rows} · 单元格 {counts.cells}"
            f" · 已理解 {counts.understood} · 存疑 {counts.questioned} · 疑问 {file.n_questions}"
        )
        for table in reading.tables:
            self.stdout.write(
                f"  {table.domain or '领域未定'}｜{table.title or '无标题'}｜{len(table.rows)} 项"
            )
        for warning in reading.warnings:
            self.stdout.write(f"  提示 {warning.where} {warning.text}".rstrip())
        for table in reading.tables:
            for row in table.rows:
                for question in row.questions:
                    self.stdout.write(
                        f"  疑问 {question.where} [{question.field}] {why_text(question.why)}："
                        f"{' '.join(question.raw.split())[:80]}"
                    )
        for one in file.stored:
            state = "已生效" if one.state == "confirmed" else "待处理，请到工作台“标准目录”处理疑问"
            self.stdout.write(f"  {one.title}：{state}")
