"""Put a catalogue into force: a new edition with all its items; the one before is superseded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from django.db import models, transaction
from django.utils import timezone

from gongkai.accounts.access import Act, check_may
from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.catalogue.events import EditionAdopted, edition_adopted
from gongkai.catalogue.models import (
    DeadlineRule,
    Domain,
    Edition,
    Item,
    ItemBody,
    ItemChannel,
    LegalBasis,
)
from gongkai.catalogue.rules import keyed_items
from gongkai.catalogue.schema import EditionContent, ItemFacts
from gongkai.places.models import Body
from gongkai.places.queries import BodyIndex, body_index, district

BATCH = 1000


def adopt_edition(
    content: EditionContent, *, body: Body, domain: Domain, by: User | None, now: dt.datetime
) -> Edition:
    """``content`` is the catalogue of ``body`` for ``domain`` in force; returns its edition.

    The edition before keeps its items (duties and disclosures point to them) as superseded.
    Announces ``edition_adopted`` after commit, so that duties follow. ``by`` None is the operator
    at the command line. Queries: constant, whatever the number of items.

    Raises: ``Forbidden('access.no_mandate')``; ``Refused('catalogue.empty')``; ``Refused(
    'catalogue.adopted_meanwhile')`` when somebody else adopted an edition at the same moment.
    """
    if by is not None:
        check_may(by, Act.SUPERVISE, body)
    if not content.items:
        raise Refused("catalogue.empty", title=content.title)
    starts_on = content.effective_from or timezone.localdate(now)
    resolver = _Resolver(body)
    with transaction.atomic():
        replaced = _supersede(body, domain, starts_on)
        edition = Edition.objects.create(
            body=body,
            domain=domain,
            title=content.title[:200] or f"{domain.name}领域基层政务公开标准目录",
            state=Edition.State.IN_FORCE,
            adopted_on=content.adopted_on,
            effective_from=starts_on,
            source_name=content.source_name[:200],
            source_sha256=content.source_sha256,
            extra_headers=list(content.extra_headers),
        )
        _store_items(edition, keyed_items(domain.code, content.items), resolver)
        edition_adopted.announce(
            EditionAdopted(edition.pk, replaced, body.pk, domain.pk, adopted_at=now)
        )
    return edition


def _supersede(body: Body, domain: Domain, starts_on: dt.date) -> int | None:
    """Compare-and-set: the unique constraint on editions in force refuses the second of two."""
    current = Edition.objects.filter(body=body, domain=domain, state=Edition.State.IN_FORCE)
    before = current.values_list("pk", "effective_from").first()
    if before is None:
        return None
    pk, began_on = before
    last_day = max(starts_on - dt.timedelta(days=1), began_on or dt.date.min)
    moved = Edition.objects.filter(pk=pk, state=Edition.State.IN_FORCE).update(
        state=Edition.State.SUPERSEDED, effective_until=last_day
    )
    if moved != 1:
        raise Refused("catalogue.adopted_meanwhile", body=body.name, domain=domain.name)
    return int(pk)


class _Resolver:
    """Names of publishing bodies → bodies: those of the catalogue's own place, then any by name."""

    def __init__(self, body: Body) -> None:
        home = district()
        self.own = body_index(body.division)
        self.all: BodyIndex = (
            self.own if home is None or home.pk == body.division_id else body_index(home)
        )
        self.known: dict[str, list[Body]] = {}

    def bodies(self, name: str) -> list[Body]:
        """The bodies that ``name`` means; empty when no rule tells."""
        if name not in self.known:
            found = self.own.resolve(name)
            if not found:
                one = self.all.match(name)
                found = [one] if one else []
            self.known[name] = found
        return self.known[name]


def _store_items(
    edition: Edition, keyed: Sequence[tuple[str, ItemFacts]], resolver: _Resolver
) -> None:
    items = Item.objects.bulk_create(
        [_item(edition, key, facts, place) for place, (key, facts) in enumerate(keyed, start=1)],
        batch_size=BATCH,
    )
    pairs = [(item, facts) for item, (_, facts) in zip(items, keyed, strict=True)]
    _create(
        LegalBasis,
        (
            LegalBasis(item=item, position=n, **asdict(basis))
            for item, facts in pairs
            for n, basis in enumerate(facts.bases)
        ),
    )
    _create(
        DeadlineRule,
        (
            DeadlineRule(item=item, position=n, **_clipped(DeadlineRule, asdict(rule)))
            for item, facts in pairs
            for n, rule in enumerate(facts.deadlines)
        ),
    )
    _create(
        ItemChannel,
        (
            ItemChannel(item=item, position=n, **_clipped(ItemChannel, asdict(box)))
            for item, facts in pairs
            for n, box in enumerate(facts.channels)
        ),
    )
    _create(ItemBody, (row for item, facts in pairs for row in _bodies(item, facts, resolver)))


def _create(model: type[models.Model], rows: Iterator[models.Model]) -> None:
    model._default_manager.bulk_create(rows, batch_size=BATCH)


def _clipped(model: type[models.Model], values: dict[str, object]) -> dict[str, object]:
    """Text cut to its column. Nothing is lost: the source's words stand whole on the item."""
    return {
        name: value[: getattr(model._meta.get_field(name), "max_length", None)]
        if isinstance(value, str)
        else value
        for name, value in values.items()
    }


def _item(edition: Edition, key: str, facts: ItemFacts, place: int) -> Item:
    return Item(
        edition=edition, key=key, position=place, number=facts.number[:60],
        level1=facts.level1, level2=facts.level2, level3=facts.level3,
        contents=list(facts.contents), basis_text=facts.basis_text,
        deadline_text=facts.deadline_text, bodies_text=facts.bodies_text,
        channels_text=facts.channels_text, to_society=facts.to_society, to_group=facts.to_group,
        audience_text=facts.audience_text, is_proactive=facts.is_proactive,
        is_on_request=facts.is_on_request, levels=dict(facts.levels), extra=dict(facts.extra),
    )  # fmt: skip


def _bodies(item: Item, facts: ItemFacts, resolver: _Resolver) -> Iterator[ItemBody]:
    """One row for each body that a name means; one without body for a name that no rule knows."""
    position = 0
    for name in facts.bodies:
        meant: Sequence[Body | None] = resolver.bodies(name) or (None,)
        for body in meant:
            yield ItemBody(item=item, position=position, name=name, body=body)
            position += 1
