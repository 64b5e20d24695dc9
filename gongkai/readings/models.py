"""Readings of catalogue files in the console: the source, its open questions, settled answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.catalogue.models import Domain, Edition
from gongkai.places.models import Body


class CatalogueSource(models.Model):
    """A catalogue file exactly as it was sent; kept for good, addressed by its digest."""

    sha256 = models.CharField("摘要", max_length=64, unique=True)
    name = models.CharField("文件名", max_length=200)
    format = models.CharField("格式", max_length=10)
    size = models.PositiveIntegerField("字节")
    file = models.FileField("文件", upload_to="catalogue-sources/")
    uploaded_at = models.DateTimeField("上传时间")
    n_cells = models.PositiveIntegerField("单元格", default=0)
    n_understood = models.PositiveIntegerField("已理解", default=0)

    class Meta:
        verbose_name = "目录来源"
        verbose_name_plural = "目录来源"

    def __str__(self) -> str:
        return self.name


class CatalogueReading(models.Model):
    """One reading of one source for one body: ``open`` → ``confirmed``; or ``discarded``.

    ``table`` holds one read table as JSON, as it was read: provenance, shown beside the source.
    Answers are laid over it (``answers.settled_rows``); facts become columns of
    ``catalogue.Item`` when the reading is confirmed. A file gives one reading for each domain.
    Invariant: confirmed only when no question is open.
    """

    class State(models.TextChoices):
        """Where a reading is in its life."""

        OPEN = "open", "待处理"
        CONFIRMED = "confirmed", "已确认"
        DISCARDED = "discarded", "已放弃"

    source = models.ForeignKey(CatalogueSource, on_delete=models.PROTECT, related_name="readings")
    table_position = models.PositiveSmallIntegerField("表序")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="readings")
    domain = models.ForeignKey(
        Domain, null=True, blank=True, on_delete=models.PROTECT, related_name="readings"
    )
    title = models.CharField("标题", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    table = models.JSONField("读入结果")
    warnings = models.JSONField("提示", default=list)
    edition = models.OneToOneField(
        Edition, null=True, blank=True, on_delete=models.SET_NULL, related_name="reading"
    )
    read_at = models.DateTimeField("读入时间")
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "目录读入"
        verbose_name_plural = "目录读入"
        ordering = ("-read_at", "table_position")

    def __str__(self) -> str:
        return self.title or self.source.name


class ReadingQuestion(models.Model):
    """One question of a reading; settled when ``answer`` is set. The raw text is never lost."""

    reading = models.ForeignKey(
        CatalogueReading, on_delete=models.CASCADE, related_name="questions"
    )
    row_position = models.PositiveIntegerField("行序", null=True)  # null: about the table
    field = models.CharField("栏目", max_length=80)
    raw = models.TextField("原文", blank=True)
    why = models.CharField("原因", max_length=60)
    where = models.CharField("位置", max_length=80, blank=True)
    answer = models.JSONField("答复", null=True, blank=True)
    is_remembered = models.BooleanField("沿用旧答复", default=False)
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "读入疑问"
        verbose_name_plural = "读入疑问"
        ordering = ("reading", "row_position", "pk")
        indexes = (models.Index(fields=("reading", "settled_at"), name="question_open"),)

    def __str__(self) -> str:
        return f"{self.where} {self.field}: {self.raw[:40]}"


class RememberedAnswer(models.Model):
    """A settled answer, reused when the same body sends the same words with the same doubt."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    field = models.CharField("栏目", max_length=80)
    why = models.CharField("原因", max_length=60)
    raw_digest = models.CharField("原文摘要", max_length=64)
    raw = models.TextField("原文", blank=True)
    answer = models.JSONField("答复")
    settled_at = models.DateTimeField("处理时间")

    class Meta:
        verbose_name = "已记住的答复"
        verbose_name_plural = "已记住的答复"
        constraints = (
            models.UniqueConstraint(
                fields=("body", "field", "why", "raw_digest"), name="remembered_answer_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.field}: {self.raw[:40]}"
