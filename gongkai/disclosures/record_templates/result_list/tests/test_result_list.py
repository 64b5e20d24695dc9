"""The template ``result_list``: a complete example passes, and what is wrong is named."""

from __future__ import annotations

import pytest

from gongkai.disclosures.schema import Surface, Values
from gongkai.disclosures.tests.templates import faults, labels, shown

pytestmark = pytest.mark.pure

VALUES: Values = {
    "batch": "2026年第三季度",
    "basis": "《社会救助法》",
    "results": [
        {"person": "张小三", "category": "临时救助", "amount": 120000},
        {"person": "李四", "category": "临时救助", "amount": 80000},
        {"category": "合计", "amount": 200000},
    ],
    "supervision": "区民政局 0731-84880000",
}


@pytest.mark.parametrize("partial", ["web", "print"])
def test_a_complete_record_passes_and_shows_every_value(partial):
    assert faults("result_list", VALUES) == []
    page = shown("result_list", VALUES, Surface.CONSOLE, partial=partial)
    for label in labels("result_list", VALUES):
        assert label in page


def test_names_are_masked_on_the_web_and_whole_on_the_board():
    web = shown("result_list", VALUES, Surface.WEB)
    assert "张*三" in web
    assert "张小三" not in web
    assert "张小三" in shown("result_list", VALUES, Surface.BOARD)


def test_its_totals_close():
    rows = [*VALUES["results"][:2], {"category": "合计", "amount": 1}]
    assert faults("result_list", {**VALUES, "results": rows}) == ["values.sum_open"]
