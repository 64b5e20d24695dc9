"""Events have handlers, states have rules, templates compile, migrations import no app code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

from gongkai.base.events import Event
from gongkai.disclosures.states import TRANSITIONS, DisclosureState

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2] / "gongkai"


def test_every_event_has_a_handler():
    assert Event.registry
    assert [name for name, event in Event.registry.items() if not event.handlers] == []


def test_every_pair_of_disclosure_states_is_decided():
    assert set(TRANSITIONS) == set(DisclosureState)
    assert TRANSITIONS[DisclosureState.WITHDRAWN] == frozenset()
    assert all(DisclosureState.DRAFT not in t for s, t in TRANSITIONS.items() if s != "in_review")


def test_every_template_compiles():
    assert engines["django"]
    folders = [path for path in ROOT.rglob("templates") if path.is_dir()]
    names = [str(f.relative_to(d)) for d in folders for f in d.rglob("*.html")]
    assert names
    for name in names:
        get_template(name)


def test_templates_include_only_their_own_app_or_the_shared_ones():
    allowed = ("wagtailadmin/", "account/", "mfa/", "allauth/", "shared/", "base", "django/")
    wrong = []
    for folder in ROOT.rglob("templates"):
        app = folder.parent.name
        for path in folder.rglob("*.html"):
            for name in re.findall(r'{%\s*(?:extends|include)\s+"([^"]+)"', path.read_text()):
                own = name.startswith((f"{app}/", *allowed)) or app in {"gongkai"}
                if not own:
                    wrong.append(f"{path.relative_to(ROOT)} → {name}")
    assert wrong == []


def test_migrations_import_no_application_code():
    wrong = [
        f"{path.relative_to(ROOT)}: {node.module}"
        for path in ROOT.rglob("migrations/*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("gongkai.")
        and not re.search(r"\.(schema|states)$", node.module or "")
    ]
    assert wrong == []
