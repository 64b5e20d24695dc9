"""Language and view are read from the address and from nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.presentation import LANGUAGES, VIEWS, Presentation, split_path

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("path", "language", "view", "rest"),
    [
        ("/", "zh-hans", "", "/"),
        ("/d/abc/", "zh-hans", "", "/d/abc/"),
        ("/en/", "en", "", "/"),
        ("/en", "en", "", ""),
        ("/en/d/abc/", "en", "", "/d/abc/"),
        ("/zh-hant/search", "zh-hant", "", "/search"),
        ("/elder/", "zh-hans", "elder", "/"),
        ("/en/dark/p/", "en", "dark", "/p/"),
        ("/english/", "zh-hans", "", "/english/"),
        ("/elderly/", "zh-hans", "", "/elderly/"),
        ("/elder/en/", "zh-hans", "elder", "/en/"),
        ("", "zh-hans", "", ""),
    ],
)
def test_an_address_tells_language_and_view(path, language, view, rest):
    assert split_path(path) == (Presentation(language, view), rest)


@given(st.sampled_from(LANGUAGES), st.sampled_from(VIEWS))
def test_an_address_of_a_presentation_leads_back_to_it(language, view):
    shown = Presentation(language, view)
    assert split_path(shown.address("/d/abc/")) == (shown, "/d/abc/")


@given(st.text())
def test_any_path_is_split_without_loss(path):
    shown, rest = split_path("/" + path)
    assert (shown.prefix + rest) == "/" + path
