"""Division codes, credit codes, names and group phrases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.base.errors import Refused
from gongkai.places.groups import group_of
from gongkai.places.models import BodyKind, DivisionKind, DivisionLevel
from gongkai.places.rules import (
    check_credit_code,
    folded_name,
    kind_fits,
    local_name,
    parse_code,
)

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("code", "level", "kind", "parent"),
    [
        ("430000000000", "province", "other", None),
        ("439900000000", "prefecture", "other", "430000000000"),
        ("439901000000", "county", "district", "439900000000"),
        ("439901001000", "township", "street", "439901000000"),
        ("439901099000", "township", "street", "439901000000"),
        ("439901100000", "township", "town", "439901000000"),
        ("439901200000", "township", "rural_township", "439901000000"),
        ("439901400000", "township", "other", "439901000000"),
        ("439901101001", "village", "community", "439901101000"),
        ("439901101200", "village", "village", "439901101000"),
        ("439901101498", "village", "other", "439901101000"),
        ("439900003000", "township", "street", "439900000000"),  # no counties, as in 东莞
    ],
)
def test_a_code_tells_level_kind_and_parent(code, level, kind, parent):
    parsed = parse_code(code)
    assert (parsed.level, parsed.kind) == (level, kind)
    assert (parsed.ancestors[0] if parsed.ancestors else None) == parent


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("", "digits"),
        ("43990100000", "digits"),
        ("4399010000000", "digits"),
        ("43990100000x", "digits"),
        ("４３９９０１００００００", "digits"),
        ("000000000000", "province"),
        ("430001000000", "gap"),
        ("439901000201", "gap"),
    ],
)
def test_a_wrong_code_is_refused_with_the_reason(code, why):
    with pytest.raises(Refused) as refusal:
        parse_code(code)
    assert refusal.value.data["why"] == why


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_every_code_is_parsed_or_refused(code):
    try:
        parsed = parse_code(code)
    except Refused:
        return
    assert code.startswith(parsed.prefix)
    assert not code[len(parsed.prefix) :].strip("0")
    assert parsed.level in DivisionLevel.values
    assert parsed.kind in DivisionKind.values
    for ancestor in parsed.ancestors:
        assert parse_code(ancestor).prefix == code[: len(parse_code(ancestor).prefix)]
        assert ancestor != code


def test_a_kind_fits_its_range_or_an_open_range():
    assert kind_fits(parse_code("439901101000"), "town")
    assert not kind_fits(parse_code("439901101000"), "street")
    assert kind_fits(parse_code("439901401000"), "street")


@pytest.mark.parametrize("code", ["91110000600037341M", "12399010MB1234567I", "", "1" * 18])
def test_credit_codes_need_right_check_characters(code):
    check_credit_code("91110000600037341L")
    with pytest.raises(Refused) as refusal:
        check_credit_code(code)
    assert refusal.value.code == "place.credit_code_invalid"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("石桥镇人民政府", "石桥镇政府"),
        ("石桥镇 人民政府", "石桥镇"),
        ("梅岭街道办事处", "梅岭街道办"),
        ("上湾村村民委员会", "上湾村委会"),
        ("上湾村民委员会", "上湾村委会"),
        ("新塘社区居民委员会", "新塘社区居委会"),
    ],
)
def test_long_and_short_forms_of_a_name_are_one(one, other):
    assert folded_name(one) == folded_name(other)


@given(st.text(alphabet="云溪区石桥镇人民政府委员会村居街道办 （）()", max_size=30))
def test_folding_a_name_twice_changes_nothing_more(name):
    once = folded_name(name)
    assert folded_name(" ".join(once)) == folded_name(once)


@pytest.mark.parametrize("name", ["云溪区民政局", "区民政局", "县民政局", "民政局"])
def test_a_department_is_known_without_the_name_of_the_district(name):
    assert local_name(name, district="云溪区") == "民政局"


@pytest.mark.parametrize(
    ("phrase", "roles"),
    [
        ("各乡镇(街道)", {"town", "street"}),
        ("乡镇人民政府(街道办事处)", {"town", "street"}),
        ("乡（镇）人民政府、街道办事处", {"town", "street"}),
        ("镇（街道）", {"town", "street"}),
        ("街道办事处、乡镇人民政府", {"town", "street"}),
        ("各镇人民政府", {"town"}),
        ("街道办", {"street"}),
        ("村（居）民委员会", {"village_committee", "residents_committee"}),
        ("村（社区）", {"village_committee", "residents_committee"}),
        ("村委会、社区居委会", {"village_committee", "residents_committee"}),
        ("行政村", {"village_committee"}),
        ("村民委员会", {"village_committee"}),
        ("社区居委会", {"residents_committee"}),
        ("农村集体经济组织", {"collective"}),
        ("县级各部门", {"department"}),
        ("区人民政府", {"government"}),
    ],
)
def test_group_phrases_name_roles(phrase, roles):
    group = group_of(phrase)
    assert group is not None
    assert group.roles == roles
    assert roles - {"town", "street"} <= set(BodyKind.values)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("县级民政部门", "民政局"),
        ("公安机关", "公安局"),
        ("教育行政部门", "教育局"),
        ("人力资源社会保障部门", "人力资源和社会保障局"),
        ("县（区）级财政部门", "财政局"),
    ],
)
def test_department_phrases_name_a_department(phrase, name):
    group = group_of(phrase)
    assert group is not None
    assert name in group.department_names


@pytest.mark.parametrize(
    "phrase", ["", "招标人", "项目单位", "中心学校", "石桥镇人民政府", "民政民政部门", "村村通办"]
)
def test_what_no_rule_names_is_no_group(phrase):
    assert group_of(phrase) is None
