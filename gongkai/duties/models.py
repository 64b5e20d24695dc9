"""Duties (公开义务): expected instances of catalogue items, their deadlines and their evidence."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.catalogue.models import DeadlineRule, Item
from gongkai.duties.querysets import DutyQuerySet
from gongkai.duties.states import DutyState, state_on
from gongkai.places.models import Body, Division


class DutyEvent(models.Model):
    """Something that happened on a day and starts a deadline (文件印发、收到批文 …)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="duty_events")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="events")
    title = models.CharField("事由", max_length=200)
    occurred_on = models.DateField("发生日期")
    registered_at = models.DateTimeField("登记时间")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "触发事件"
        verbose_name_plural = "触发事件"
        ordering = ("-occurred_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "item", "occurred_on", "title"), name="duty_event_once"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Duty(models.Model):
    """One body must publish one item once: for a period, after an event, or standing.

    Stored are facts (``due_on``, ``met_at``, decisions); the *state* on a day follows from them
    (``querysets.DutyQuerySet.in_state``, ``states.state_on``), so it can never be stale.
    ``item_key`` survives editions; ``item`` is the row in force when the duty arose or last moved.
    """

    class Occasion(models.TextChoices):
        """Why the duty exists."""

        PERIOD = "period", "定期"
        EVENT = "event", "事件"
        STANDING = "standing", "长期"

    class Closing(models.TextChoices):
        """Why nothing is owed any more, though nothing was published."""

        WAIVED = "waived", "免除"
        NOTHING = "nothing", "本期无此项"
        REPEALED = "repealed", "事项已取消"

    code = models.CharField("编号", max_length=16, unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="duties")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="duties")
    item_key = models.CharField("事项键", max_length=32)
    rule = models.ForeignKey(
        DeadlineRule, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    occasion = models.CharField("缘由", max_length=10, choices=Occasion.choices)
    subject = models.CharField("适用", max_length=200, blank=True)  # of the rule, where split
    period = models.CharField("期次", max_length=16, blank=True)  # "2026Q3", "2026-09", "2026H1"
    period_starts_on = models.DateField("期初", null=True, blank=True)
    period_ends_on = models.DateField("期末", null=True, blank=True)
    event = models.ForeignKey(
        DutyEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="duties"
    )
    due_on = models.DateField("应公开日期", null=True, blank=True)
    is_provisional = models.BooleanField("暂定", default=False)  # the year's calendar is not out
    is_inferred = models.BooleanField("推定", default=False)  # phrase without a number
    steps = models.JSONField("推算步骤", default=list)  # rules.Step as JSON; explains due_on
    met_at = models.DateTimeField("履行时间", null=True, blank=True)  # all channels evidenced
    met_on = models.DateField("履行日期", null=True, blank=True)  # the local date of ``met_at``
    closed_by = models.CharField("了结方式", max_length=16, blank=True, choices=Closing.choices)
    closed_at = models.DateTimeField("了结时间", null=True, blank=True)
    created_at = models.DateTimeField("产生时间")

    objects: ClassVar[models.Manager[Duty]] = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "公开义务"
        verbose_name_plural = "公开义务"
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "item_key", "period", "subject"),
                condition=Q(event=None),
                name="duty_once_a_period",
            ),
            models.UniqueConstraint(
                fields=("body", "item_key", "event", "subject"),
                condition=Q(event__isnull=False),
                name="duty_once_an_event",
            ),
            models.CheckConstraint(
                condition=(Q(closed_by="") & Q(closed_at=None))
                | (~Q(closed_by="") & Q(closed_at__isnull=False)),
                name="duty_closed_with_time",
            ),
            models.CheckConstraint(
                condition=Q(met_at=None, met_on=None)
                | Q(met_at__isnull=False, met_on__isnull=False),
                name="duty_met_with_date",
            ),
        )
        indexes = (
            models.Index(fields=("body", "due_on"), name="duty_body_due"),
            models.Index(fields=("due_on",), name="duty_due"),
            # covers the counts by state: read without touching the rows
            models.Index(fields=("body", "closed_by", "met_on", "due_on"), name="duty_facts"),
            models.Index(fields=("item_key",), name="duty_item_key"),
        )

    def __str__(self) -> str:
        return f"{self.body} · {self.item.title} · {self.period or self.due_on or '长期'}"

    @property
    def is_open(self) -> bool:
        """Whether it is still owed: neither met nor closed."""
        return self.met_at is None and not self.closed_by

    def state_on(self, on: dt.date) -> DutyState:
        """The state on ``on`` by ``states.state_on``."""
        return state_on(on, due_on=self.due_on, met_on=self.met_on, closed_by=self.closed_by)


