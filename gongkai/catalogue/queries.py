"""Questions about catalogues: items in force, an edition's content, and how editions differ."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, QuerySet

from gongkai.catalogue.models import Domain, DomainAlias, Edition, Item
from gongkai.catalogue.rules import difference, normalised
from gongkai.catalogue.schema import (
    BasisFacts,
    ChannelFacts,
    DeadlineFacts,
    Difference,
    EditionContent,
    ItemFacts,
)
from gongkai.places.models import Body


def items_in_force(*, domain: Domain | None = None, body: Body | None = None) -> QuerySet[Item]:
    """Items of editions in force, of a domain and of a compiling body where given.

    Rules, channels, bases and bodies come with it: five queries, whatever the number of items.
    """
    items = Item.objects.filter(edition__state=Edition.State.IN_FORCE)
    if domain is not None:
        items = items.filter(edition__domain=domain)
    if body is not None:
        items = items.filter(edition__body=body)
    return whole_items(items).order_by(
        "edition__domain__position", "edition__domain__code", "edition", "position"
    )


def whole_items(items: QuerySet[Item]) -> QuerySet[Item]:
    """``items`` with everything that a catalogue row shows."""
    return items.select_related("edition__domain", "edition__body").prefetch_related(
        "bases", "deadlines", "channels", "item_bodies__body"
    )


def edition_in_force(*, body: Body, domain: Domain) -> Edition | None:
    """The edition of ``body`` for ``domain`` that is in force."""
    return Edition.objects.filter(body=body, domain=domain, state=Edition.State.IN_FORCE).first()


def edition_on(day: dt.date, *, body: Body, domain: Domain) -> Edition | None:
    """The edition of ``body`` for ``domain`` that was in force on ``day``."""
    editions = Edition.objects.filter(body=body, domain=domain, effective_from__lte=day)
    return (
        editions.exclude(effective_until__lt=day)
        .exclude(state=Edition.State.DRAFT)
        .order_by("-effective_from", "-pk")
        .first()
    )


def domain_named(name: str) -> Domain | None:
    """The domain of that name, alias or code; width and spaces do not count."""
    wanted = normalised(name).removesuffix("领域")
    for domain in Domain.objects.all():
        if wanted in (normalised(domain.name), normalised(domain.code)):
            return domain
    for alias in DomainAlias.objects.select_related("domain"):
        if normalised(alias.name) == wanted:
            return alias.domain
    return None


def editions_with_counts() -> QuerySet[Edition]:
    """All editions with their number of items (``n_items``), by domain, the newest first."""
    return (
        Edition.objects.select_related("body", "domain")
        .annotate(n_items=Count("items"))
        .order_by("domain__position", "domain__code", "body__position", "body__code", "-pk")
    )


def edition_content(edition: Edition) -> EditionContent:
    """The content of an edition, from which an equal one can be adopted. 5 queries."""
    items = whole_items(Item.objects.filter(edition=edition)).order_by("position")
    return EditionContent(
        title=edition.title,
        items=tuple(item_facts(item) for item in items),
        adopted_on=edition.adopted_on,
        effective_from=edition.effective_from,
        source_name=edition.source_name,
        source_sha256=edition.source_sha256,
        extra_headers=tuple(edition.extra_headers),
    )


def item_facts(item: Item) -> ItemFacts:
    """An item as a plain value. No query when it came from ``whole_items``."""
    return ItemFacts(
        number=item.number, level1=item.level1, level2=item.level2, level3=item.level3,
        contents=tuple(item.contents),
        bases=tuple(
            BasisFacts(basis.name, basis.document_number, basis.article, basis.raw)
            for basis in item.bases.all()
        ),
        deadlines=tuple(
            DeadlineFacts(
                rule.kind, rule.raw, rule.n, rule.unit, rule.trigger, rule.every, rule.day_rule,
                rule.subject, rule.condition, rule.inferred, rule.override_clause,
            )
            for rule in item.deadlines.all()
        ),
        bodies=tuple(dict.fromkeys(row.name for row in item.item_bodies.all())),
        channels=tuple(
            ChannelFacts(box.code, box.label, box.is_ticked, box.note)
            for box in item.channels.all()
        ),
        basis_text=item.basis_text, deadline_text=item.deadline_text,
        bodies_text=item.bodies_text, channels_text=item.channels_text,
        to_society=item.to_society, to_group=item.to_group, audience_text=item.audience_text,
        is_proactive=item.is_proactive, is_on_request=item.is_on_request,
        levels=dict(item.levels), extra=dict(item.extra),
    )  # fmt: skip


def edition_difference(old: Edition | None, new: Edition | EditionContent) -> Difference:
    """What ``new`` changes against ``old``; everything is added when there is none before."""
    content = edition_content(new) if isinstance(new, Edition) else new
    before = edition_content(old) if old is not None else EditionContent("", ())
    return difference(old.domain.code if old else "", before.items, content.items)
