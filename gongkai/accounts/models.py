"""Staff accounts and mandates: who may act for which body. Residents come with their own models."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from gongkai.accounts.querysets import MandateQuerySet
from gongkai.places.models import Body


class User(AbstractUser):
    """A person who signs in. What staff may do follows from mandates, not from Django groups."""

    display_name = models.CharField("姓名", max_length=40, blank=True)
    phone = models.CharField("手机", max_length=20, blank=True)

    class Meta(AbstractUser.Meta):
        verbose_name = "用户"
        verbose_name_plural = "用户"

    def __str__(self) -> str:
        return self.display_name or self.username


class Role(models.TextChoices):
    """What a mandate allows on a body (and, where it says so, on the bodies below it)."""

    ADMINISTRATOR = "administrator", "系统管理员"
    DISTRICT_OFFICE = "district_office", "区政务公开办"
    EDITOR = "editor", "业务人员"
    REVIEWER = "reviewer", "分管领导"
    VILLAGE_CLERK = "village_clerk", "村务公开员"
    AUDITOR = "auditor", "监督审计（只读）"


class Mandate(models.Model):
    """A person's role on one body, and on its subtree where ``covers_subtree``, for a time.

    Least privilege (GB/T 22239): no act is possible without a mandate that is valid at that
    moment, superusers included.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mandates")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    covers_subtree = models.BooleanField("含下级机构", default=False)
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True, blank=True)
    granted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="granted_mandates"
    )

    objects: ClassVar[models.Manager[Mandate]] = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "授权"
        verbose_name_plural = "授权"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "body", "role"),
                condition=Q(valid_until=None),
                name="mandate_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.body}"
