"""What the privacy scanner finds, what it must leave alone, and that it gives nothing away."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from gongkai.disclosures.privacy import (
    Sensitive,
    check_digit,
    folded,
    is_resident_id,
    is_truncated_id,
    rounded_ids,
    scan,
    scan_health,
    upgraded_id,
)

pytestmark = pytest.mark.pure

ID, MOBILE, CARD = Sensitive.RESIDENT_ID, Sensitive.MOBILE, Sensitive.BANK_CARD


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("身份证号11010519491231002X。", [ID]),
        ("身份证号11010519491231002x", [ID]),
        ("身份证号110105 19491231 002X", [ID]),
        ("身份证号１１０１０５１９４９１２３１００２Ｘ", [ID]),
        ("老证 130503670401001 号", [ID]),
        ("电话13812345678", [MOBILE]),
        ("电话 138 1234 5678", [MOBILE]),
        ("电话138-1234-5678", [MOBILE]),
        ("电话+8613812345678", [MOBILE]),
        ("电话008613812345678", [MOBILE]),
        ("电话１３８１２３４５６７８", [MOBILE]),
        ("13812345678 13987654321", [MOBILE, MOBILE]),
        ("1 13812345678", [MOBILE]),
        ("卡号6222020200112233447", []),
        ("卡号 6222 0202 0011 2233", []),
        ("卡号4111111111111111", []),
        ("卡号4539578763621486", [CARD]),
        ("卡号4539 5787 6362 1486", [CARD]),
        ("张三13812345678、身份证11010519491231002X", [MOBILE, ID]),
        ("张三,11010519491231002X,13812345678", [ID, MOBILE]),
        ("13812345678/13987654321", [MOBILE, MOBILE]),
        ("a=13812345678&b=13987654321", [MOBILE, MOBILE]),
        ("身份证号1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", [ID]),
        ("身份证号110105.19491231.002X", [ID]),
        ("身份证号110105\t19491231\t002X", [ID]),
        ("ID11010519491231002X", [ID]),
        ("&C11010519491231002X", [ID]),
        ("No.11010519491231002X", [ID]),
        ("身份证号1101\u200b0519\u200b4912\u200b3100\u200b2X", [ID]),
        ("身份证号𝟏𝟏𝟎𝟏𝟎𝟓𝟏𝟗𝟒𝟗𝟏𝟐𝟑𝟏𝟎𝟎𝟐X", [ID]),
        ("Tel.13812345678", [MOBILE]),
        ("微信wx13812345678", [MOBILE]),
        ("电话138.1234.5678", [MOBILE]),
        ("电话138\u20091234\u20095678", [MOBILE]),
        ("电话138\xad1234\xad5678", [MOBILE]),
        ("电话86 138 1234 5678", [MOBILE]),
    ],
)
def test_numbers_of_people_are_found_however_they_are_written(text, kinds):
    assert [leak.kind for leak in scan(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "咨询电话0731-84881234",
        "咨询电话：0731 8488 1234",
        "服务热线12345，监督电话12388",
        "热线400-810-1234",
        "身份证110105********002X",
        "身份证1101**********002X",
        "手机138****5678",
        "手机138 **** 5678",
        "身份证号11010519491231002１",
        "身份证110105194913310021",
        "云政办发〔2026〕18号",
        "2026年9月18日至2026年10月22日",
        "信用代码91430100MA4L16JQ9B",
        "信用代码11430102006123456X",
        "项目代码2026-430102-48-01-123456",
        "投资16000000000元",
        "总投资 13812345678.00 元",
        "订单号202609181234567890123",
        "IP 192.168.100.200",
        "网址https://www.example.gov.cn/202609/t20260918_13812345678901.html",
        "1381234567",
        "ISBN 978-7-5000-1234-5",
        "收入 1500 2300 180 支出",
        "150\t2300\t1800",
        "批号A13812345678",
        "比例0.13812345678",
        "表 4539 57 87636 2 1486",
    ],
)
def test_official_and_masked_numbers_are_left_alone(text):
    assert scan(text) == []


def test_the_body_s_own_public_mobile_is_allowed():
    text = "村委会电话13812345678，书记13987654321"
    found = scan(text, allowed=frozenset({"13812345678"}))
    assert [leak.sample for leak in found] == ["139****4321"]


def valid_ids() -> st.SearchStrategy[str]:
    def build(province: str, rest: int, born: dt.date, sequence: int) -> str:
        body = f"{province}{rest:04d}{born:%Y%m%d}{sequence:03d}"
        return body + check_digit(body)

    days = st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1))
    return st.builds(
        build, st.sampled_from(["11", "43", "51", "65"]), st.integers(100, 9999), days,
        st.integers(1, 999),
    )  # fmt: skip


CHINESE = st.text(alphabet=st.sampled_from("云溪区村民姓名：，。（）、年 \n\t-"), max_size=12)
SEPARATORS = st.sampled_from(["", " ", "  ", "-", "\u3000"])


@given(CHINESE, valid_ids(), CHINESE, SEPARATORS)
def test_every_valid_id_is_found_and_never_repeated_in_the_sample(before, number, after, gap):
    written = gap.join((number[:6], number[6:14], number[14:]))
    found = scan(f"{before}{written}{after}".replace("-" + written, "：" + written))
    assert [leak.kind for leak in found] == [ID]
    assert number[3:-1] not in found[0].sample


@given(valid_ids(), st.integers(0, 17))
def test_a_wrong_digit_is_no_id(number, place):
    digit = "0123456789"[(int(number[place]) + 1) % 10] if number[place] != "X" else "0"
    assert not is_resident_id(number[:place] + digit + number[place + 1 :]) or place < 17


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), CHINESE, CHINESE)
def test_every_mobile_is_found_in_chinese_text(number, before, after):
    found = scan(f"{before}：{number}；{after}")
    assert [leak.kind for leak in found] == [MOBILE]
    assert number not in found[0].sample


@given(st.from_regex(r"62[0-9]{13,16}", fullmatch=True))
def test_a_card_is_found_exactly_when_luhn_closes(start):
    number = start + luhn.calc_check_digit(start)
    kinds = [leak.kind for leak in scan(f"卡号：{number}。")]
    assert kinds in ([CARD], [ID]) or len(set(number)) < 4
    wrong = start + str((int(number[-1]) + 1) % 10)
    assert CARD not in [leak.kind for leak in scan(f"卡号：{wrong}。")]


@given(st.text(max_size=200))
def test_scanning_never_fails_and_finds_lie_inside_the_text(text):
    assert len(folded(text)) == len(text)
    last = 0
    for leak in scan(text):
        assert last <= leak.start < leak.end <= len(text)
        last = leak.end


def test_a_first_generation_id_grows_its_century_and_check_digit():
    assert upgraded_id("130503670401001") == "130503196704010016"
    assert is_resident_id(upgraded_id("130503670401001"))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("110105194912310000", True),
        ("110105194912310032", True),
        ("202609180000001000", False),
        ("110105", False),
    ],
)
def test_an_id_that_a_spreadsheet_rounded_is_still_one(cell, expected):
    assert is_truncated_id(cell) is expected


@pytest.mark.parametrize(
    ("text", "n"), [("肢体残疾二级", 1), ("患肺癌", 1), ("因病致贫", 0), ("残疾人两项补贴", 0)]
)
def test_words_of_illness_are_found(text, n):
    assert len(scan_health(text)) == n


def test_an_id_in_scientific_notation_is_still_one():
    assert rounded_ids("张三,1.10105194912310E+17,62") == ["110105194912310000"]
    assert rounded_ids("1.5E+17、2.02609180000001E+17、1.10105194912310E+18") == []
