"""The kinds of record. Each folder here is one template; adding a template is adding a folder.

A folder holds ``TEMPLATE`` (a ``schema.RecordTemplate``), ``web.html``, ``print.html`` and tests.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from gongkai.base.errors import Refused
from gongkai.disclosures.schema import RecordTemplate

FOLDER = Path(__file__).resolve().parent


@cache
def registry() -> dict[str, RecordTemplate]:
    """Every template by name, in the order of their names with the generic one first."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        if module.ispkg and module.name != "tests":
            package = importlib.import_module(f"{__name__}.{module.name}")
            found[package.TEMPLATE.name] = package.TEMPLATE
    return dict(sorted(found.items(), key=lambda item: (item[0] != "article", item[0])))


def get(name: str) -> RecordTemplate:
    """The template called ``name``. Raises ``Refused('disclosures.unknown_template')``."""
    try:
        return registry()[name]
    except KeyError:
        raise Refused("disclosures.unknown_template", template=name) from None


def choices() -> list[tuple[str, str]]:
    """``(name, label)`` of every template."""
    return [(template.name, template.label) for template in registry().values()]
