"""Texts and questions fold alike, and marks stand where the reader's words stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.pinyin import cuts, initial_pairs, syllables
from gongkai.search.tokens import asked_tokens, fold, indexed_tokens, marked_spans

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("農業補貼", "农业补贴"),
        ("ＡＢＣ１２３", "abc123"),
        ("①㎡", "1m2"),
        ("Ünïcode", "unicode"),
        ("〔2024〕12號", "〔2024〕12号"),
        ("乾隆", "干隆"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded


def test_tokens_of_a_record_and_of_a_question():
    assert indexed_tokens("农业a股2024") == ["农", "业", "农业", "a", "股", "2024"]
    assert asked_tokens("农业补贴 农业 股") == ["农业", "业补", "补贴", "股"]


@given(st.text())
def test_what_is_asked_is_indexed(text):
    folded = fold(text)
    assert set(asked_tokens(folded)) <= set(indexed_tokens(folded))


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        ("本村農業補貼发放", "农业补贴", ["農業補貼"]),
        ("①②农业", "农业", ["农业"]),
        ("㎡㎡农业㎡", "农业", ["农业"]),
        ("农业和补贴", "农业补贴", ["农业", "补贴"]),
        ("农业补贴农业", "农业 补贴", ["农业补贴农业"]),
        ("云政发〔2026〕12号", "云政发〔2026〕12号", ["云政发", "2026", "12号"]),
        ("养老", "农业", []),
        ("", "农业", []),
    ],
)
def test_marks_stand_on_the_text_as_written(text, question, marked):
    assert [text[start:end] for start, end in marked_spans(text, question=question)] == marked


@given(st.text(max_size=40), st.text(max_size=6))
def test_marks_are_in_order_and_inside(text, question):
    spans = marked_spans(text, question=question)
    ends = [0, *(at for span in spans for at in span), len(text)]
    assert ends == sorted(ends)
    assert all(start < end for start, end in spans)


def test_titles_are_read_without_tones_and_break_where_chinese_stops():
    assert syllables("低保2026年") == ["di", "bao", "·", "nian"]
    assert initial_pairs(["di", "bao", "·", "nian"]) == ["db", "·", "·"]
    assert "lv" in syllables("绿色")


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("xian", [["xian"], ["xi", "an"]]),
        ("zhengwu", [["zheng", "wu"]]),
        ("zhengw", [["zheng", "w"]]),
        ("qqq", []),
        ("a" * 41, []),
    ],
)
def test_letters_are_cut_into_known_syllables(letters, expected):
    known = {"xi", "an", "xian", "zheng", "wu"}
    assert cuts(letters, known=known) == expected
