"""The data sets: what each is, its columns, and its rows, read in stretches of constant memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop

from gongkai.catalogue.models import Item
from gongkai.disclosures.canonical import canonical_record
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.prose import plain_text
from gongkai.duties.models import Duty
from gongkai.footprints.models import DailyViews
from gongkai.places.models import Body, Division

Row = tuple[Any, ...]
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table of public data. ``columns`` are (name, label) in order."""

    name: str
    title: str
    description: str
    columns: tuple[tuple[str, str], ...]
    rows: Callable[[], Iterator[Row]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self.columns)


def _disclosures() -> Iterator[Row]:
    records = (
        Disclosure.objects.public()
        .select_related("body__division", "domain", "item", "duty")
        .order_by("pk")
    )
    for record in records.iterator(chunk_size=CHUNK):
        public = canonical_record(record)
        yield (
            record.code, f"{settings.BASE_URL}/d/{record.code}/", record.title, record.summary,
            record.template, record.body.code, record.body.name, record.body.division.code,
            public["domain"], public["item"], public["duty"], record.index_number,
            record.document_number, public["dated_on"], record.validity, public["valid_from"],
            public["valid_until"], record.state, record.version, record.digest,
            record.published_at, record.changed_at, plain_text(record.text), public["values"],
        )  # fmt: skip


def _items() -> Iterator[Row]:
    items = (
        Item.objects.filter(edition__state="in_force")
        .select_related("edition__domain", "edition__body")
        .prefetch_related("channels")
        .order_by("edition_id", "position")
    )
    for item in items.iterator(chunk_size=CHUNK):
        ticked = [channel.label for channel in item.channels.all() if channel.is_ticked]
        yield (
            item.key, item.edition.domain.code, item.edition.domain.name, item.edition.body.name,
            item.number, item.level1, item.level2, item.level3, item.contents, item.basis_text,
            item.deadline_text, item.bodies_text, ticked, item.to_society, item.to_group,
            item.is_proactive, item.is_on_request,
        )  # fmt: skip


def _duties() -> Iterator[Row]:
    duties = (
        Duty.objects.with_state(on=timezone.localdate())
        .select_related("body", "item__edition__domain")
        .order_by("pk")
    )
    for duty in duties.iterator(chunk_size=CHUNK):
        yield (
            duty.code, duty.body.code, duty.body.name, duty.item.edition.domain.code,
            duty.item_key, duty.item.title, duty.occasion, duty.period, duty.due_on,
            duty.is_provisional, duty.is_inferred, duty.met_on, duty.state,  # type: ignore[attr-defined]  # an annotation of ``with_state``
        )  # fmt: skip


def _places() -> Iterator[Row]:
    for place in Division.objects.select_related("parent").order_by("code", "valid_from"):
        yield (
            place.code, place.name, place.level, place.kind,
            place.parent.code if place.parent else "", place.valid_from, place.valid_until,
        )  # fmt: skip


def _bodies() -> Iterator[Row]:
    for body in Body.objects.select_related("division").order_by("position", "code"):
        yield (
            body.code, body.name, body.kind, body.division.code, body.credit_code, body.phone,
            body.address, body.opening_hours, body.valid_from, body.valid_until,
        )  # fmt: skip


def _views() -> Iterator[Row]:
    for row in DailyViews.objects.order_by("day", "subject").iterator(chunk_size=CHUNK):
        yield (row.subject, row.day, row.n_views)


DATASETS = (
    Dataset(
        "disclosures",
        gettext_noop("公开信息"),
        gettext_noop("每条公开信息的题名、机构、日期、文号、正文和要素；撤回的不在其中。"),
        (
            ("code", "公开编号"), ("url", "网址"), ("title", "标题"), ("summary", "内容概述"),
            ("template", "模板"), ("body", "机构编码"), ("body_name", "发布机构"),
            ("division", "区划代码"), ("domain", "领域"), ("item_key", "事项键"),
            ("duty", "义务编号"), ("index_number", "索引号"), ("document_number", "文号"),
            ("dated_on", "成文日期"), ("validity", "有效性"), ("valid_from", "施行日期"),
            ("valid_until", "失效日期"), ("state", "状态"), ("version", "版次"),
            ("digest", "内容摘要"), ("published_at", "发布时间"), ("changed_at", "更正时间"),
            ("text", "正文"), ("values", "要素"),
        ),
        _disclosures,
    ),
    Dataset(
        "catalogue",
        gettext_noop("公开目录"),
        gettext_noop("现行标准目录的每一行：事项、内容、依据、时限、主体、渠道。"),
        (
            ("key", "事项键"), ("domain", "领域编码"), ("domain_name", "领域"),
            ("edition_body", "编制机构"), ("number", "序号"), ("level1", "一级事项"),
            ("level2", "二级事项"), ("level3", "三级事项"), ("contents", "公开内容（要素）"),
            ("basis", "公开依据"), ("deadline", "公开时限"), ("bodies", "公开主体"),
            ("channels", "公开渠道和载体"), ("to_society", "全社会"), ("to_group", "特定群体"),
            ("is_proactive", "主动公开"), ("is_on_request", "依申请公开"),
        ),
        _items,
    ),
    Dataset(
        "duties",
        gettext_noop("应公开事项"),
        gettext_noop("哪个机构、哪一项、最迟哪一天公开、哪一天公开的。"),
        (
            ("code", "义务编号"), ("body", "机构编码"), ("body_name", "机构"),
            ("domain", "领域编码"), ("item_key", "事项键"), ("item", "事项"),
            ("occasion", "缘由"), ("period", "期次"), ("due_on", "最迟公开日期"),
            ("is_provisional", "暂定"), ("is_inferred", "推定"), ("met_on", "公开日期"),
            ("state", "状态"),
        ),
        _duties,
    ),
    Dataset(
        "places",
        gettext_noop("区划"),
        gettext_noop("区、镇街、村和社区的代码、名称和起止日期。"),
        (
            ("code", "区划代码"), ("name", "名称"), ("level", "层级"), ("kind", "类别"),
            ("parent", "上级代码"), ("valid_from", "启用日期"), ("valid_until", "停用日期"),
        ),
        _places,
    ),
    Dataset(
        "bodies",
        gettext_noop("公开机构"),
        gettext_noop("负有公开义务的机构、所在地和公开的联系方式。"),
        (
            ("code", "机构编码"), ("name", "名称"), ("kind", "类别"), ("division", "区划代码"),
            ("credit_code", "统一社会信用代码"), ("phone", "公开电话"), ("address", "办公地址"),
            ("opening_hours", "办公时间"), ("valid_from", "设立日期"), ("valid_until", "撤销日期"),
        ),
        _bodies,
    ),
    Dataset(
        "views",
        gettext_noop("浏览次数"),
        gettext_noop("每条信息每天被看了多少次；只有次数，没有任何读者信息。"),
        (("subject", "对象"), ("day", "日期"), ("n_views", "次数")),
        _views,
    ),
)  # fmt: skip
