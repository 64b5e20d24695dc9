"""Import the records of an existing site: the same gates and log; twice changes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import IntegrityError, transaction

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import GongkaiError, Refused
from gongkai.catalogue.models import Domain, DomainAlias, Item
from gongkai.disclosures import record_templates
from gongkai.disclosures.actions.publish_imported import publish_imported
from gongkai.disclosures.actions.save_draft import cleaned_changes
from gongkai.disclosures.canonical import digest_of
from gongkai.disclosures.codes import code_of
from gongkai.disclosures.findings import Finding
from gongkai.disclosures.gates import Candidate, Entrance
from gongkai.disclosures.going_public import check_gates
from gongkai.disclosures.importing import SourceRow, read_source
from gongkai.disclosures.importing.values import values_of_columns
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.prose import paragraphs
from gongkai.disclosures.reading_values import plain, read_date
from gongkai.disclosures.states import Validity
from gongkai.places.models import Body
from gongkai.places.queries import body_index

BATCH: Final = 100
_VALIDITY: Final = {
    "有效": Validity.IN_FORCE,
    "现行有效": Validity.IN_FORCE,
    "是": Validity.IN_FORCE,
    "废止": Validity.REPEALED,
    "已废止": Validity.REPEALED,
    "失效": Validity.LAPSED,
    "已失效": Validity.LAPSED,
    "否": Validity.LAPSED,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one row, where, and whether the row was refused for it."""

    sheet: str
    row: int
    column: str
    code: str
    facts: dict[str, Any]
    is_refusal: bool = True


@dataclass(slots=True)
class ImportReport:
    """What became of every row: created, there already, changed at the source, or refused."""

    n_rows: int = 0
    n_created: int = 0
    n_unchanged: int = 0
    n_changed: int = 0
    n_refused: int = 0
    codes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def import_disclosures(
    content: bytes, *, name: str, body: Body, by: User, now: dt.datetime, dry_run: bool = False
) -> ImportReport:
    """Every row that the gates let through is public; the report says what became of the others.

    ``body`` publishes rows that name no body. A row that is there already is left alone; one that
    was changed at its source is reported, because a correction needs a review.
    Raises: ``NotReadable`` for the file as a whole; ``Forbidden`` without a supervisor's mandate.
    """
    check_may(by, Act.SUPERVISE, body, on=now.date())
    importer = _Importer(body=body, by=by, now=now, dry_run=dry_run)
    rows = read_source(content, name=name)
    rows.sort(key=lambda row: str(row.facts.get("published_on", "")))  # oldest first
    for start in range(0, len(rows), BATCH):
        with transaction.atomic():
            for row in rows[start : start + BATCH]:
                importer.take(row)
    return importer.report


