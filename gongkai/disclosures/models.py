"""Disclosures (公开信息): the typed record, its files and papers, decisions, public revisions."""

from __future__ import annotations

from typing import Any, ClassVar, Final, NoReturn

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Revision,
    RevisionMixin,
    Task,
    TaskState,
    Workflow,
    WorkflowMixin,
    WorkflowState,
)

from gongkai.base.errors import Refused
from gongkai.catalogue.models import Domain, Item
from gongkai.disclosures.querysets import DisclosureQuerySet
from gongkai.disclosures.states import PUBLIC_STATES, DisclosureState, Validity
from gongkai.duties.models import Duty
from gongkai.log.models import LogEntry
from gongkai.places.models import Body

BOOKKEEPING: Final = frozenset(
    {"latest_revision", "has_unpublished_changes", "locked", "locked_by", "locked_at"}
)
"""The only columns that Wagtail may write to an existing row by ``save``."""


class Disclosure(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    models.Model,
):
    """One record that a body makes public, in the typed template ``template``.

    The row holds what is public (for a record that never was, its first draft); drafts of a
    correction live in Wagtail revisions. Facts that are searched or counted are columns;
    ``values`` holds the template's other typed values as ``schema.Values`` JSON; ``text`` is
    sanitised prose. ``attachment_list`` orders the attachments: ``[{"sha256", "title"}]``.
    Invariant: the row changes publicly only through ``actions.publish``, ``correct``, ``withdraw``
    and ``expire``; ``digest`` is that of the public revision.
    """

    code = models.CharField("公开编号", max_length=16, unique=True)
    template = models.SlugField("模板", max_length=40)
    title = models.CharField("标题", max_length=300)
    summary = models.CharField("内容概述", max_length=500, blank=True)
    body = models.ForeignKey(
        Body, verbose_name="发布机构", on_delete=models.PROTECT, related_name="disclosures"
    )
    domain = models.ForeignKey(
        Domain,
        verbose_name="领域",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="disclosures",
    )
    item = models.ForeignKey(
        Item,
        verbose_name="公开事项",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="disclosures",
    )
    item_key = models.CharField("事项键", max_length=32, blank=True)
    duty = models.ForeignKey(
        Duty,
        verbose_name="公开义务",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="disclosures",
    )
    index_number = models.CharField("索引号", max_length=60, blank=True)
    document_number = models.CharField("文号", max_length=80, blank=True)
    dated_on = models.DateField("成文日期", null=True, blank=True)
    valid_from = models.DateField("施行日期", null=True, blank=True)
    valid_until = models.DateField("失效日期", null=True, blank=True)
    validity = models.CharField(
        "有效性", max_length=10, choices=Validity.choices, default=Validity.NONE
    )
    text = models.TextField("正文", blank=True)
    values = models.JSONField("要素", default=dict, blank=True)
    attachment_list = models.JSONField("附件清单", default=list, blank=True)
    responsibility = models.JSONField("责任人", default=dict, blank=True)  # schema.Responsibility
    collaborators = models.CharField("联合发布机构", max_length=300, blank=True)

    state = models.CharField(
        "状态", max_length=12, choices=DisclosureState.choices, default=DisclosureState.DRAFT
    )
    version = models.PositiveIntegerField("版次", default=0)  # 0: never public
    digest = models.CharField("内容摘要", max_length=64, blank=True)
    published_at = models.DateTimeField(
        "发布时间", null=True, blank=True
    )  # first time, server clock
    changed_at = models.DateTimeField("更正时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawal_reason = models.TextField("撤回理由", blank=True)
    is_hidden_for_privacy = models.BooleanField("因隐私隐藏", default=False)
    origin_url = models.CharField("原网址", max_length=500, blank=True)
    origin_published_on = models.DateField("原发布日期", null=True, blank=True)  # as its site said
    origin_key = models.CharField("来源标识", max_length=120, blank=True)  # idempotent import
    created_at = models.DateTimeField("创建时间")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    revisions = GenericRelation(
        Revision,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="disclosure",
    )
    workflow_states = GenericRelation(
        WorkflowState,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="disclosure",
        for_concrete_model=False,
    )

    objects: ClassVar[models.Manager[Disclosure]] = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = "公开信息"
        verbose_name_plural = "公开信息"
        ordering = ("-published_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "origin_key"),
                condition=~Q(origin_key=""),
                name="disclosure_origin_once",
            ),
            models.CheckConstraint(
                condition=Q(version=0, published_at=None)
                | Q(version__gt=0, published_at__isnull=False),
                name="disclosure_public_has_time",
            ),
        )
        indexes = (
            models.Index(fields=("state", "-published_at"), name="disclosure_state_published"),
            models.Index(fields=("body", "state", "-published_at"), name="disclosure_body_pub"),
            models.Index(fields=("domain", "state", "-published_at"), name="disclosure_domain_pub"),
            models.Index(fields=("item_key", "state", "-published_at"), name="disclosure_item_pub"),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new row, or Wagtail's bookkeeping. Anything else goes through an act.

        Whoever holds which permission: Wagtail's publishing actions end in a plain ``save``, and
        here they stop. Acts change rows by compare-and-set.
        """
        is_new = self.pk is None or kwargs.get("force_insert")
        fields = kwargs.get("update_fields")
        if not is_new and (fields is None or not set(fields) <= BOOKKEEPING):
            raise Refused("disclosures.only_through_review", record=self.code)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of the record on the portal."""
        return f"/d/{self.code}/"

    def publish(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Wagtail's way into the public, closed: a revision is published by its review only."""
        raise Refused("disclosures.only_through_review", record=self.code)

    def unpublish(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Wagtail's way out of the public, closed: withdrawing needs a reason and a log entry."""
        raise Refused("disclosures.only_through_review", record=self.code)

    def get_workflow(self) -> Workflow:
        """The review that this record goes through."""
        from gongkai.disclosures.routes import ensure_workflow

        return ensure_workflow(self.body)

    @property
    def is_public(self) -> bool:
        """Whether the text of the record can be read by anyone now."""
        return self.state in PUBLIC_STATES

    @property
    def has_draft(self) -> bool:
        """Whether something is written that is not public."""
        return self.version == 0 or self.has_unpublished_changes


class PublishedRevision(models.Model):
    """What stood in public from one act to the next: the canonical record and its digest.

    ``record`` is the canonical value (``canonical.canonical_record``); for a privacy withdrawal the
    earlier rows' ``record`` is emptied and only the digests stay.
    """

    disclosure = models.ForeignKey(
        Disclosure, on_delete=models.PROTECT, related_name="published_revisions"
    )
    number = models.PositiveIntegerField("版次")
    kind = models.CharField("动作", max_length=10, choices=LogEntry.Kind.choices)
    record = models.JSONField("记录")
    digest = models.CharField("摘要", max_length=64)
    reason = models.TextField("理由", blank=True)
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    log_entry = models.OneToOneField(
        LogEntry, on_delete=models.PROTECT, related_name="published_revision"
    )
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "公开版本"
        verbose_name_plural = "公开版本"
        ordering = ("disclosure", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("disclosure", "number"), name="published_revision_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.disclosure} v{self.number}"


class Attachment(models.Model):
    """A file of a disclosure, stripped of metadata, addressed by the digest of what is served."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="attachments")
    sha256 = models.CharField("摘要", max_length=64)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=120)
    size = models.PositiveIntegerField("字节")
    file = models.FileField("文件", upload_to="attachments/%Y/%m/")
    preview = models.ImageField("预览", upload_to="previews/%Y/%m/", blank=True)
    is_image = models.BooleanField("图片", default=False)
    findings = models.JSONField("隐私检查", default=list, blank=True)
    is_read = models.BooleanField("已检查文字", default=True)  # False: an image or a scan
    added_at = models.DateTimeField("添加时间")

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        constraints = (
            models.UniqueConstraint(fields=("disclosure", "sha256"), name="attachment_once"),
        )

    def __str__(self) -> str:
        return self.name


class ReviewPaper(models.Model):
    """A paper of the review (保密审查、合法性审查、三审三校): signed, dated, never public.

    ``digest`` binds it to the very content that was reviewed.
    """

    class Kind(models.TextChoices):
        """Which review the paper proves."""

        SECRECY = "secrecy", "保密审查表"
        LEGALITY = "legality", "合法性审查意见"
        THREE_REVIEWS = "three_reviews", "三审三校单"

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField("类别", max_length=16, choices=Kind.choices)
    digest = models.CharField("所审内容摘要", max_length=64)
    conclusion = models.CharField("结论", max_length=300)
    signed_name = models.CharField("签字人", max_length=40)
    signed_on = models.DateField("签字日期")
    file = models.FileField("扫描件", upload_to="review-papers/%Y/%m/", blank=True)
    added_at = models.DateTimeField("添加时间")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "审查材料"
        verbose_name_plural = "审查材料"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.signed_name}"


class ReviewTask(Task):
    """One step of the review, decided by people with a reviewer's mandate on the body.

    ``step`` names the responsibility (分管领导、主要负责人); the mandate is asked of the body that
    owns the record, or of the body above it where ``of_parent`` (township reviews its villages).
    """

    step = models.CharField("环节", max_length=40)
    of_parent = models.BooleanField("由上级机构审核", default=False)

    class Meta:
        verbose_name = "审核环节"
        verbose_name_plural = "审核环节"

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Reviewers may look at what they decide on."""
        from gongkai.disclosures.access import may_review

        return may_review(user, obj, task=self)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """Approve, or return with comments; nothing else, and never edit."""
        from gongkai.disclosures.access import may_review

        if not may_review(user, obj, task=self):
            return []
        return [("reject", "退回修改", True), ("approve", "通过", True)]

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """What is under review is edited by nobody: an edit would escape the earlier step."""
        return True


class ReviewRoute(models.Model):
    """The review that a body's records go through, where it is not the usual one of its kind."""

    body = models.OneToOneField(
        Body, verbose_name="机构", on_delete=models.CASCADE, related_name="review_route"
    )
    workflow = models.ForeignKey(
        Workflow, verbose_name="审核流程", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "审核路线"
        verbose_name_plural = "审核路线"

    def __str__(self) -> str:
        return f"{self.body} → {self.workflow}"


class ReviewDecision(models.Model):
    """A named decision on one very text: the step, the digest decided on, the comment."""

    class Decision(models.TextChoices):
        """What was decided."""

        SUBMITTED = "submitted", "提交"
        APPROVED = "approved", "通过"
        RETURNED = "returned", "退回"

    disclosure = models.ForeignKey(
        Disclosure, on_delete=models.PROTECT, related_name="review_decisions"
    )
    task_state = models.ForeignKey(
        TaskState, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    step = models.CharField("环节", max_length=40)
    digest = models.CharField("所审内容摘要", max_length=64)
    decision = models.CharField("决定", max_length=10, choices=Decision.choices)
    comment = models.TextField("意见", blank=True)
    decided_at = models.DateTimeField("时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "审核决定"
        verbose_name_plural = "审核决定"
        ordering = ("decided_at", "pk")
        indexes = (models.Index(fields=("disclosure", "decided_at"), name="decision_of_record"),)

    def __str__(self) -> str:
        return f"{self.step} {self.get_decision_display()} {self.digest[:12]}"
