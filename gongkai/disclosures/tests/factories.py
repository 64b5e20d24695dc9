"""Factories of disclosures: drafts, and records that went through the real acts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from factory.declarations import Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from gongkai.accounts.models import Role, User
from gongkai.accounts.tests.factories import UserFactory
from gongkai.disclosures import record_templates
from gongkai.disclosures.actions import add_paper, approve, create_draft, save_draft, submit
from gongkai.disclosures.canonical import digest_of, draft_of
from gongkai.disclosures.models import Disclosure
from gongkai.duties.models import Duty
from gongkai.places.models import Body
from gongkai.places.tests.factories import BodyFactory

NOW = dt.datetime(2026, 9, 21, 2, 0, tzinfo=dt.UTC)
TEXT = "<p>为保障困难群众基本生活，现将2026年第三季度临时救助情况予以公开。</p>"


class DisclosureFactory(DjangoModelFactory[Disclosure]):
    """A draft row of an article, without revisions; ``published=True`` for a bare public row.

    A bare public row has no log entry: use ``Office.published()`` where the act matters.
    """

    class Meta:
        model = Disclosure

    class Params:
        published = Trait(
            state="published",
            version=1,
            published_at=NOW,
            live=True,
            digest=Sequence(lambda n: f"{n:064x}"),
        )
        withdrawn = Trait(
            state="withdrawn",
            version=2,
            published_at=NOW,
            withdrawn_at=NOW,
            withdrawal_reason="内容有误，已重新发布",
            digest=Sequence(lambda n: f"{n:064x}"),
        )

    code = Sequence(lambda n: f"t{n:09d}")
    template = "article"
    title = Sequence(lambda n: f"关于公开第{n}批临时救助结果的公告")
    body = SubFactory(BodyFactory)
    text = TEXT
    live = False
    created_at = NOW


@dataclass
class Office:
    """A department with its people: one who writes, two who review, one who supervises."""

    body: Body
    editor: User
    first: User
    second: User
    supervisor: User

    @classmethod
    def open(cls, **fields: Any) -> Office:
        """A new department and its people, each with the one mandate that the role needs."""
        body = fields.pop("body", None) or BodyFactory.create(**fields)
        return cls(
            body=body,
            editor=UserFactory.mandated(body, Role.EDITOR),
            first=UserFactory.mandated(body, Role.REVIEWER),
            second=UserFactory.mandated(body, Role.REVIEWER),
            supervisor=UserFactory.mandated(body, Role.DISTRICT_OFFICE),
        )

    def draft(
        self, *, duty: Duty | None = None, template: str = "article", **changes: Any
    ) -> Disclosure:
        """A draft by the editor that no gate would stop, but for its papers."""
        facts = {"title": "2026年第三季度临时救助情况", "text": TEXT} | changes
        return create_draft(
            self.body, template=template, by=self.editor, now=NOW, duty=duty, changes=facts
        )

    def with_papers(self, disclosure: Disclosure) -> Disclosure:
        """The draft with every paper that its template demands."""
        for kind in record_templates.get(disclosure.template).papers:
            add_paper(
                disclosure,
                kind=kind.value,
                conclusion="经审查，不涉及国家秘密，同意公开",
                signed_name="何静安",
                signed_on=NOW.date(),
                by=self.editor,
                now=NOW,
            )
        return disclosure

    def submitted(
        self, disclosure: Disclosure | None = None, *, reason: str = "", **changes: Any
    ) -> Disclosure:
        """The draft under review."""
        record = self.with_papers(disclosure or self.draft(**changes))
        submit(record, by=self.editor, now=NOW, reason=reason)
        return record

    def published(
        self, *, now: dt.datetime = NOW, duty: Duty | None = None, **changes: Any
    ) -> Disclosure:
        """A record that went through the whole review."""
        record = self.submitted(self.draft(duty=duty, **changes))
        return self.approved(record, now=now)

    def approved(self, record: Disclosure, *, now: dt.datetime = NOW) -> Disclosure:
        """The record after both reviewers approved."""
        digest = digest_of(draft_of(record, record.latest_revision))
        approve(record, by=self.first, digest=digest, now=now)
        approve(record, by=self.second, digest=digest, now=now)
        return record

    def corrected(
        self, record: Disclosure, *, reason: str = "金额有误", **changes: Any
    ) -> Disclosure:
        """The public record after a reviewed correction."""
        save_draft(record, by=self.editor, changes=changes, now=NOW)
        self.submitted(record, reason=reason)
        return self.approved(record)
