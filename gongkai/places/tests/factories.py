"""Factories of divisions and bodies: the fictional 云溪区 (code prefix 439901) and its parts."""

from __future__ import annotations

import datetime as dt

from factory.declarations import LazyAttribute, LazyAttributeSequence, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from gongkai.places.models import Body, BodyAlias, BodyKind, Division, DivisionKind, DivisionLevel

DISTRICT_CODE = "439901000000"
FOUNDED_ON = dt.date(2020, 1, 1)

_TOWN_NAMES = ("梅岭", "石桥", "柳溪", "龙泉", "双河", "白鹭", "青石", "云台", "桃源", "竹山")
_VILLAGE_NAMES = ("上湾", "下湾", "新塘", "枫林", "长坡", "河口", "茶园", "松林", "石井", "荷塘")
_DEPARTMENTS = (
    "教育局", "民政局", "财政局", "司法局", "水利局", "统计局", "审计局", "交通运输局",
    "农业农村局", "卫生健康局", "应急管理局", "自然资源局", "市场监督管理局", "退役军人事务局",
)  # fmt: skip


def _cycled(names: tuple[str, ...], ending: str) -> Sequence:
    """Names in turn; a number is added from the second round on, so that they stay distinct."""

    def name(n: int) -> str:
        turn, place = divmod(n, len(names))
        return f"{names[place]}{turn or ''}{ending}"

    return Sequence(name)


def _parent(trait: str) -> SubFactory:
    return SubFactory("gongkai.places.tests.factories.DivisionFactory", **{trait: True})


class DivisionFactory(DjangoModelFactory[Division]):
    """A division; without a trait, the district 云溪区 itself (one row, however often asked).

    Traits: ``district street town rural_township village community``. The code of a place below
    follows from its parent: ``DivisionFactory(village=True, parent=town)``.
    """

    class Meta:
        model = Division
        django_get_or_create = ("code", "valid_from")

    class Params:
        district = Trait(code=DISTRICT_CODE)
        street = Trait(
            code=LazyAttributeSequence(lambda o, n: f"{o.parent.code[:6]}{n % 99 + 1:03d}000"),
            name=_cycled(_TOWN_NAMES, "街道"),
            level=DivisionLevel.TOWNSHIP,
            kind=DivisionKind.STREET,
            parent=_parent("district"),
        )
        town = Trait(
            code=LazyAttributeSequence(lambda o, n: f"{o.parent.code[:6]}{n % 100 + 100}000"),
            name=_cycled(_TOWN_NAMES, "镇"),
            level=DivisionLevel.TOWNSHIP,
            kind=DivisionKind.TOWN,
            parent=_parent("district"),
        )
        rural_township = Trait(
            code=LazyAttributeSequence(lambda o, n: f"{o.parent.code[:6]}{n % 200 + 200}000"),
            name=_cycled(_TOWN_NAMES, "乡"),
            level=DivisionLevel.TOWNSHIP,
            kind=DivisionKind.RURAL_TOWNSHIP,
            parent=_parent("district"),
        )
        village = Trait(
            code=LazyAttributeSequence(lambda o, n: f"{o.parent.code[:9]}{n % 200 + 200}"),
            name=_cycled(_VILLAGE_NAMES, "村"),
            level=DivisionLevel.VILLAGE,
            kind=DivisionKind.VILLAGE,
            urban_rural_class="220",
            parent=_parent("town"),
        )
        community = Trait(
            code=LazyAttributeSequence(lambda o, n: f"{o.parent.code[:9]}{n % 199 + 1:03d}"),
            name=_cycled(_VILLAGE_NAMES, "社区"),
            level=DivisionLevel.VILLAGE,
            kind=DivisionKind.COMMUNITY,
            urban_rural_class="111",
            parent=_parent("street"),
        )

    code = DISTRICT_CODE
    name = "云溪区"
    level = DivisionLevel.COUNTY
    kind = DivisionKind.DISTRICT
    parent = None
    valid_from = FOUNDED_ON


class BodyFactory(DjangoModelFactory[Body]):
    """A body; without a trait, a department of 云溪区.

    Traits: ``government department township_government committee residents_committee collective
    institution``. Give ``division=`` to place a committee or collective in a village at hand.
    """

    class Meta:
        model = Body

    class Params:
        government = Trait(name="云溪区人民政府", short_name="区政府", kind=BodyKind.GOVERNMENT)
        department = Trait(kind=BodyKind.DEPARTMENT)
        township_government = Trait(
            division=_parent("town"),
            kind=BodyKind.TOWNSHIP_GOVERNMENT,
            name=LazyAttribute(
                lambda o: (
                    f"{o.division.name}"
                    + ("办事处" if o.division.kind == DivisionKind.STREET else "人民政府")
                )
            ),
            short_name="",
        )
        committee = Trait(
            division=_parent("village"),
            kind=BodyKind.VILLAGE_COMMITTEE,
            name=LazyAttribute(lambda o: f"{o.division.name}民委员会"),
            short_name=LazyAttribute(lambda o: f"{o.division.name}委会"),
        )
        residents_committee = Trait(
            division=_parent("community"),
            kind=BodyKind.RESIDENTS_COMMITTEE,
            name=LazyAttribute(lambda o: f"{o.division.name}居民委员会"),
            short_name="",
        )
        collective = Trait(
            division=_parent("village"),
            kind=BodyKind.COLLECTIVE,
            name=LazyAttribute(lambda o: f"{o.division.name}股份经济合作社"),
            short_name="",
        )
        institution = Trait(
            kind=BodyKind.PUBLIC_INSTITUTION, name=_cycled(_VILLAGE_NAMES, "中心学校")
        )

    code = Sequence(lambda n: f"body-{n:04d}")
    name = _cycled(tuple(f"云溪区{name}" for name in _DEPARTMENTS), "")
    short_name = LazyAttribute(
        lambda o: o.name.removeprefix("云溪") if o.name.startswith("云溪区") else ""
    )
    kind = BodyKind.DEPARTMENT
    division = _parent("district")


class BodyAliasFactory(DjangoModelFactory[BodyAlias]):
    """Another name of a body."""

    class Meta:
        model = BodyAlias

    body = SubFactory(BodyFactory)
    name = Sequence(lambda n: f"别名{n}")
