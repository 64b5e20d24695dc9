"""The small dictionary of readings says what the whole one says."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gongkai.search.phrases import phrases_that_matter, reader

pytestmark = pytest.mark.pure

WORDS = (
    "重庆银行行长", "朝阳区朝向", "会计参差调查", "重大行政决策", "厦门还款", "乐山音乐会",
)  # fmt: skip


def test_a_phrase_matters_where_it_changes_a_reading_or_holds_one_that_does():
    phrases = {
        "银行": [["yín"], ["háng"]],
        "银行卡": [["yín"], ["háng"], ["kǎ"]],
        "步行": [["bù"], ["xíng"]],
    }
    sounds = {"银": "yin", "行": "xing", "卡": "ka", "步": "bu"}
    assert set(phrases_that_matter(phrases, sounds.get)) == {"银行", "银行卡"}


def test_it_reads_like_the_whole_dictionary():
    program = "import sys, pypinyin; print(*pypinyin.lazy_pinyin(sys.argv[1]))"
    text = "，".join(WORDS)
    whole = subprocess.run(
        [sys.executable, "-c", program, text], capture_output=True, text=True, check=True
    )
    assert " ".join(reader()(text)) == whole.stdout.strip()
