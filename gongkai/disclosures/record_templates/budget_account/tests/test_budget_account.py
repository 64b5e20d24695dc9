"""The template ``budget_account``: a complete example passes, and what is wrong is named."""

from __future__ import annotations

import pytest

from gongkai.disclosures.schema import Surface, Values
from gongkai.disclosures.tests.templates import faults, labels, shown

pytestmark = pytest.mark.pure

VALUES: Values = {
    "account_kind": "budget",
    "year": "2026",
    "approved_on": "2026-02-10",
    "income": [
        {"subject": "一般公共预算拨款", "amount": 900000},
        {"subject": "其他收入", "amount": 100000},
        {"subject": "合计", "amount": 1000000},
    ],
    "expenditure": [
        {"subject": "基本支出", "amount": 600000},
        {"subject": "其中：人员经费", "amount": 500000},
        {"subject": "项目支出", "amount": 400000},
        {"subject": "支出合计", "amount": 1000000},
    ],
    "three_public": [
        {"subject": "2026年", "total": 300, "abroad": 0, "reception": 100, "vehicles": 200}
    ],
    "explanation": "较上年减少。",
}


@pytest.mark.parametrize("partial", ["web", "print"])
def test_a_complete_record_passes_and_shows_every_value(partial):
    assert faults("budget_account", VALUES) == []
    page = shown("budget_account", VALUES, Surface.CONSOLE, partial=partial)
    for label in labels("budget_account", VALUES):
        assert label in page


def test_income_and_expenditure_close_on_each_other():
    rows = [{"subject": "基本支出", "amount": 600000}, {"subject": "合计", "amount": 600000}]
    assert faults("budget_account", {**VALUES, "expenditure": rows}) == ["values.not_balanced"]


def test_the_three_public_expenses_add_up():
    rows = [{"subject": "2026年", "total": 301, "abroad": 0, "reception": 100, "vehicles": 200}]
    assert faults("budget_account", {**VALUES, "three_public": rows}) == ["values.sum_open"]
