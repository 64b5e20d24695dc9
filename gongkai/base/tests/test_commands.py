"""Every command is found by its hyphenated name and shows an example, as the contract says."""

from __future__ import annotations

import pytest
from django.core.management import get_commands, load_command_class

from gongkai.cli import _module_name

pytestmark = pytest.mark.pure

OURS = sorted(name for name, app in get_commands().items() if str(app).startswith("gongkai."))
CONTRACT = [
    "bench",
    "demo",
    "duties",
    "export-catalogue",
    "import-catalogue",
    "import-disclosures",
    "log",
    "serve",
]
WITHOUT_REPORT = {"serve", "work"}
"""Commands that run until they are stopped."""


@pytest.mark.parametrize("name", CONTRACT)
def test_a_command_of_the_contract_is_found_by_the_name_people_write(name):
    assert _module_name(name) in OURS


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_found_with_hyphens(name):
    assert _module_name(name.replace("_", "-")) == name


@pytest.mark.parametrize("name", OURS)
def test_every_command_shows_an_example(name):
    command = load_command_class(get_commands()[name], name)
    told = command.create_parser("gongkai", name).format_help()
    assert "example" in told
    assert f"gongkai {name.replace('_', '-')}" in told


@pytest.mark.parametrize("name", [name for name in OURS if name not in WITHOUT_REPORT])
def test_every_command_that_ends_reports_for_machines(name):
    command = load_command_class(get_commands()[name], name)
    assert "--json" in command.create_parser("gongkai", name).format_help()
