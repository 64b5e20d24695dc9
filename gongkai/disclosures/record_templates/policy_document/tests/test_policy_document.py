"""The template ``policy_document``: a complete example passes, and what is wrong is named."""

from __future__ import annotations

import pytest

from gongkai.disclosures.record_templates import get
from gongkai.disclosures.schema import Surface, Values
from gongkai.disclosures.tests.templates import faults, labels, shown

pytestmark = pytest.mark.pure

VALUES: Values = {
    "issuer": "云溪区人民政府办公室",
    "joint_issuers": ["云溪区财政局"],
    "repeals": ["云政办发〔2021〕3号"],
}


@pytest.mark.parametrize("partial", ["web", "print"])
def test_a_complete_record_passes_and_shows_every_value(partial):
    assert faults("policy_document", VALUES) == []
    page = shown("policy_document", VALUES, Surface.CONSOLE, partial=partial)
    for label in labels("policy_document", VALUES):
        assert label in page


def test_a_policy_needs_number_date_and_validity_and_three_papers():
    template = get("policy_document")
    assert template.required_facts == {"document_number", "dated_on", "validity"}
    assert [paper.value for paper in template.papers] == ["secrecy", "legality", "three_reviews"]


def test_its_issuer_is_required():
    assert faults("policy_document", {}) == ["values.required"]
