"""Deadline phrases: what each class of wording becomes, and what no wording may ever do."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.readings.fields.deadline import parse_deadline, render_deadlines
from gongkai.readings.reading import DEADLINE_KINDS, Deadline

pytestmark = pytest.mark.pure

PROPERTY = settings(max_examples=100, deadline=None)

FORMED = "formed_or_changed"


def only(raw: str, **kwargs: str) -> Deadline:
    reading = parse_deadline(raw, **kwargs)
    assert reading.leftover == ""
    assert len(reading.rules) == 1
    return reading.rules[0]


@pytest.mark.parametrize(
    ("raw", "n", "trigger"),
    [
        ("信息形成或者变更之日起20个工作日内", 20, FORMED),
        ("自信息形成或者变更之日起20个工作日内予以公开", 20, FORMED),
        ("信息形成或变更之日起20个工作日内及时公开", 20, FORMED),
        ("应当自该政府信息形成或者变更之日起20个工作日内予以公开", 20, FORMED),
        ("形成或者变更之日起5个工作日内", 5, FORMED),
        ("信息形成(变更)20个工作日内", 20, FORMED),
        ("信息形成（变更）之日起20个工作日内", 20, FORMED),
        ("信息形成20个工作日内公开", 20, FORMED),
        ("信息形成之后20个工作日内", 20, FORMED),
        ("信息形成后20个工作日内,及时公开", 20, FORMED),
        ("信息产生、变更之日起7个工作日内", 7, FORMED),
        ("自制作或获取该信息之日起20个工作日内", 20, FORMED),
        ("信息形成或者变更之日起20工作日", 20, FORMED),
        ("信息形成或者变更之日起20工作日内", 20, FORMED),
        ("自信息形成或者变更之日起,20个工作日内公开", 20, FORMED),
        ("自信息形成或者变更之日起二十个工作日内", 20, FORMED),
        ("自信息形成或者变更之日起２０个工作日内", 20, FORMED),
        ("自信息形成或者变更之日起二十(20)个工作日内", 20, FORMED),
        ("信息形成或变更之日起3个工作日内", 3, FORMED),
        ("自信息形\n成或者变\n更之日起\n20个工作\n日内予以\n公开", 20, FORMED),
        ("制 定 或 获 取 信 息之日起 10 个 工作日内", 10, "制定或获取信息"),
        ("制定或获取文件之日起10个工作日内", 10, "制定或获取文件"),
        ("制定或获取扶持政策措施之日起10个工作日内", 10, "制定或获取扶持政策措施"),
        ("分配结果确定后20个工作日内", 20, "分配结果确定"),
        ("收到征地批准文件之日起10个工作日内", 10, "收到征地批准文件"),
        ("拟征收土地现状调查结束后5个工作日内", 5, "拟征收土地现状调查结束"),
        ("颁布或印发之日起5个工作日内", 5, "颁布或印发"),
        ("下发至本单位20个工作日内", 20, "下发至本单位"),
        ("自收到申请之日起,在20个工作日内公开", 20, "收到申请"),
        ("公示期满后5个工作日内公开", 5, "公示期满"),
        ("自该政府信息形成或者变更之日起20个工作日内及时公开", 20, FORMED),
        ("自制作或获取该信息之日起20个工作日内公开", 20, FORMED),
        ("公开事项信息形成或变更之日起20个工作日内公开", 20, FORMED),
        ("信息获取(形成变更)20个工作日内", 20, FORMED),
        ("行政处罚决定形成之日起20个工作日内", 20, "行政处罚决定形成"),
        ("拟征收土地现状调查结束后5个工作日内,在村公示栏公开", 5, "拟征收土地现状调查结束"),
        ("收到征地批准文件之日起10个工作日内,在政府网站公开", 10, "收到征地批准文件"),
        ("信息形成(变更)下发至本单位20个工作日内", 20, "信息形成(变更)下发至本单位"),
        ("20个工作日(自该政府信息形成或者变更之日起)", 20, FORMED),
        ("最晚在信息产生后的20个工作日内公开", 20, FORMED),
        ("20个工 作日", 20, None),
        ("10个工作日\n内", 10, None),
        ("十五个工作日内公开", 15, None),
    ],
)
def test_working_days_after_an_event(raw, n, trigger):
    rule = only(raw)
    assert (rule.kind, rule.n, rule.unit, rule.trigger) == ("workdays_after", n, "workday", trigger)
    assert rule.subject is None
    assert rule.raw == raw


@pytest.mark.parametrize(
    ("raw", "n", "trigger"),
    [
        ("本级人大(常委会)批准后20日内", 20, "本级人大(常委会)批准"),
        ("财政部门批复后20日内", 20, "财政部门批复"),
        ("本级政府财政部门批复后二十日内", 20, "本级政府财政部门批复"),
        ("十五日内", 15, None),
        ("决定作出之日起7个自然日内", 7, "决定作出"),
        ("作出决定后7天内公布", 7, "作出决定"),
        ("一周内公开", 7, None),
    ],
)
def test_days_without_the_word_work_are_calendar_days(raw, n, trigger):
    rule = only(raw)
    assert (rule.kind, rule.n, rule.unit, rule.trigger) == ("days_after", n, "day", trigger)


def test_days_of_the_penalty_law_are_working_days():
    assert only("决定作出之日起7日内", context="行政处罚").kind == "workdays_after"
    assert only("自行政处罚决定作出之日起7日内").unit == "workday"
    assert only("决定作出之日起15日内", context="行政处罚").kind == "days_after"
    assert only("决定作出之日起7日内", context="行政许可").kind == "days_after"


@pytest.mark.parametrize(
    ("raw", "kind", "trigger"),
    [
        ("听证通知书在组织听证7个工作日前", "workdays_before", "组织听证"),
        ("会议召开前3个工作日", "workdays_before", "会议召开"),
        ("在实地启动拟征收土地工作时", "at_event", "实地启动拟征收土地工作"),
        ("在实地启动拟征收土地工作时,在村公示栏公开", "at_event", "实地启动拟征收土地工作"),
        ("与决定同步公开", "at_event", "决定"),
        ("项目开工时及时公开", "prompt", "项目开工"),
        ("实时公开", "realtime", None),
        ("实时更新", "realtime", None),
        ("即时公开", "realtime", None),
        ("当日公开", "realtime", None),
        ("及时公开", "prompt", None),
        ("及时", "prompt", None),
        ("按进展情况及时公开", "prompt", None),
        ("随时公布", "prompt", None),
        ("根据实际情况及时公开", "prompt", None),
        ("及时、准确公开", "prompt", None),
        ("重大决策作出后及时公开", "prompt", "重大决策作出"),
        ("发生变更及时更新", "prompt", "发生变更"),
        ("信息形成后及时公开", "prompt", FORMED),
        ("长期", "permanent", None),
        ("长期公开", "permanent", None),
        ("永久公开", "permanent", None),
        ("长期公示", "permanent", None),
        ("常年公开", "permanent", None),
    ],
)
def test_phrases_without_a_number_of_days_after(raw, kind, trigger):
    rule = only(raw)
    assert (rule.kind, rule.trigger) == (kind, trigger)
    assert rule.inferred is False


@pytest.mark.parametrize(
    ("raw", "every", "day_rule"),
    [
        ("每季度公布一次", "quarter", None),
        ("每季度至少公布一次", "quarter", None),
        ("按季度公开", "quarter", None),
        ("一季度一次", "quarter", None),
        ("每季度的首个月20日", "quarter", "first_month:20"),
        ("每季度首月20日前公布", "quarter", "first_month:20"),
        ("每季度第一个月的15日前", "quarter", "first_month:15"),
        ("每月", "month", None),
        ("每月公开一次", "month", None),
        ("每月25日", "month", "day:25"),
        ("每月5日前", "month", "day:5"),
        ("每月底前", "month", "day:end"),
        ("次月10日前公开", "month", "next_month:10"),
        ("半年至少更新1次", "half", None),
        ("每半年公布一次", "half", None),
        ("每年3月底前", "year", "month:3:end"),
        ("每年12月底前公布", "year", "month:12:end"),
        ("每年1月31日前", "year", "month:1:31"),
        ("每年十二月底前", "year", "month:12:end"),
        ("每年第一季度公开", "year", "month:3:end"),
        ("每年至少公开1次", "year", None),
        ("每年年底前", "year", "month:12:end"),
        ("一年一次", "year", None),
    ],
)
def test_periodic_phrases(raw, every, day_rule):
    rule = only(raw)
    assert (rule.kind, rule.every, rule.day_rule) == ("periodic", every, day_rule)


@pytest.mark.parametrize("raw", ["每季度结束后10个工作日内", "季度结束后10个工作日内公开"])
def test_working_days_after_the_end_of_a_period(raw):
    rule = only(raw)
    assert (rule.kind, rule.every, rule.day_rule) == ("periodic", "quarter", "after_end")
    assert (rule.n, rule.unit) == (10, "workday")


@pytest.mark.parametrize(
    ("raw", "n", "unit"),
    [
        ("公示7个工作日", 7, "workday"),
        ("公示期7天", 7, "day"),
        ("公示期不少于5个工作日", 5, "workday"),
        ("公示时间不得少于15日", 15, "day"),
        ("张贴时间不少于十五日", 15, "day"),
        ("公告期为30日", 30, "day"),
        ("征求意见期限不得少于30日", 30, "day"),
    ],
)
def test_notice_periods(raw, n, unit):
    rule = only(raw)
    assert (rule.kind, rule.n, rule.unit) == ("notice_period", n, unit)


@pytest.mark.parametrize(
    ("raw", "kinds"),
    [
        ("信息形成或者变更之日起20个工作日内公开,保持长期公开", ["workdays_after", "permanent"]),
        ("长期公开,发生变更及时更新", ["permanent", "prompt"]),
        ("信息形成之日起5个工作日内;长期公示", ["workdays_after", "permanent"]),
        ("制定或获取信息之日起10个工作日内,公示7个工作日", ["workdays_after", "notice_period"]),
        ("20个工作日内公开\n长期公开", ["workdays_after", "permanent"]),
        ("及时公开、长期公示", ["prompt", "permanent"]),
        ("及时公开,最长不超过20个工作日", ["prompt", "workdays_after"]),
        ("①政策文件:20个工作日内②其他:长期公开", ["workdays_after", "permanent"]),
        ("1.政策文件:20个工作日内;2.其他:实时公开", ["workdays_after", "realtime"]),
        ("1、20个工作日内公开\n2、长期公开", ["workdays_after", "permanent"]),
        ("(1)及时公开(2)每月25日", ["prompt", "periodic"]),
    ],
)
def test_compound_phrases_give_a_list_of_rules(raw, kinds):
    reading = parse_deadline(raw)
    assert [rule.kind for rule in reading.rules] == kinds
    assert reading.leftover == ""


def test_split_by_subtype_keeps_each_subject():
    reading = parse_deadline(
        "执法决定信息自作出之日起7个工作日内公开,其他相关信息自信息形成或者变更之日起20个工作日内公开"
    )
    assert [(r.subject, r.trigger, r.n) for r in reading.rules] == [
        ("执法决定信息", "作出", 7),
        ("其他相关信息", FORMED, 20),
    ]


def test_a_remark_in_brackets_shares_the_subject_before_it():
    reading = parse_deadline("1.除处罚决定外其他内容:长期公开(动态调整);2.处罚决定:20个工作日内。")
    assert [(r.kind, r.subject) for r in reading.rules] == [
        ("permanent", "除处罚决定外其他内容"),
        ("prompt", "除处罚决定外其他内容"),
        ("workdays_after", "处罚决定"),
    ]


def test_a_condition_before_the_limit_is_kept():
    rule = only(
        "主动公开信息内容发生变化的,医疗卫生机构应当自该信息形成或者变更之日起20个工作日内予以调整。"
        "法律、法规、规章对更新期限另有规定的,从其规定。"
    )
    assert (rule.n, rule.trigger, rule.override_clause) == (20, FORMED, True)
    assert rule.condition == "主动公开信息内容发生变化的"


def test_listed_subjects_and_what_is_only_on_request():
    reading = parse_deadline("①行政处罚决定20个工作日内②其他为依申请公开")
    first, second = reading.rules
    assert (first.kind, first.n, first.subject) == ("workdays_after", 20, "行政处罚决定")
    assert (second.kind, second.subject) == ("unknown", "其他")


def test_a_second_sentence_names_its_own_subject():
    reading = parse_deadline(
        "信息形成20个工作日内公开;其中行政许可、行政处罚事项应自作出行政决定之日起7个工作日内公示"
    )
    assert [(r.n, r.subject, r.trigger) for r in reading.rules] == [
        (20, None, FORMED),
        (7, "行政许可、行政处罚事项", "作出行政决定"),
    ]


def test_limits_by_kind_of_information():
    reading = parse_deadline("行政许可、行政处罚等信息7个工作日内,其他信息20个工作日内")
    assert [(r.n, r.subject) for r in reading.rules] == [
        (7, "行政许可、行政处罚等信息"),
        (20, "其他信息"),
    ]


def test_two_phrases_run_together_are_two_rules():
    reading = parse_deadline("自收到申请之日起20个工作日内 自该信息形成之日起10个工作日内")
    assert [(r.n, r.trigger) for r in reading.rules] == [(20, "收到申请"), (10, FORMED)]


def test_words_in_the_way_are_left_over_beside_a_certain_number():
    reading = parse_deadline("信息形成个20个工作日内公开")
    assert (reading.rules[0].n, reading.rules[0].trigger) == (20, None)
    assert reading.leftover == "信息形成个"


def test_what_is_published_may_follow_the_verb():
    rule = only("每月10日前公布上月收支情况")
    assert (rule.every, rule.day_rule, rule.subject) == ("month", "day:10", "上月收支情况")


def test_conditional_periodic_rule_keeps_its_condition():
    reading = parse_deadline("每季度的首个月20日(集体财务往来较多的,财务收支情况应每月公布一次)")
    usual, busy = reading.rules
    assert (usual.every, usual.day_rule, usual.condition) == ("quarter", "first_month:20", None)
    assert (busy.every, busy.subject) == ("month", "财务收支情况")
    assert busy.condition == "集体财务往来较多的"


def test_the_village_law_sentence_gives_three_rules():
    reading = parse_deadline(
        "一般的村务事项至少每季度公布一次;集体财务往来较多的,财务收支情况应当每月公布一次;"
        "涉及村民利益的重大事项应当随时公布"
    )
    assert [(r.kind, r.every, r.subject) for r in reading.rules] == [
        ("periodic", "quarter", "一般的村务事项"),
        ("periodic", "month", "财务收支情况"),
        ("prompt", None, "涉及村民利益的重大事项"),
    ]


@pytest.mark.parametrize(
    "tail",
    [
        "。法律、法规对政府信息公开的期限另有规定的,从其规定。",
        ",法律、法规另有规定的,从其规定",
        "(法律法规另有规定的除外)",
        ";国家另有规定的，从其规定",
    ],
)
def test_override_tail_is_kept_as_a_mark_on_the_rule(tail):
    rule = only("信息形成或者变更之日起20个工作日内公开" + tail)
    assert (rule.kind, rule.n, rule.override_clause) == ("workdays_after", 20, True)
    assert "另有规定" in rule.raw


@pytest.mark.parametrize(
    "raw",
    [
        "* 个工作日内",
        "*个工作日内",
        "个工作日内公开",
        "工作日内",
        "信息形成之日起个工作日内",
        "20(10)个工作日内",
        "10-20个工作日内",
        "10至20个工作日",
        "3或5个工作日内",
        "1 0个工作日内",
        "2020个工作日内",
        "0个工作日内",
        "20个工作日内公开,10个工作日内公开",
        "信息形成之日起20个工作日内,信息形成之日起10个工作日内",
        "实时或长期公开",
        "每年X月底前",
        "每年1月、7月",
        "每年6月30日和12月31日前",
        "不少于20个工作日",
        "超过20个工作日",
        "每20个工作日更新一次",
        "20个工作日以上",
        "当年12月31日前",
        "次年1月31日前",
        "每月初",
        "每月上旬",
        "月底前",
        "公示7-10天",
        "每月5日、20日",
        "每年两次",
        "每两年一次",
        "每周更新",
        "3个月内",
        "24小时内",
        "选举日20日前",
        "公示5个工作日内",
        "按法定时限公开",
        "2023年12月31日前",
        "适时公开",
        "每月32日",
        "每年13月底前",
    ],
)
def test_what_nobody_can_tell_stays_unknown_with_its_words(raw):
    rule = only(raw)
    assert (rule.kind, rule.n, rule.every, rule.day_rule) == ("unknown", None, None, None)
    assert rule.raw == raw


@pytest.mark.parametrize("raw", ["主动公开", "县民政局", "■政府网站", "√"])
def test_words_that_are_no_deadline_are_left_over(raw):
    reading = parse_deadline(raw)
    assert reading.rules == ()
    assert reading.leftover == raw


def test_an_empty_cell_says_nothing():
    assert parse_deadline("") == parse_deadline(" \n ")
    assert parse_deadline("").rules == ()


def test_a_cell_as_long_as_a_page_is_left_over_whole():
    raw = "每月公开政府网站" * 400
    reading = parse_deadline(raw)
    assert reading.rules == ()
    assert reading.leftover == raw


# ---- properties ---------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"自信息形成或者变更之日起20个工作日内予以公开,。;、()\n ①②1.2.*",
        "自信息形成或者变更之日起", "20个工作日内", "10个工作日", "公开", "及时公开", "长期",
        "每季度",        "首个月20日", "每月", "25日", "每年", "3月底前", "实时", "公示7天", "的",
        "其他相关信息",
        "或",        "法律法规另有规定的,从其规定", "(变更)", "批准后", "前", "听证", "半年",
        "一次", "X", "不",
    ]
)  # fmt: skip
PHRASES = st.lists(PIECES, max_size=14).map("".join)


def letters(text: str) -> Counter[str]:
    return Counter(mark for mark in text if "\u4e00" <= mark <= "\u9fff")


@PROPERTY
@given(st.one_of(PHRASES, st.text(max_size=60)))
def test_any_text_is_read_without_loss(raw):
    reading = parse_deadline(raw)
    kept = "".join(rule.raw for rule in reading.rules) + reading.leftover
    assert not letters(raw) - letters(kept)
    for rule in reading.rules:
        assert rule.kind in DEADLINE_KINDS
        assert rule.raw
        assert rule.raw in raw


@PROPERTY
@given(PHRASES)
def test_numbers_come_only_from_the_words(raw):
    for rule in parse_deadline(raw).rules:
        if rule.n is not None:
            assert str(rule.n) in rule.raw.replace(" ", "").replace("\n", "")


CLAUSES = st.sampled_from(
    [
        "自信息形成或者变更之日起20个工作日内予以公开", "长期公开", "及时公开", "公示7个工作日",
        "每季度的首个月20日", "每月25日", "实时公开", "每年3月底前", "分配结果确定后5个工作日内",
        "其他相关信息自批准之日起10个工作日内公开", "听证通知书在组织听证7个工作日前", "3个月内",
    ]
)  # fmt: skip


@PROPERTY
@given(st.lists(CLAUSES, min_size=1, max_size=5, unique=True))
def test_rendering_reads_back_the_same(clauses):
    rules = parse_deadline(";".join(clauses)).rules
    assert len(rules) == len(clauses)
    assert parse_deadline(render_deadlines(rules)).rules == rules


@PROPERTY
@given(st.integers(1, 366), st.sampled_from(["", "自信息形成或者变更之日起", "分配结果确定后"]))
def test_every_plausible_number_is_read_as_written(n, head):
    assert only(f"{head}{n}个工作日内").n == n
