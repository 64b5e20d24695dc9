"""The editing form of a draft, made from its template's schema; bad values are kept and shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import DraftailRichTextArea

from gongkai.catalogue.models import Domain
from gongkai.disclosures import record_templates
from gongkai.disclosures.models import Disclosure, ReviewPaper
from gongkai.disclosures.reading_values import shown_value
from gongkai.disclosures.schema import Field, Kind, RecordTemplate
from gongkai.disclosures.states import Validity

RICH_TEXT: Final = ["h2", "h3", "bold", "italic", "ol", "ul", "hr", "blockquote", "link"]
MAX_ROWS: Final = 2_000
BLANK_ROWS: Final = 2
_CELL = re.compile(r"^t_([a-z_]+)-(\d{1,4})-([a-z_]+)$")


def _in_words(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """The choices with their labels in the language of whoever reads the form."""
    return [(value, _(str(label))) for value, label in choices]


def _required(label: str) -> str:
    return gettext("%(label)s（必填）") % {"label": label}


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ProseEditor(DraftailRichTextArea):
    """Wagtail's editor; what is not in its own form is taken as HTML and sanitised on saving."""

    def __init__(self, *, label_id: str, **options: Any) -> None:
        super().__init__(**options)
        self.options["ariaLabelledBy"] = label_id

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """The prose as HTML, whatever was sent."""
        try:
            value = super().value_from_datadict(data, files, name)
        except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
            value = data.get(name)
        return str(value or "")


