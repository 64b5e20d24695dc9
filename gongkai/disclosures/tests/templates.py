"""What the tests of every record template ask: what is wrong, and how it is shown."""

from __future__ import annotations

from gongkai.disclosures import record_templates
from gongkai.disclosures.checking import check_values
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.reading_values import read_values
from gongkai.disclosures.rendering import rendered, view_of
from gongkai.disclosures.schema import Surface, Values


def faults(name: str, values: Values) -> list[str]:
    """The codes of what is wrong with ``values`` after reading them."""
    template = record_templates.get(name)
    return [
        finding.code for finding in check_values(template, read_values(template.fields, values))
    ]


def labels(name: str, values: Values) -> list[str]:
    """The labels of the fields that ``values`` fill."""
    return [field.label for field in record_templates.get(name).fields if field.name in values]


def shown(name: str, values: Values, surface: Surface, *, partial: str = "web") -> str:
    """The record's body on ``surface``, as HTML."""
    record = Disclosure(code="c", template=name, title="标题", text="<p>正文</p>", values=values)
    return str(rendered(view_of(record, surface), partial=partial))
