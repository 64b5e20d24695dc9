"""View counts, rolled up when they arrive: one row a subject and day, no trail of any person."""

from __future__ import annotations

from django.db import models


class DailyViews(models.Model):
    """How often a subject (``disclosure:<code>``) was viewed on a day, bots left out."""

    subject = models.CharField("对象", max_length=80)
    day = models.DateField("日期")
    n_views = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = "日访问量"
        verbose_name_plural = "日访问量"
        constraints = (models.UniqueConstraint(fields=("subject", "day"), name="daily_views_once"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.day}: {self.n_views}"


class TotalViews(models.Model):
    """How often a subject was viewed in all; kept in step with the daily rows."""

    subject = models.CharField("对象", max_length=80, primary_key=True)
    n_views = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = "总访问量"
        verbose_name_plural = "总访问量"

    def __str__(self) -> str:
        return f"{self.subject}: {self.n_views}"