class _Importer:
    """The names it knows, what is there already, and the report that grows."""

    def __init__(self, *, body: Body, by: User, now: dt.datetime, dry_run: bool) -> None:
        self.body, self.by, self.now, self.dry_run = body, by, now, dry_run
        self.today = now.astimezone(dt.timezone(dt.timedelta(hours=8))).date()
        self.report = ImportReport()
        self.bodies = body_index()
        self.bodies_by_code = {b.code: b for b in Body.objects.select_related("division")}
        self.domains = _domains_by_name()
        self.items = _items_by_name()
        self.there: dict[tuple[int, str], str] = {
            (body_id, key): digest
            for body_id, key, digest in Disclosure.objects.exclude(origin_key="").values_list(
                "body_id", "origin_key", "digest"
            )
        }

    def take(self, row: SourceRow) -> None:
        """The row is public, known already, or refused with its problems in the report."""
        self.report.n_rows += 1
        try:
            record = self._record(row)
            candidate = Candidate(
                record=record,
                template=record_templates.get(record.template),
                digest=digest_of(record),
                attachments={},
                papers=(),
                today=self.today,
                entrance=Entrance.IMPORTED,
            )
            if not self._is_there(row, record, candidate.digest):
                self._publish(candidate)
        except GongkaiError as error:
            self._refuse(row, error)

    def _publish(self, candidate: Candidate) -> None:
        record = candidate.record
        if self.dry_run:
            check_gates(candidate)
        else:
            try:
                publish_imported(candidate, by=self.by, now=self.now)
            except IntegrityError as error:
                raise Refused("disclosures.code_taken", record=record.code) from error
        self.there[(record.body_id, record.origin_key)] = candidate.digest
        self.report.n_created += 1
        self.report.codes.append(record.code)

    def _is_there(self, row: SourceRow, record: Disclosure, digest: str) -> bool:
        known = self.there.get((record.body_id, record.origin_key))
        if known is None:
            return False
        if known == digest:
            self.report.n_unchanged += 1
        else:
            self.report.n_changed += 1
            self._note(row, "title", "import.changed", {"value": record.title[:60]})
        return True

    def _record(self, row: SourceRow) -> Disclosure:
        facts = row.facts
        title = plain(str(facts.get("title", "")))
        if not title:
            raise Refused("import.title_missing", fact="title")
        if len(title) > 300:
            raise Refused("import.title_too_long", fact="title")
        body = self._body(facts.get("body"))
        template = self._template(facts.get("template"))
        key = row.origin_key
        code = code_of(f"{body.code}\n{key}")
        record = Disclosure(code=code, template=template, body=body, origin_key=key)
        record.origin_url = plain(str(facts.get("url", "")))[:500]
        record.origin_published_on = self._past_date(row, "published_on", "import.date_in_future")
        domain = self._domain(row)
        changes: dict[str, Any] = {
            "title": title,
            "summary": str(facts.get("summary", "")),
            "text": _text(facts, record.origin_url),
            "document_number": str(facts.get("document_number", "")),
            "index_number": str(facts.get("index_number", "")) or f"{body.code}/{code}",
            "values": values_of_columns(record_templates.get(template), row.others),
            "domain_id": domain.pk if domain else None,
            "dated_on": self._date(row, "dated_on"),
            "valid_from": self._date(row, "valid_from"),
            "valid_until": self._date(row, "valid_until"),
            "validity": _VALIDITY.get(plain(str(facts.get("validity", ""))), Validity.NONE),
        }
        for column, value in cleaned_changes(record, changes).items():
            setattr(record, column, value)
        if domain:
            record.domain = domain
            self._settle_item(row, record)
        return record

    def _settle_item(self, row: SourceRow, record: Disclosure) -> None:
        """The record answers to the item that the row names, when the domain has just one such."""
        wanted = plain(str(row.facts.get("item", "")))
        if not wanted:
            return
        item = self.items.get((record.domain_id, wanted))
        if item is None:
            self._note(row, "item", "import.unknown_item", {"value": wanted[:60]})
        else:
            record.item, record.item_key = item, item.key

    def _body(self, name: Any) -> Body:
        wanted = plain(str(name or ""))
        if not wanted:
            return self.body
        found = self.bodies_by_code.get(wanted) or self.bodies.match(wanted)
        if found is None:
            raise Refused("import.unknown_body", fact="body", value=wanted[:60])
        return self.bodies_by_code[found.code]

    def _template(self, name: Any) -> str:
        wanted = plain(str(name or ""))
        if not wanted:
            return "article"
        for template in record_templates.registry().values():
            if wanted in (template.name, template.label):
                return template.name
        raise Refused("import.unknown_template", fact="template", value=wanted[:60])

    def _domain(self, row: SourceRow) -> Domain | None:
        wanted = plain(str(row.facts.get("domain", "")))
        found = self.domains.get(wanted.removesuffix("领域")) or self.domains.get(wanted)
        if wanted and found is None:
            self._note(row, "domain", "import.unknown_domain", {"value": wanted[:60]})
        return found

    def _date(self, row: SourceRow, fact: str) -> dt.date | None:
        value = row.facts.get(fact, "")
        if value == "":
            return None
        text = read_date(value if isinstance(value, dt.date) else str(value).split(" ")[0])
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            column = row.columns.get(fact, fact)
            raise Refused(
                "import.bad_date", fact=fact, column=column, value=str(value)[:40]
            ) from None

    def _past_date(self, row: SourceRow, fact: str, code: str) -> dt.date | None:
        day = self._date(row, fact)
        if day is not None and day > self.today:
            raise Refused(code, fact=fact, value=day.isoformat())
        return day

    def _refuse(self, row: SourceRow, error: GongkaiError) -> None:
        self.report.n_refused += 1
        findings: list[Finding] = error.data.get("findings", [])
        for finding in findings:
            self._note(row, finding.place.field, finding.code, finding.facts, is_refusal=True)
        if not findings:
            fact = str(error.data.get("fact", ""))
            self._note(row, fact, error.code, error.data, is_refusal=True)

    def _note(
        self,
        row: SourceRow,
        fact: str,
        code: str,
        facts: dict[str, Any],
        *,
        is_refusal: bool = False,
    ) -> None:
        column = row.columns.get(fact, fact)
        self.report.problems.append(Problem(row.sheet, row.row, column, code, facts, is_refusal))


def _text(facts: dict[str, Any], url: str) -> str:
    """The prose of the row; without one, its summary, and without that, the way to the original."""
    text = str(facts.get("text", "") or facts.get("summary", ""))
    if text.strip() or not url.startswith(("http://", "https://")):
        return text
    return paragraphs(f"原文地址：{url}")


def _items_by_name() -> dict[tuple[int | None, str], Item | None]:
    """Items in force by domain and title, or "一级/二级"; None where a name is not unique."""
    found: dict[tuple[int | None, str], Item | None] = {}
    items = Item.objects.in_force().select_related("edition").defer("contents", "extra")
    for item in items:
        domain_id = item.edition.domain_id
        for name in {item.title, item.path.replace(" / ", "/")}:
            key = (domain_id, name)
            found[key] = None if key in found else item
    return found


def _domains_by_name() -> dict[str, Domain]:
    domains = {domain.pk: domain for domain in Domain.objects.all()}
    names = {name: d for d in domains.values() for name in (d.code, d.name)}
    for alias in DomainAlias.objects.all():
        names.setdefault(alias.name, domains[alias.domain_id])
    return names
