"""Let duties follow a catalogue: a newly adopted edition takes the place of the one before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.catalogue.events import EditionAdopted
from gongkai.catalogue.models import DeadlineRule, Edition, Item
from gongkai.catalogue.queries import edition_difference
from gongkai.duties.actions.generate_duties import expectation_of, generate_for_edition
from gongkai.duties.deadlines import DeadlineBook
from gongkai.duties.expected import bodies_of, items_with_rules
from gongkai.duties.models import Duty, DutyDecision
from gongkai.duties.planning import rule_facts
from gongkai.duties.queries import settings_of_register
from gongkai.duties.redating import Changes, extended_ids, redate, rule_for
from gongkai.duties.signing import signed_decision


@dataclass(frozen=True, slots=True)
class FollowReport:
    """What became of the duties of the edition before."""

    n_kept: int
    n_redated: int
    n_repealed: int
    n_created: int


def follow_edition(edition: Edition, *, today: dt.date, now: dt.datetime) -> FollowReport:
    """The duties of the edition's body and domain rest on ``edition`` now.

    An item that is still there keeps its duties, moved to its new row; open ones are dated anew
    where the rule changed (a date that a person extended stays). Open duties of items that are
    gone, or of bodies that no longer owe them, are closed as repealed. What comes back from an
    earlier repeal is open again. Then the new items' duties are generated. Doing it twice changes
    nothing.
    """
    book = DeadlineBook.for_district()
    items = items_with_rules(edition)
    duties = _duties_of_earlier_editions(edition)
    follower = _Follower(
        edition=edition, items={item.key: item for item in items}, book=book, now=now
    )
    follower.extended = extended_ids(duties)
    follower.renamed = _renamed_keys(edition)
    with transaction.atomic():
        for duty in duties:
            follower.follow(duty)
        follower.changes.store()
        asked = expectation_of(
            edition, today=today, now=now, begins_on=settings_of_register().begins_on
        )
        created = generate_for_edition(asked, book=book, items=items)
    return FollowReport(
        n_kept=follower.n_kept,
        n_redated=follower.n_redated,
        n_repealed=follower.n_repealed,
        n_created=created,
    )


def _duties_of_earlier_editions(edition: Edition) -> list[Duty]:
    return list(
        Duty.objects.filter(
            item__edition__body=edition.body_id, item__edition__domain=edition.domain_id
        )
        .exclude(item__edition=edition)
        .select_related("item", "body", "event", "rule")
        .order_by("pk")
    )


def _renamed_keys(edition: Edition) -> dict[str, str]:
    """Keys of the edition before → keys of items that only changed the bodies that they name."""
    former = (
        Edition.objects.filter(
            body=edition.body_id, domain=edition.domain_id, state=Edition.State.SUPERSEDED
        )
        .exclude(pk=edition.pk)
        .order_by("-pk")
        .first()
    )
    if former is None:
        return {}
    changed = edition_difference(former, edition).changed
    return {change.old_key: change.new_key for change in changed}


class _Follower:
    """Moves one duty after another and counts."""

    def __init__(
        self, *, edition: Edition, items: dict[str, Item], book: DeadlineBook, now: dt.datetime
    ) -> None:
        self.edition = edition
        self.items = items
        self.bodies = {key: {body.pk for body in bodies_of(row)} for key, row in items.items()}
        self.book = book
        self.now = now
        self.extended: set[int] = set()
        self.renamed: dict[str, str] = {}
        self.changes = Changes()
        self.n_kept = self.n_redated = self.n_repealed = 0

    def follow(self, duty: Duty) -> None:
        item = self.items.get(self.renamed.get(duty.item_key, duty.item_key))
        is_open = duty.met_at is None and not duty.closed_by
        is_repealed = duty.closed_by == Duty.Closing.REPEALED
        if item is None or duty.body_id not in self.bodies[item.key]:
            if is_open:
                self._repeal(duty, "新版目录已无此事项或不再由本机构公开")
            return
        rule, is_asked = rule_for(duty, list(item.deadlines.all()))
        if (is_open and not is_asked) or (is_repealed and not is_asked):
            if is_open:
                self._repeal(duty, "新版目录的公开时限不再产生此项义务")
            return
        if is_repealed:
            self._note(duty, DutyDecision.Kind.REOPENED, "新版目录恢复了此事项")
            duty.closed_by, duty.closed_at = "", None
        former = duty.rule
        duty.item, duty.item_key = item, item.key
        if is_open or is_repealed:
            self._keep_open(duty, item=item, rule=rule, former=former)
        self.n_kept += 1
        self.changes.duties.append(duty)

    def _keep_open(
        self, duty: Duty, *, item: Item, rule: DeadlineRule | None, former: DeadlineRule | None
    ) -> None:
        is_same = rule is not None and former is not None and rule_facts(rule) == rule_facts(former)
        if not is_same and duty.pk not in self.extended:
            self.n_redated += redate(
                duty,
                rule=rule,
                item=item,
                book=self.book,
                reason=f"目录更新为《{self.edition.title}》，公开时限变更",
                now=self.now,
                changes=self.changes,
            )
        duty.rule = rule

    def _repeal(self, duty: Duty, reason: str) -> None:
        self._note(duty, DutyDecision.Kind.REPEALED, reason)
        duty.closed_by, duty.closed_at = Duty.Closing.REPEALED, self.now
        self.changes.duties.append(duty)
        self.n_repealed += 1

    def _note(self, duty: Duty, kind: str, reason: str) -> None:
        self.changes.decisions.append(
            signed_decision(duty, kind=kind, reason=reason, by=None, now=self.now)
        )


def follow_adoption(fact: EditionAdopted) -> None:
    """The handler of ``edition_adopted``: duties follow on the day of the adoption."""
    edition = Edition.objects.get(pk=fact.edition_id)
    follow_edition(edition, today=timezone.localdate(fact.adopted_at), now=fact.adopted_at)
