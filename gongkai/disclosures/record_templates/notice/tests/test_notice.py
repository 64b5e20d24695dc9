"""The template ``notice``: a complete example passes, and what is wrong is named."""

from __future__ import annotations

import pytest

from gongkai.disclosures.schema import Surface, Values
from gongkai.disclosures.tests.templates import faults, labels, shown

pytestmark = pytest.mark.pure

VALUES: Values = {
    "notice_kind": "public_notice",
    "starts_on": "2026-09-18",
    "ends_on": "2026-09-29",
    "contact_phone": "0731-84880000",
}


@pytest.mark.parametrize("partial", ["web", "print"])
def test_a_complete_record_passes_and_shows_every_value(partial):
    assert faults("notice", VALUES) == []
    page = shown("notice", VALUES, Surface.CONSOLE, partial=partial)
    for label in labels("notice", VALUES):
        assert label in page


def test_its_kind_is_one_of_the_list():
    assert faults("notice", {"notice_kind": "gossip"}) == ["values.not_a_choice"]


def test_its_days_are_dates():
    values = {**VALUES, "ends_on": "月底"}
    assert faults("notice", values) == ["values.not_a_date"]
