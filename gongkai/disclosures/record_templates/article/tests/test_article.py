"""The template ``article``: a complete example passes, and what is wrong is named."""

from __future__ import annotations

import pytest

from gongkai.disclosures.schema import Surface, Values
from gongkai.disclosures.tests.templates import faults, labels, shown

pytestmark = pytest.mark.pure

VALUES: Values = {"source": "区政务公开办", "original_url": "https://www.example.gov.cn/a"}


@pytest.mark.parametrize("partial", ["web", "print"])
def test_a_complete_record_passes_and_shows_every_value(partial):
    assert faults("article", VALUES) == []
    page = shown("article", VALUES, Surface.CONSOLE, partial=partial)
    for label in labels("article", VALUES):
        assert label in page


def test_an_address_must_be_one():
    assert faults("article", {"original_url": "www.example.gov.cn"}) == ["values.not_an_address"]
