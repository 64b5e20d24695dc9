"""The template ``service_guide``: a complete example passes, and what is wrong is named."""

from __future__ import annotations

import pytest

from gongkai.disclosures.schema import Surface, Values
from gongkai.disclosures.tests.templates import faults, labels, shown

pytestmark = pytest.mark.pure

VALUES: Values = {
    "object_of_service": "本区户籍居民",
    "legal_basis": ["《社会救助法》第三十条"],
    "conditions": "遭遇突发事件、意外伤害，基本生活暂时出现严重困难",
    "materials": [{"material": "居民身份证", "form": "原件", "copies": "1"}],
    "procedure": ["申请", "受理", "审核", "发放"],
    "time_limit": "法定 20 个工作日，承诺 10 个工作日",
    "fee": "不收费",
    "place": "各镇（街道）便民服务中心",
    "opening_hours": "工作日 9:00—17:00",
    "phone": "0731-84880000",
}


@pytest.mark.parametrize("partial", ["web", "print"])
def test_a_complete_record_passes_and_shows_every_value(partial):
    assert faults("service_guide", VALUES) == []
    page = shown("service_guide", VALUES, Surface.CONSOLE, partial=partial)
    for label in labels("service_guide", VALUES):
        assert label in page


@pytest.mark.parametrize("partial", ["web", "print"])
def test_conditions_keep_their_structure_whether_typed_plain_or_formatted(partial):
    formatted = {
        **VALUES,
        "conditions": "<p>应当同时</p><ol><li>户籍在本区</li></ol><script>x</script>",
    }
    page = shown("service_guide", formatted, Surface.WEB, partial=partial)
    assert "<ol><li>户籍在本区</li></ol>" in page
    assert "&lt;p&gt;" not in page
    assert "script" not in page
    plain = {**VALUES, "conditions": "收入 < 标准\n户籍在本区"}
    page = shown("service_guide", plain, Surface.WEB, partial=partial)
    assert "<p>收入 &lt; 标准</p><p>户籍在本区</p>" in page


def test_each_missing_element_is_named():
    without = {name: value for name, value in VALUES.items() if name != "fee"}
    assert faults("service_guide", without) == ["values.required"]
    assert len(faults("service_guide", {})) == len(VALUES)


def test_copies_are_a_number():
    values = {**VALUES, "materials": [{"material": "身份证", "copies": "若干"}]}
    assert faults("service_guide", values) == ["values.cell_not_a_number"]
