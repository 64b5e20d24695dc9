"""Column headers in every variant and damage, and the names of domains in titles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.readings.fields.domains import KNOWN_DOMAINS, match_domain
from gongkai.readings.fields.headers import HeaderMeaning, classify_header

pytestmark = pytest.mark.pure

PROPERTY = settings(max_examples=100, deadline=None)


@pytest.mark.parametrize(
    ("top", "sub", "field"),
    [
        ("序号", "", "number"), ("序 号", "", "number"), ("编号", "", "number"),
        ("公开事项", "", "matter"), ("事项名称", "", "matter"), ("公开事项", "一级事项", "level1"),
        ("公开事项", "二级 事项", "level2"), ("公开事项", "三级事项", "level3"),
        ("", "一级\n事项", "level1"), ("一级事项", "一级事项", "level1"),
        ("公开内容(要素)", "", "contents"), ("公开内容\n（要素）", "", "contents"),
        ("公开内容", "", "contents"), ("(要素)", "", "contents"), ("公开内容", "(要素)",
        "contents"),
        ("公开依据", "", "basis"), ("依据", "", "basis"), ("法律依据", "", "basis"),
        ("公开时限", "", "deadlines"), ("公开\n时限", "", "deadlines"), ("公开", "时限",
        "deadlines"),
        ("公开时间", "", "deadlines"), ("公开期限", "", "deadlines"),
        ("公开主体", "", "bodies"), ("公开主 体", "", "bodies"), ("责任主体", "", "bodies"),
        ("责任单位", "", "bodies"), ("开主体", "", "bodies"),
        ("公开渠道和载体", "", "channels"), ("公开渠道 和载体", "", "channels"),
        ("公开渠道", "", "channels"), ("公开渠道和", "", "channels"), ("公开渠道和", "载体",
        "channels"),
        ("公开渠道和载体(用“■”标注)", "", "channels"), ("公开渠道及载体", "", "channels"),
        ("公开渠道和载体(在标注范围内至少选择其一公开)", "", "channels"),
        ("公开内容(要素)及要求", "", "contents"), ("公开对象", "特定对象", "group"),
        ("公开对象", "", "audience"), ("公开对", "", "audience"),
        ("公开对象", "全社会", "society"), ("公开对象", "全社 会", "society"),
        ("公开对象", "社会", "society"), ("公开对象", "全", "society"),
        ("公开对", "全社会", "society"), ("", "全社会", "society"),
        ("公开对象", "特定群体", "group"), ("公开对象", "特定群众", "group"),
        ("公开对象", "特定群体(请写明)", "group"), ("", "特定群体", "group"),
        ("公开方式", "", "mode"), ("公开方", "", "mode"),
        ("公开方式", "主动", "proactive"), ("公开方式", "主 动", "proactive"),
        ("公开方式", "主动公开", "proactive"), ("公开方式", "主动开", "proactive"),
        ("公开方式", "依申请", "on_request"), ("公开方式", "依申请公开", "on_request"),
        ("公开方式", "申请公开", "on_request"), ("公开方式", "依申\n请公 开", "on_request"),
        ("公开方式", "依", "on_request"), ("公开层级", "", "levels"),
    ],
)  # fmt: skip
def test_every_column_variant_is_known(top, sub, field):
    meaning = classify_header(top, sub)
    assert meaning is not None
    assert meaning.field == field


@pytest.mark.parametrize(
    "label",
    [
        "县级", "乡级", "村级", "镇级", "市级", "乡、村级", "、村级", "乡、 村级", "东阳市级",
        "镇街乡",
        "村", "区县级", "乡镇级", "州级县级", "社区", "街道", "省级", "州级", "县(区)级",
        "镇(街道)级",
    ],
)  # fmt: skip
def test_levels_keep_their_own_label(label):
    assert classify_header("公开层级", label) == HeaderMeaning("level", label.replace(" ", ""))


@pytest.mark.parametrize(
    "text",
    [
        "咨询电话", "监督举报电话", "公开属性", "公开(格式)", "五公开", "责任科室", "条款内容",
        "依据效力(位阶)", "依据效力", "事项类别", "事项类型", "对应职责", "备注", "类别",
        "一级目录",
        "相应领域", "公开领域", "对应领域",
    ],
)  # fmt: skip
def test_extra_columns_are_kept_under_their_name(text):
    assert classify_header(text) == HeaderMeaning("extra", text)


@pytest.mark.parametrize(
    "text", ["", " ", "1", "政策法规文件", "√", "■政府网站", "县民政局", "信息形成"]
)
def test_body_text_is_no_header(text):
    assert classify_header(text) is None


@PROPERTY
@given(st.text(max_size=20), st.text(max_size=20))
def test_no_text_breaks_the_header_reader(top, sub):
    meaning = classify_header(top, sub)
    assert meaning is None or meaning.label


# ---- domains ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("社会救助", "社会救助"),
        ("(一)社会救助领域基层政务公开标准目录", "社会救助"),
        ("社会救助领域基层政务公开标准目录", "社会救助"),
        ("云溪县社会救助领域基层政务公开标准目录(2023年版)", "社会救助"),
        ("附件1 安全生产领域基层政务公开标准目录", "安全生产"),
        ("云溪区涉农资金领域基层政务公开标准目录", "涉农补贴"),
        ("云溪区扶贫领域基层政务公开标准目录", "乡村振兴"),
        ("城乡规划领域", "城乡规划"),
        ("国土空间规划领域", "城乡规划"),
        ("环境保护领域基层政务公开标准目录", "生态环境"),
        ("卫生健康领域政务公开标准目录", "医疗卫生"),
        ("就业创业领域", "就业"),
        ("就业(创业)领域基层政务公开标准目录", "就业"),
        ("国有土地上房屋征收与补偿领域基层政务公开标准目录", "国有土地上房屋征收"),
        ("农村集体土地征收基层政务公开标准目录", "农村集体土地征收"),
        ("(二)凤屯镇政府文件信息领域基层政务公开标准目录", "政府文件信息"),
        ("重大建设项目领域", "重大建设项目"),
        ("12.公共文化服务", "公共文化服务"),
        ("统计领域基层政务公开标准目录", "统计"),
        ("Sheet1", None),
        ("", None),
        ("基层政务公开标准目录", None),
        ("云溪区社会事务局", None),
        ("非义务教育领域", None),
        ("关于做好社会救助工作的通知", None),
        ("社会救助领域和养老服务领域目录", None),
    ],
)
def test_domains_in_titles(text, name):
    assert match_domain(text) == name


def test_the_26_pilot_domains_are_listed_once():
    assert len([domain for domain in KNOWN_DOMAINS if domain.scope == "national"]) == 26
    words = [word for domain in KNOWN_DOMAINS for word in (domain.name, *domain.aliases)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("domain", KNOWN_DOMAINS, ids=lambda domain: domain.name)
def test_every_name_and_alias_is_found_in_a_title(domain):
    for word in (domain.name, *domain.aliases):
        assert match_domain(f"云溪区{word}领域基层政务公开标准目录") == domain.name


@PROPERTY
@given(st.text(max_size=30))
def test_no_text_breaks_the_domain_reader(text):
    found = match_domain(text)
    assert found is None or any(found == domain.name for domain in KNOWN_DOMAINS)
