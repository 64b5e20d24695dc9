"""Standard catalogues (标准目录) as they are in force: domains, editions, items and their rules."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.catalogue.querysets import ItemQuerySet
from gongkai.places.models import Body


class Domain(models.Model):
    """A field of disclosure (领域), by whatever name a district writes it (domain 1.1)."""

    class Scope(models.TextChoices):
        """At which level of government the domain's catalogue is kept."""

        COUNTY = "county", "区县"
        TOWNSHIP = "township", "乡镇街道"
        VILLAGE = "village", "村居"

    code = models.SlugField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=60, unique=True)
    scope = models.CharField("层级", max_length=10, choices=Scope.choices, default=Scope.COUNTY)
    summary = models.CharField("说明", max_length=160, blank=True)
    position = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "领域"
        verbose_name_plural = "领域"
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name


class DomainAlias(models.Model):
    """Another name under which a domain is published (医疗卫生 / 卫生健康 …)."""

    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("别名", max_length=60, unique=True)

    class Meta:
        verbose_name = "领域别名"
        verbose_name_plural = "领域别名"

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One version of one body's catalogue for one domain.

    ``draft`` → ``in_force`` → ``superseded``; at most one edition a body and domain is in force.
    """

    class State(models.TextChoices):
        """Where an edition is in its life."""

        DRAFT = "draft", "待确认"
        IN_FORCE = "in_force", "现行"
        SUPERSEDED = "superseded", "已被替代"

    body = models.ForeignKey(
        Body, verbose_name="编制机构", on_delete=models.PROTECT, related_name="editions"
    )
    domain = models.ForeignKey(
        Domain, verbose_name="领域", on_delete=models.PROTECT, related_name="editions"
    )
    title = models.CharField("标题", max_length=200)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    adopted_on = models.DateField("编制日期", null=True, blank=True)
    effective_from = models.DateField("施行日期", null=True, blank=True)
    effective_until = models.DateField("停用日期", null=True, blank=True)
    source_name = models.CharField("来源文件", max_length=200, blank=True)
    source_sha256 = models.CharField("来源摘要", max_length=64, blank=True)
    extra_headers = models.JSONField("附加栏目", default=list, blank=True)

    class Meta:
        verbose_name = "目录版本"
        verbose_name_plural = "目录版本"
        ordering = ("domain", "-effective_from")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "domain"),
                condition=Q(state="in_force"),
                name="edition_one_in_force",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """A row of the standard catalogue (公开事项): an executable obligation.

    ``key`` is stable across editions: SHA-256 over domain, level names and subject, never the
    number (domain 1.6). Three-valued facts are null where the source does not tell.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="items")
    key = models.CharField("事项键", max_length=32)
    position = models.PositiveIntegerField("行序")
    number = models.CharField("序号", max_length=60, blank=True)
    level1 = models.TextField("一级事项", blank=True)
    level2 = models.TextField("二级事项", blank=True)
    level3 = models.TextField("三级事项", blank=True)
    contents = models.JSONField("公开内容（要素）", default=list, blank=True)  # list[str], prose
    basis_text = models.TextField("公开依据原文", blank=True)
    deadline_text = models.TextField("公开时限原文", blank=True)
    bodies_text = models.TextField("公开主体原文", blank=True)
    channels_text = models.TextField("公开渠道原文", blank=True)
    to_society = models.BooleanField("全社会", null=True)
    to_group = models.BooleanField("特定群体", null=True)
    audience_text = models.TextField("公开对象说明", blank=True)
    is_proactive = models.BooleanField("主动公开", null=True)
    is_on_request = models.BooleanField("依申请公开", null=True)
    levels = models.JSONField("公开层级", default=dict, blank=True)  # {"县级": true|false|null}
    extra = models.JSONField("附加栏目", default=dict, blank=True)  # {header: raw}

    objects: ClassVar[models.Manager[Item]] = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "公开事项"
        verbose_name_plural = "公开事项"
        ordering = ("edition", "position")
        constraints = (
            models.UniqueConstraint(fields=("edition", "key"), name="item_key_once"),
            models.UniqueConstraint(fields=("edition", "position"), name="item_position_once"),
        )
        indexes = (models.Index(fields=("key",), name="item_key"),)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The most specific level name that the row has."""
        return self.level3 or self.level2 or self.level1

    @property
    def path(self) -> str:
        """All level names, most general first."""
        return " / ".join(name for name in (self.level1, self.level2, self.level3) if name)


class LegalBasis(models.Model):
    """One law or document that an item rests on, in the source's words and taken apart."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="bases")
    position = models.PositiveSmallIntegerField()
    name = models.TextField("名称", blank=True)
    document_number = models.TextField("文号", blank=True)
    article = models.TextField("条款", blank=True)
    raw = models.TextField("原文")

    class Meta:
        verbose_name = "公开依据"
        verbose_name_plural = "公开依据"
        ordering = ("item", "position")

    def __str__(self) -> str:
        return self.raw


class DeadlineRule(models.Model):
    """One rule of an item's deadline (公开时限). Numbers come from the source, never from code.

    ``kind``, ``unit``, ``every``, ``day_rule`` as in ``readings.reading.Deadline``.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="deadlines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField("类型", max_length=16)
    n = models.PositiveSmallIntegerField("数", null=True, blank=True)
    unit = models.CharField("单位", max_length=8, blank=True)
    trigger = models.CharField("起算", max_length=200, blank=True)
    every = models.CharField("周期", max_length=8, blank=True)
    day_rule = models.CharField("日期规则", max_length=60, blank=True)
    subject = models.CharField("适用", max_length=200, blank=True)
    condition = models.CharField("条件", max_length=200, blank=True)
    inferred = models.BooleanField("推定", default=False)
    override_clause = models.BooleanField("另有规定从其规定", default=False)
    raw = models.TextField("原文")

    class Meta:
        verbose_name = "时限规则"
        verbose_name_plural = "时限规则"
        ordering = ("item", "position")

    def __str__(self) -> str:
        return self.raw


class ItemBody(models.Model):
    """A body named by an item (公开主体); ``body`` is null while the name is not matched."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="item_bodies")
    position = models.PositiveSmallIntegerField()
    name = models.TextField("原文名称")
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="owed_items"
    )

    class Meta:
        verbose_name = "公开主体"
        verbose_name_plural = "公开主体"
        ordering = ("item", "position")

    def __str__(self) -> str:
        return self.name


class ItemChannel(models.Model):
    """One box of an item's channel list (公开渠道和载体); ``is_ticked`` null = not known."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="channels")
    position = models.PositiveSmallIntegerField()
    code = models.CharField("渠道", max_length=60)
    label = models.CharField("原文", max_length=120)
    is_ticked = models.BooleanField("勾选", null=True)
    note = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = "公开渠道"
        verbose_name_plural = "公开渠道"
        ordering = ("item", "position")

    def __str__(self) -> str:
        return self.label
