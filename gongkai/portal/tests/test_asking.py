"""Whatever stands in an address, what is read from it is harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.asking import (
    LAST_PAGE,
    LONGEST,
    choice_asked,
    code_asked,
    number_asked,
    page_asked,
    text_asked,
)

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("given_", "page"),
    [("1", 1), ("7", 7), ("0", 1), ("-1", 1), ("x", 1), ("999999999999", 1), ("²", 1), ("", 1)],
)
def test_a_page_is_a_small_number_or_the_first(given_, page):
    assert page_asked({"page": given_}) == page


@given(st.text())
def test_any_text_is_one_short_line(text):
    read = text_asked({"q": text}, "q")
    assert len(read) <= LONGEST
    assert read == read.strip()
    assert read.isprintable()


@given(st.text())
def test_any_code_is_plain_or_empty(text):
    read = code_asked({"c": text}, "c")
    assert read in ("", text)
    assert read.isascii()


@given(st.text())
def test_any_number_is_within_its_bounds(text):
    read = number_asked({"n": text}, "n", low=1, high=LAST_PAGE)
    assert read is None or 1 <= read <= LAST_PAGE


def test_a_choice_is_one_of_the_choices():
    assert choice_asked({"s": "a"}, "s", ("a", "b")) == "a"
    assert choice_asked({"s": "c"}, "s", ("a", "b")) == ""
