"""The English catalogue compiles without gettext and holds what the pages say."""

from __future__ import annotations

import gettext
import io
import re
import runpy
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[3]
TOOL = runpy.run_path(str(ROOT / "tools/compile_messages.py"))
SOURCE = ROOT / "gongkai/locale/en/LC_MESSAGES/django.po"
TRANSLATED = re.compile(r"{%\s*translate\s+(['\"])(.+?)\1")


def messages():
    return dict(TOOL["entries"](SOURCE.read_text("utf-8")))


def test_what_was_compiled_reads_back():
    read = gettext.GNUTranslations(io.BytesIO(TOOL["compiled"](messages())))
    for msgid, msgstr in messages().items():
        if msgid:
            one, *more = msgid.split("\0")
            assert read.gettext(one) == msgstr.split("\0")[0]
            assert not more or read.ngettext(one, more[0], 2) == msgstr.split("\0")[1]


def test_plurals_contexts_and_fuzzy_entries():
    text = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n'
        'Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "条"\nmsgid_plural "多条"\nmsgstr[0] "one"\nmsgstr[1] "many"\n\n'
        'msgctxt "动词"\nmsgid "公开"\nmsgstr "publish"\n\n'
        '#, fuzzy\nmsgid "旧"\nmsgstr "old"\n\nmsgid "空"\nmsgstr ""\n'
    )
    read = gettext.GNUTranslations(io.BytesIO(TOOL["compiled"](dict(TOOL["entries"](text)))))
    assert read.ngettext("条", "多条", 1) == "one"
    assert read.ngettext("条", "多条", 2) == "many"
    assert read.pgettext("动词", "公开") == "publish"
    assert read.gettext("旧") == "旧"


def test_every_text_of_the_portal_and_the_sign_in_has_its_english():
    known = messages()
    folders = (ROOT / "gongkai/portal/templates", ROOT / "gongkai/templates")
    missing = {
        f"{path.name}: {text}"
        for folder in folders
        for path in folder.rglob("*.html")
        for _, text in TRANSLATED.findall(path.read_text("utf-8"))
        if text not in known
    }
    assert missing == set()


def test_placeholders_are_the_same_in_both_languages():
    name = re.compile(r"%\((\w+)\)")
    wrong = [m for m, s in messages().items() if m and set(name.findall(m)) != set(name.findall(s))]
    assert wrong == []
