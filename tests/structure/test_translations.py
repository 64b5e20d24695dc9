"""Whatever the pages say in Chinese is in the English catalogue, with the same placeholders."""

from __future__ import annotations

import ast
import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

from gongkai.disclosures import record_templates
from gongkai.disclosures.routes import USUAL, VILLAGE
from gongkai.readings.fields.channel_names import CANONICAL_LABELS

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "gongkai"
TOOL = runpy.run_path(str(ROOT / "tools/compile_messages.py"))
CATALOGUE = SOURCES / "locale/en/LC_MESSAGES/django.po"
MARKING = {
    "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext",
    "pgettext_lazy", "npgettext", "_",
}  # fmt: skip
CHINESE = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%\((\w+)\)")
NOT_SHOWN = {"demo", "benches", "migrations", "tests"}
"""Folders whose words are data or the terminal's, not the interface's."""
NAMES_IN_THEIR_OWN_LANGUAGE = {"简体中文", "繁體中文", "中文"}


def marked_in(text: str) -> Iterator[str]:
    """The message ids that a Python source marks for translation, and labels of choices."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and _name(node.func) in MARKING and node.args:
            arguments = node.args[1:2] if "pgettext" in _name(node.func) else node.args[:1]
            yield from (value for argument in arguments if (value := _text(argument)))
        elif isinstance(node, ast.ClassDef) and any(
            _name(base).endswith("Choices") for base in node.bases
        ):
            yield from (
                value
                for line in node.body
                if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple)
                if (value := _text(line.value.elts[-1]))
            )


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def shown_by_record_templates() -> Iterator[str]:
    """Labels, hints and choices of every record template and of its tables' columns."""
    for template in record_templates.registry().values():
        yield from (template.label, template.description)
        for field in template.fields:
            for one in (field, *field.columns):
                yield from (one.label, one.hint, *(label for _, label in one.choices))


def stored_words() -> Iterator[str]:
    """Words that stand in the database from the start: reviews, their steps, channels."""
    for name, steps in (USUAL, VILLAGE):
        yield from (name, *(step for step, _ in steps))
    yield from CANONICAL_LABELS.values()


def said() -> dict[str, str]:
    """Every Chinese message id of templates and code, with one place where it stands."""
    found: dict[str, str] = {}
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix not in {".html", ".py"} or NOT_SHOWN & set(path.parts):
            continue
        text = path.read_text("utf-8")
        source = re.sub(r"^\s+", "", templatize(text)) if path.suffix == ".html" else text
        if path.suffix == ".html":
            calls = re.findall(r"n?p?gettext\((?:[^()]|\([^()]*\))*\)", source)
            source = "\n".join(calls)
        for message in marked_in(source):
            found.setdefault(message, str(path.relative_to(ROOT)))
    for message in (*shown_by_record_templates(), *stored_words()):
        found.setdefault(message, "stored")
    return {message: place for message, place in found.items() if CHINESE.search(message)}


def catalogue() -> dict[str, str]:
    """The English catalogue; a plural entry by its first form."""
    entries = dict(TOOL["entries"](CATALOGUE.read_text("utf-8")))
    plain = {key.split("\0")[0]: value for key, value in entries.items()}
    return {key.split("\x04")[-1]: value for key, value in plain.items()} | plain


def test_many_messages_are_found():
    assert len(said()) > 800


def test_every_message_has_its_english():
    known = catalogue()
    missing = [
        f"{place}: {message}"
        for message, place in said().items()
        if message not in known and message not in NAMES_IN_THEIR_OWN_LANGUAGE
    ]
    assert missing == []


def test_both_languages_have_the_same_placeholders():
    wrong = [
        message
        for message, english in catalogue().items()
        if message and not set(PLACEHOLDER.findall(english)) <= set(PLACEHOLDER.findall(message))
    ]
    assert wrong == []


def test_no_english_is_written_in_chinese_words():
    known = catalogue()
    chinese = [
        message
        for message in said()
        if message not in NAMES_IN_THEIR_OWN_LANGUAGE
        and CHINESE.search(re.sub(r"“[^”]*”", "", known.get(message, "")))  # a sheet's name
    ]
    assert chinese == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('gettext("一")', ["一"]),
        ('x = ngettext("%(n)s 条", "%(n)s 条", n)', ["%(n)s 条"]),
        ('pgettext("动词", "公开")', ["公开"]),
        ('class A(models.TextChoices):\n    B = "b", "乙"', ["乙"]),
        ('gettext(name)\nprint("三")', []),
    ],
)
def test_what_counts_as_marked(source, expected):
    assert list(marked_in(source)) == expected
