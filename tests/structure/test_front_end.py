"""Strict content policy and one set of tokens: no inline script or style, no stray colours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2] / "gongkai"
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=\"|javascript:", re.I
)
DATA_SCRIPT = re.compile(r'<script[^>]*type="application/(ld\+)?json"')
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", re.I)


def test_no_template_has_inline_script_or_style():
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted(ROOT.rglob("templates/**/*.html"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if INLINE.search(line) and not DATA_SCRIPT.search(line)
    ]
    assert found == []


def test_colours_stand_in_token_sets_only():
    found = []
    for path in sorted(ROOT.rglob("static/**/*.css")):
        if path.name == "tokens.css":
            continue
        text = re.sub(r":root\s*\{[^}]*\}", "", path.read_text("utf-8"))
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        rules = re.findall(r"[\w-]+\s*:[^;{}]*[;}]", text)
        found += [f"{path.relative_to(ROOT)}: {rule}" for rule in rules if COLOUR.search(rule)]
    assert found == []


def test_every_behaviour_is_one_small_module():
    long = [
        f"{path.relative_to(ROOT)} {n}"
        for path in sorted(ROOT.rglob("static/**/*.js"))
        if (n := len(path.read_text("utf-8").splitlines())) > 200
    ]
    assert long == []
