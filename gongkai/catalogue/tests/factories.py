"""Factories of domains, editions and items with their rules, channels and bodies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence as SequenceOf
from typing import Any

from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from gongkai.catalogue.models import (
    DeadlineRule,
    Domain,
    DomainAlias,
    Edition,
    Item,
    ItemBody,
    ItemChannel,
    LegalBasis,
)
from gongkai.catalogue.rules import item_key
from gongkai.places.models import Body
from gongkai.places.tests.factories import BodyFactory

TWENTY_WORKDAYS: dict[str, Any] = {
    "kind": "workdays_after",
    "n": 20,
    "unit": "workday",
    "trigger": "formed_or_changed",
    "raw": "自信息形成或者变更之日起20个工作日内",
}
QUARTERLY: dict[str, Any] = {"kind": "periodic", "every": "quarter", "raw": "每季度公布一次"}
PERMANENT: dict[str, Any] = {"kind": "permanent", "raw": "长期公开"}
PROMPT: dict[str, Any] = {"kind": "prompt", "raw": "及时公开"}

_LABELS = {
    "website": "政府网站",
    "new_media": "两微一端",
    "board": "社区/企事业单位/村公示栏（电子屏）",
    "service_centre": "政务服务中心",
    "push": "精准推送",
    "visit": "入户/现场",
    "gazette": "政府公报",
}


class DomainFactory(DjangoModelFactory[Domain]):
    """A domain; without a name, 社会救助 (one row, however often asked)."""

    class Meta:
        model = Domain
        django_get_or_create = ("code",)

    code = "social-relief"
    name = "社会救助"
    position = 5


class DomainAliasFactory(DjangoModelFactory[DomainAlias]):
    """Another name of a domain."""

    class Meta:
        model = DomainAlias

    domain = SubFactory(DomainFactory)
    name = Sequence(lambda n: f"社会救助领域{n}")


class EditionFactory(DjangoModelFactory[Edition]):
    """An edition in force; traits ``draft`` and ``superseded``."""

    class Meta:
        model = Edition

    class Params:
        draft = Trait(state=Edition.State.DRAFT, effective_from=None)
        superseded = Trait(state=Edition.State.SUPERSEDED, effective_until=dt.date(2025, 12, 31))

    body = SubFactory(BodyFactory)
    domain = SubFactory(DomainFactory)
    title = LazyAttribute(lambda o: f"{o.domain.name}领域基层政务公开标准目录")
    state = Edition.State.IN_FORCE
    adopted_on = dt.date(2025, 12, 1)
    effective_from = dt.date(2026, 1, 1)


class ItemFactory(DjangoModelFactory[Item]):
    """An item owed by the edition's body within 20 working days on the website.

    ``deadlines=[QUARTERLY, {...}]`` (fields of ``DeadlineRule``), ``channels=["website",
    "board"]`` (ticked), ``bodies=[body, …]`` and ``bases=["《…》", …]`` replace the defaults;
    empty lists leave them out.
    """

    class Meta:
        model = Item
        skip_postgeneration_save = True

    edition = SubFactory(EditionFactory)
    position = Sequence(lambda n: n + 1)
    number = LazyAttribute(lambda o: str(o.position))
    level1 = "最低生活保障"
    level2 = Sequence(lambda n: f"审核信息{n}")
    contents = LazyFunction(lambda: ["初审对象名单", "公示期限", "咨询电话"])
    deadline_text = TWENTY_WORKDAYS["raw"]
    bodies_text = LazyAttribute(lambda o: o.edition.body.name)
    channels_text = "■政府网站"
    to_society = True
    is_proactive = True
    key = LazyAttribute(
        lambda o: item_key(
            domain=o.edition.domain.code,
            level1=o.level1,
            level2=o.level2,
            level3=getattr(o, "level3", ""),
            subject=(o.bodies_text,),
        )
    )

    @post_generation
    def deadlines(
        item: Item,  # noqa: N805
        create: bool,
        extracted: SequenceOf[dict[str, Any]] | None,
        **_: Any,
    ) -> None:
        """The rules of the item's deadline."""
        rules = (TWENTY_WORKDAYS,) if extracted is None else extracted
        for position, rule in enumerate(rules):
            DeadlineRule.objects.create(item=item, position=position, **rule)

    @post_generation
    def channels(
        item: Item,  # noqa: N805
        create: bool,
        extracted: SequenceOf[str] | None,
        **_: Any,
    ) -> None:
        """The ticked channels of the item."""
        for position, code in enumerate(("website",) if extracted is None else extracted):
            ItemChannel.objects.create(
                item=item,
                position=position,
                code=code,
                label=_LABELS.get(code, code.removeprefix("x:")),
                is_ticked=True,
            )

    @post_generation
    def bodies(
        item: Item,  # noqa: N805
        create: bool,
        extracted: SequenceOf[Body] | None,
        **_: Any,
    ) -> None:
        """The bodies that owe the item."""
        given = [item.edition.body] if extracted is None else list(extracted)
        for position, body in enumerate(given):
            ItemBody.objects.create(item=item, position=position, name=body.name, body=body)

    @post_generation
    def bases(
        item: Item,  # noqa: N805
        create: bool,
        extracted: SequenceOf[str] | None,
        **_: Any,
    ) -> None:
        """The legal bases of the item."""
        names = ("《中华人民共和国社会救助法》",) if extracted is None else extracted
        for position, name in enumerate(names):
            LegalBasis.objects.create(
                item=item, position=position, name=name.strip("《》"), raw=name
            )
