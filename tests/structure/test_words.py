"""Every model, setting and dependency is written down where a newcomer looks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

from gongkai.base import environment

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]


def own_models():
    return [m for m in apps.get_models() if m.__module__.startswith("gongkai.")]


@pytest.mark.parametrize("document", ["docs/glossary.md", "docs/model.md"])
def test_every_model_is_in(document):
    text = (ROOT / document).read_text("utf-8")
    missing = [m.__name__ for m in own_models() if not re.search(rf"`{m.__name__}`", text)]
    assert missing == []


def test_every_setting_is_documented():
    text = (ROOT / "docs/settings.md").read_text("utf-8")
    missing = [v.name for v in environment.DOCUMENTED if f"`{v.name}`" not in text]
    assert environment.DOCUMENTED
    assert missing == []


def test_every_dependency_earns_its_line():
    text = (ROOT / "docs/dependencies.md").read_text("utf-8").lower()
    lines = (ROOT / "requirements/base.in").read_text("utf-8").splitlines()
    lines += (ROOT / "requirements/dev.in").read_text("utf-8").splitlines()
    names = [re.split(r"[<>=\[]", line)[0].lower() for line in lines if line and line[0] != "-"]
    assert [name for name in names if f"| {name} |" not in text] == []


def test_every_personal_field_has_a_purpose_a_retention_and_an_eraser():
    text = (ROOT / "docs/personal-data.md").read_text("utf-8")
    pattern = re.compile(r"phone|display_name|signed_name|responsibility|credential|id_number")
    fields = [
        f"`{model.__name__}.{field.name}`"
        for model in own_models()
        for field in model._meta.get_fields()
        if pattern.search(field.name) and getattr(field, "column", None)
    ]
    assert fields
    assert [name for name in fields if name not in text] == []


def test_no_app_has_more_than_nine_models():
    counts: dict[str, int] = {}
    for model in own_models():
        counts[model._meta.app_label] = counts.get(model._meta.app_label, 0) + 1
    assert [f"{label}: {n}" for label, n in counts.items() if n > 9] == []
