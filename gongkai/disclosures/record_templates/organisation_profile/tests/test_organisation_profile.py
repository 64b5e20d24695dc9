"""The template ``organisation_profile``: a complete example passes, and what is wrong is named."""

from __future__ import annotations

import pytest

from gongkai.disclosures.schema import Surface, Values
from gongkai.disclosures.tests.templates import faults, labels, shown

pytestmark = pytest.mark.pure

VALUES: Values = {
    "functions": ["贯彻执行教育法律法规", "管理全区义务教育"],
    "leaders": [{"leader": "何静安", "post": "局长", "charge": "主持全面工作"}],
    "sections": [{"section": "办公室", "task": "日常运转", "phone": "0731-84880001"}],
    "address": "云溪区溪口路 18 号",
    "opening_hours": "工作日 9:00—17:00",
    "phone": "0731-84880000",
}


@pytest.mark.parametrize("partial", ["web", "print"])
def test_a_complete_record_passes_and_shows_every_value(partial):
    assert faults("organisation_profile", VALUES) == []
    page = shown("organisation_profile", VALUES, Surface.CONSOLE, partial=partial)
    for label in labels("organisation_profile", VALUES):
        assert label in page


def test_leaders_are_named_in_full():
    assert "何静安" in shown("organisation_profile", VALUES, Surface.WEB)


def test_a_leader_needs_a_post():
    values = {**VALUES, "leaders": [{"leader": "何静安"}]}
    assert faults("organisation_profile", values) == ["values.cell_required"]
