"""The public log: one entry for every publication, correction and withdrawal, chained by hash."""

from __future__ import annotations

from django.db import models


class LogEntry(models.Model):
    """One act made public. Entries are only appended; ``entry_hash`` covers the one before.

    ``record_digest`` is the hex SHA-256 of the canonical record (or of a withdrawal's tombstone);
    ``entry_hash`` = SHA-256(previous ‖ canonical entry), see ``rules``.
    """

    class Kind(models.TextChoices):
        """What was done in public."""

        PUBLISHED = "published", "发布"
        CORRECTED = "corrected", "更正"
        WITHDRAWN = "withdrawn", "撤回"

    number = models.PositiveBigIntegerField("序号", primary_key=True)
    kind = models.CharField("动作", max_length=10, choices=Kind.choices)
    subject = models.CharField("对象", max_length=80, db_index=True)  # e.g. "disclosure:<code>"
    record_digest = models.CharField("内容摘要", max_length=64)
    previous_hash = models.CharField("前项摘要", max_length=64)
    entry_hash = models.CharField("本项摘要", max_length=64, unique=True)
    reason = models.TextField("理由", blank=True)
    body_code = models.CharField("机构编码", max_length=40)
    logged_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = "日志项"
        verbose_name_plural = "日志项"
        ordering = ("number",)

    def __str__(self) -> str:
        return f"#{self.number} {self.get_kind_display()} {self.subject}"


class LogHead(models.Model):
    """The single row whose update orders all appends (compare-and-set on both databases)."""

    size = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = "日志末端"
        verbose_name_plural = "日志末端"

    def __str__(self) -> str:
        return f"{self.size} · {self.last_hash[:12]}"