class DutyChannel(models.Model):
    """One channel on which a duty must be met; ``met_at`` only ever comes with evidence."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="channels")
    code = models.CharField("渠道", max_length=60)
    label = models.CharField("名称", max_length=120)
    is_required = models.BooleanField("必需", default=True)  # False: platform cannot prove it yet
    met_at = models.DateTimeField("履行时间", null=True, blank=True)

    class Meta:
        verbose_name = "义务渠道"
        verbose_name_plural = "义务渠道"
        constraints = (models.UniqueConstraint(fields=("duty", "code"), name="duty_channel_once"),)

    def __str__(self) -> str:
        return self.label


class Evidence(models.Model):
    """Proof that one revision stood on one channel at one time. Never edited, never a tick box."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="evidence")
    channel_code = models.CharField("渠道", max_length=60)
    revision_digest = models.CharField("版本摘要", max_length=64)
    kind = models.CharField("证明方式", max_length=20)  # "web_fetch" | "photo" | "glass" …
    url = models.CharField("网址", max_length=300, blank=True)
    content_sha256 = models.CharField("所见内容摘要", max_length=64, blank=True)
    division = models.ForeignKey(
        Division, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    captured_at = models.DateTimeField("取证时间")
    is_void = models.BooleanField("失效", default=False)  # withdrawn or replaced since

    class Meta:
        verbose_name = "证据"
        verbose_name_plural = "证据"
        ordering = ("captured_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("duty", "channel_code", "revision_digest"),
                condition=Q(is_void=False),
                name="evidence_once",
            ),
        )
        indexes = (models.Index(fields=("revision_digest",), name="evidence_digest"),)

    def __str__(self) -> str:
        return f"{self.channel_code} {self.revision_digest[:12]}"


class DutyDecision(models.Model):
    """A decision on a duty, signed by a person, or made by the register when its ground moved.

    A person waives, extends, states "nothing occurred" (零公开) or reopens; the register notes that
    a date was computed anew, or that the catalogue dropped the item (``decided_by`` is null then).
    ``signature`` is the SHA-256 of the duty's facts and the decision as the person saw them.
    """

    class Kind(models.TextChoices):
        """What was decided."""

        WAIVED = "waived", "免除"
        EXTENDED = "extended", "延期"
        NOTHING_OCCURRED = "nothing", "本期无此项"
        REOPENED = "reopened", "恢复"
        RECOMPUTED = "recomputed", "期限重算"
        REPEALED = "repealed", "事项取消"

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField("决定", max_length=12, choices=Kind.choices)
    reason = models.TextField("理由")
    previous_due_on = models.DateField("原期限", null=True, blank=True)
    due_on = models.DateField("新期限", null=True, blank=True)
    signed_name = models.CharField("签署人", max_length=40)
    signature = models.CharField("签署摘要", max_length=64)
    decided_at = models.DateTimeField("决定时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "义务决定"
        verbose_name_plural = "义务决定"
        ordering = ("decided_at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason[:40]}"


class CalendarOverride(models.Model):
    """A day that a district works or rests otherwise than the national calendar says."""

    division = models.ForeignKey(Division, on_delete=models.CASCADE, related_name="+")
    day = models.DateField("日期")
    is_workday = models.BooleanField("上班")
    reason = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "日历调整"
        verbose_name_plural = "日历调整"
        ordering = ("day",)
        constraints = (
            models.UniqueConstraint(fields=("division", "day"), name="calendar_override_once"),
        )

    def __str__(self) -> str:
        return f"{self.day} {'班' if self.is_workday else '休'}"


class Reminder(models.Model):
    """An in-app reminder of a duty to a responsible person, with the day that it speaks of.

    Sent once per duty, person, kind, due date and lead; a new date after an extension may remind
    again. ``lead_days`` is the step of ``DutySettings.reminder_days`` that was reached.
    """

    class Kind(models.TextChoices):
        """What the reminder says."""

        COMING = "coming", "即将到期"
        DUE_TODAY = "due_today", "今日到期"
        OVERDUE = "overdue", "已逾期"

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duty_reminders"
    )
    kind = models.CharField("类型", max_length=10, choices=Kind.choices)
    due_on = models.DateField("所提醒的期限")
    lead_days = models.PositiveSmallIntegerField("提前天数", default=0)
    created_at = models.DateTimeField("提醒时间")
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    class Meta:
        verbose_name = "提醒"
        verbose_name_plural = "提醒"
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("duty", "user", "kind", "due_on", "lead_days"), name="reminder_once"
            ),
        )
        indexes = (models.Index(fields=("user", "read_at"), name="reminder_user_read"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.duty}"


STANDARD_REMINDER_DAYS = (15, 5, 1)
"""A fortnight, five days and one day before the date, where the district sets nothing else."""


class DutySettings(models.Model):
    """The district's choices for its register: one row, made at first use.

    ``begins_on``: periods that were due before it produce no duty (the day on which the district
    began to keep its register here); null: from the day on which each catalogue took effect.
    """

    reminder_days = models.JSONField("提前提醒天数", default=list, blank=True)
    begins_on = models.DateField("义务起算日期", null=True, blank=True)

    class Meta:
        verbose_name = "义务设置"
        verbose_name_plural = "义务设置"

    def __str__(self) -> str:
        return "、".join(str(days) for days in self.lead_days)

    @property
    def lead_days(self) -> list[int]:
        """How many days before a date people are reminded, longest first."""
        return sorted({int(days) for days in self.reminder_days or STANDARD_REMINDER_DAYS})[::-1]


class SavedRegisterView(models.Model):
    """A person's named selection in the register of duties; ``query`` is its query string."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="register_views"
    )
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=400, blank=True)

    class Meta:
        verbose_name = "常用视图"
        verbose_name_plural = "常用视图"
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("user", "name"), name="register_view_once"),)

    def __str__(self) -> str:
        return self.name
