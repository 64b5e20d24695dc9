"""Divisions (区划) and bodies (机构): where and by whom something is published."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.places.querysets import BodyQuerySet, DivisionQuerySet


class DivisionLevel(models.TextChoices):
    """The five levels of the statistical division code (domain 7.1)."""

    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"
    VILLAGE = "village", "村级"


class DivisionKind(models.TextChoices):
    """What a division is called and governed as."""

    DISTRICT = "district", "区县"
    STREET = "street", "街道"
    TOWN = "town", "镇"
    RURAL_TOWNSHIP = "rural_township", "乡"
    VILLAGE = "village", "村"
    COMMUNITY = "community", "社区"
    OTHER = "other", "其他"


class Division(models.Model):
    """A place with its 12-digit code in the years in which that code was valid.

    Villages are merged and renamed every year: a row is closed (``valid_until``) and linked to
    its successors, never deleted. The subtree of a place is a prefix of the code.
    Source: 统计用区划代码 (domain 7.1).
    """

    code = models.CharField("区划代码", max_length=12)
    name = models.CharField("名称", max_length=80)
    level = models.CharField("层级", max_length=12, choices=DivisionLevel.choices)
    kind = models.CharField("类别", max_length=16, choices=DivisionKind.choices)
    urban_rural_class = models.CharField("城乡分类", max_length=3, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name="上级",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    valid_from = models.DateField("启用日期")
    valid_until = models.DateField("停用日期", null=True, blank=True)

    objects: ClassVar[models.Manager[Division]] = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = "区划"
        verbose_name_plural = "区划"
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(fields=("code", "valid_from"), name="division_code_from"),
            models.UniqueConstraint(
                fields=("code",), condition=Q(valid_until=None), name="division_code_current"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="division_validity_order",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def subtree_prefix(self) -> str:
        """The part of the code that every place below shares (2, 4, 6, 9 or 12 digits)."""
        lengths = {"province": 2, "prefecture": 4, "county": 6, "township": 9, "village": 12}
        return self.code[: lengths[self.level]]


class Succession(models.Model):
    """What became of a division: renamed, merged into, or split into others on a day."""

    class Kind(models.TextChoices):
        """How one division follows another."""

        RENAMED = "renamed", "更名"
        MERGED = "merged", "合并"
        SPLIT = "split", "分设"
        RECODED = "recoded", "换码"

    predecessor = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="origins")
    kind = models.CharField("方式", max_length=10, choices=Kind.choices)
    effective_on = models.DateField("生效日期")

    class Meta:
        verbose_name = "沿革"
        verbose_name_plural = "沿革"
        constraints = (
            models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=models.F("successor")), name="succession_not_self"
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class BodyKind(models.TextChoices):
    """Who can owe a disclosure."""

    GOVERNMENT = "government", "区县人民政府"
    DEPARTMENT = "department", "部门"
    TOWNSHIP_GOVERNMENT = "township_government", "乡镇人民政府、街道办事处"
    VILLAGE_COMMITTEE = "village_committee", "村民委员会"
    RESIDENTS_COMMITTEE = "residents_committee", "居民委员会"
    COLLECTIVE = "collective", "农村集体经济组织"
    PUBLIC_INSTITUTION = "public_institution", "公共企事业单位"


class Body(models.Model):
    """A body that publishes: a department, a township government, a committee, a collective.

    A village has two: the 村委会 answers for 村务, the 农村集体经济组织 for 集体财务
    (村民委员会组织法 art. 35; 农村集体经济组织法 art. 45).
    """

    code = models.SlugField("机构编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类别", max_length=24, choices=BodyKind.choices)
    division = models.ForeignKey(
        Division, verbose_name="所在区划", on_delete=models.PROTECT, related_name="bodies"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="主管机构",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    phone = models.CharField("公开电话", max_length=40, blank=True)
    address = models.CharField("办公地址", max_length=160, blank=True)
    opening_hours = models.CharField("办公时间", max_length=120, blank=True)
    introduction = models.TextField("机构职能", blank=True)
    position = models.PositiveSmallIntegerField("排序", default=0)
    valid_from = models.DateField("设立日期", null=True, blank=True)
    valid_until = models.DateField("撤销日期", null=True, blank=True)

    objects: ClassVar[models.Manager[Body]] = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = "机构"
        verbose_name_plural = "机构"
        ordering = ("position", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("credit_code",), condition=~Q(credit_code=""), name="body_credit_code"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """The name by which people know the body: short where there is one."""
        return self.short_name or self.name


class BodyAlias(models.Model):
    """Another way in which published catalogues write a body's name."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("别名", max_length=120)

    class Meta:
        verbose_name = "机构别名"
        verbose_name_plural = "机构别名"
        constraints = (models.UniqueConstraint(fields=("body", "name"), name="body_alias_once"),)

    def __str__(self) -> str:
        return self.name
