"""What the documents say of layers, interfaces and commands is so in the code."""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from django.core.management import get_commands

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text("utf-8")
INTERFACE = re.findall(r"^\| (\w+) \| (`.+) \|$", ARCHITECTURE, re.MULTILINE)
READMES = [*sorted((ROOT / "docs/how-to").glob("*.md")), *sorted(ROOT.glob("README*.md"))]


def test_the_layers_are_those_that_are_checked():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    checked = [layer.replace("gongkai.", "") for layer in contracts["contracts"][0]["layers"]]
    told = re.split(r"```\n?", ARCHITECTURE)[1].splitlines()
    assert [re.split(r"\s{2,}", line)[0] for line in told] == checked


@pytest.mark.parametrize(("app", "told"), INTERFACE)
def test_every_name_of_the_interface_is_there(app, told):
    assert [name for name in names_in(told) if not is_in(f"gongkai.{app}", *name)] == []


def names_in(told: str) -> list[tuple[str, str]]:
    """``(module, name)`` of every name listed behind a module: ``"`queries`: `a`, `b`"``."""
    groups = re.findall(r"`(\w+)`(?: \(pure\))?: ((?:`\w+`(?:, )?)+)", told)
    assert groups
    return [(module, name) for module, listed in groups for name in re.findall(r"\w+", listed)]


def is_in(package: str, module: str, name: str) -> bool:
    home = import_module(f"{package}.{module}")
    parts = walk_packages(getattr(home, "__path__", []), f"{home.__name__}.")
    return any(hasattr(one, name) for one in [home, *(import_module(part.name) for part in parts)])


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_command_that_is_shown_exists(path):
    shown = re.findall(r"(?:^|`|\s)gongkai ([a-z][a-z-]+)", path.read_text("utf-8"))
    assert [name for name in shown if name.replace("-", "_") not in get_commands()] == []