class DraftForm(forms.Form):
    """Title, facts, prose and the values of the template; tables stand in ``table_rows``."""

    title = forms.CharField(label=_("标题"), max_length=300, required=False)
    summary = forms.CharField(
        label=_("内容概述"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    domain = forms.ModelChoiceField(
        Domain.objects.order_by("position", "code"), label=_("领域"), required=False
    )
    document_number = forms.CharField(label=_("文号"), max_length=80, required=False)
    dated_on = forms.DateField(label=_("成文日期"), required=False, widget=DateInput())
    valid_from = forms.DateField(label=_("施行日期"), required=False, widget=DateInput())
    valid_until = forms.DateField(label=_("失效日期"), required=False, widget=DateInput())
    validity = forms.ChoiceField(
        label=_("有效性"), choices=_in_words(Validity.choices), required=False
    )
    index_number = forms.CharField(label=_("索引号"), max_length=60, required=False)
    collaborators = forms.CharField(label=_("联合发布机构"), max_length=300, required=False)
    text = forms.CharField(label=_("正文"), required=False)

    def __init__(self, draft: Disclosure, posted: Any = None) -> None:
        self.draft = draft
        self.template = record_templates.get(draft.template)
        super().__init__(posted, initial=_initial(draft, self.template))
        self.fields["text"].widget = _prose_widget(draft.text)
        optional = {"document_number", "dated_on", "valid_from", "valid_until", "validity",
                    "summary"}  # fmt: skip
        for name in optional - set(self.template.facts):
            del self.fields[name]
        for field in self.template.fields:
            if field.kind is not Kind.TABLE:
                self.fields[f"v_{field.name}"] = _form_field(field)
        for name in {"title", *self.template.required_facts} & set(self.fields):
            self.fields[name].label = _required(str(self.fields[name].label))
        for name, form_field in self.fields.items():
            form_field.widget.attrs["id"] = f"field-{name.removeprefix('v_')}"

    @property
    def facts(self) -> list[forms.BoundField]:
        """The fields that are columns of every record."""
        return [self[name] for name in self.fields if name != "text" and not name.startswith("v_")]

    @property
    def elements(self) -> list[forms.BoundField]:
        """The fields of the template that are no tables."""
        return [self[name] for name in self.fields if name.startswith("v_")]

    @property
    def tables(self) -> list[TableInput]:
        """The tables with their rows as they stand, and blank rows below."""
        values = self.values() if self.is_bound else self.draft.values
        return [_table_input(table, values.get(table.name)) for table in self.template.tables]

    def values(self) -> dict[str, Any]:
        """The template's values as typed by the person (``schema.Values`` before reading)."""
        source = self.cleaned_data if hasattr(self, "cleaned_data") else {}
        raw: dict[str, Any] = {
            field.name: source.get(f"v_{field.name}", self.data.get(f"v_{field.name}", ""))
            for field in self.template.fields
            if field.kind is not Kind.TABLE
        }
        return raw | table_rows(self.data, self.template)

    def changes(self) -> dict[str, Any]:
        """The content columns as ``save_draft`` takes them."""
        clean = self.cleaned_data
        changes = {name: clean[name] for name in self.fields
                   if name != "domain" and not name.startswith("v_")}  # fmt: skip
        changes["domain_id"] = clean["domain"].pk if clean.get("domain") else None
        changes["values"] = self.values()
        return changes


@dataclass(frozen=True, slots=True)
class CellInput:
    """One input of a table."""

    name: str
    id: str
    value: str
    label: str
    is_number: bool
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TableInput:
    """A table as inputs: headings, rows of cells."""

    name: str
    label: str
    is_required: bool
    columns: tuple[Field, ...]
    rows: tuple[tuple[CellInput, ...], ...]
    hint: str


def table_rows(posted: Mapping[str, Any], template: RecordTemplate) -> dict[str, Any]:
    """The rows of every table in the posted names ``t_<table>-<row>-<column>``, in order."""
    columns = {table.name: {c.name for c in table.columns} for table in template.tables}
    rows: dict[str, dict[int, dict[str, Any]]] = {name: {} for name in columns}
    for key in posted:
        match = _CELL.match(key)
        if match and match[3] in columns.get(match[1], ()) and int(match[2]) < MAX_ROWS:
            rows[match[1]].setdefault(int(match[2]), {})[match[3]] = posted[key]
    return {
        name: [by_number[number] for number in sorted(by_number)]
        for name, by_number in rows.items()
    }


def _table_input(table: Field, value: Any) -> TableInput:
    filled = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    rows = [*filled, *({} for _ in range(BLANK_ROWS))]
    return TableInput(
        table.name,
        table.label,
        table.is_required,
        table.columns,
        tuple(
            tuple(_cell(table, column, number, row) for column in table.columns)
            for number, row in enumerate(rows)
        ),
        table.hint,
    )


def _cell(table: Field, column: Field, number: int, row: Mapping[str, Any]) -> CellInput:
    value = row.get(column.name)
    shown = (
        "" if value is None else value if column.kind is Kind.CHOICE else shown_value(column, value)
    )
    is_first = column is table.columns[0]
    return CellInput(
        name=f"t_{table.name}-{number}-{column.name}",
        id=f"field-{table.name}-{number + 1}" if is_first else "",
        value=str(shown),
        label=column.label,
        is_number=column.kind in (Kind.MONEY, Kind.NUMBER),
        choices=column.choices,
    )


def _initial(draft: Disclosure, template: RecordTemplate) -> dict[str, Any]:
    facts = {
        name: getattr(draft, name)
        for name in ("title", "summary", "document_number", "dated_on", "valid_from",
                     "valid_until", "validity", "index_number", "collaborators", "text")
    }  # fmt: skip
    values = {
        f"v_{field.name}": _shown(field, draft.values.get(field.name))
        for field in template.fields
        if field.kind is not Kind.TABLE
    }
    return facts | values | {"domain": draft.domain_id}


def _shown(field: Field, value: Any) -> Any:
    """What stands in the input: dates and choices as stored, money and lists as people write."""
    return value if field.kind in (Kind.CHOICE, Kind.DATE) else shown_value(field, value)


def _prose_widget(text: str) -> forms.Widget:
    """The rich text editor; a plain field of HTML where a table in the text would be lost in it."""
    if "<table" in text:
        return forms.Textarea({"rows": 24, "spellcheck": "false"})
    return ProseEditor(label_id="text-label", features=RICH_TEXT)


def _form_field(field: Field) -> forms.Field:
    label = _required(gettext(field.label)) if field.is_required else gettext(field.label)
    options: dict[str, Any] = {
        "label": label,
        "required": False,
        "help_text": gettext(field.hint) if field.hint else "",
    }
    if field.kind is Kind.CHOICE:
        return forms.CharField(
            widget=forms.Select(choices=[("", _("请选择")), *_in_words(field.choices)]), **options
        )
    if field.kind in (Kind.PROSE, Kind.LIST):
        return forms.CharField(widget=forms.Textarea({"rows": 4}), **options)
    if field.kind is Kind.DATE:
        return forms.CharField(widget=forms.TextInput({"placeholder": "2026-09-18"}), **options)
    return forms.CharField(max_length=field.max_length, **options)


class PaperForm(forms.Form):
    """A paper of the review with its signature."""

    kind = forms.ChoiceField(label=_("材料"), choices=_in_words(ReviewPaper.Kind.choices))
    conclusion = forms.CharField(
        label=_("结论"), max_length=300, initial="经审查，不涉及国家秘密，同意公开"
    )
    signed_name = forms.CharField(label=_("签字人"), max_length=40)
    signed_on = forms.DateField(label=_("签字日期"), widget=DateInput())
    file = forms.FileField(label=_("扫描件"), required=False)


class ScheduleForm(forms.Form):
    """When an approved record goes public, and when it expires."""

    go_live_at = forms.DateTimeField(
        label=_("定时发布"), required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("不填：审核通过后立即发布"),
    )  # fmt: skip
    expire_at = forms.DateTimeField(
        label=_("到期时间"), required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("不填：长期公开"),
    )  # fmt: skip


def listed_attachments(draft: Disclosure, posted: MultiValueDict[str, Any]) -> list[dict[str, str]]:
    """The draft's attachments after the person's titles, order and removals."""
    kept = []
    for entry in draft.attachment_list:
        sha256 = entry["sha256"]
        if posted.get(f"file-remove-{sha256}"):
            continue
        title = str(posted.get(f"file-title-{sha256}") or entry["title"])
        order = str(posted.get(f"file-order-{sha256}") or "")
        kept.append((int(order) if order.isdecimal() and len(order) < 6 else 999, title, sha256))
    return [
        {"sha256": sha256, "title": title}
        for _, title, sha256 in sorted(kept, key=lambda item: item[0])
    ]
