"""The ``gongkai`` command: Django's management with ``--data-dir`` understood before anything."""

from __future__ import annotations

import os
import sys


def main(arguments: list[str] | None = None) -> None:
    """Run one command; ``--data-dir DIR`` anywhere on the line sets ``GONGKAI_DATA_DIR``."""
    given = list(sys.argv if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings")
    os.environ.update(_data_dir(given))
    given[1:2] = [_module_name(name) for name in given[1:2]]
    from django.core.management import execute_from_command_line

    execute_from_command_line(given)


def _module_name(command: str) -> str:
    """``import-catalogue`` as people write it is the module ``import_catalogue``."""
    return command if command.startswith("-") else command.replace("-", "_")


def _data_dir(given: list[str]) -> dict[str, str]:
    """Take ``--data-dir`` out of ``given`` and return the variable it sets."""
    for position, argument in enumerate(given):
        if argument.startswith("--data-dir="):
            del given[position]
            return {"GONGKAI_DATA_DIR": argument.partition("=")[2]}
        if argument == "--data-dir" and position + 1 < len(given):
            value = given[position + 1]
            del given[position : position + 2]
            return {"GONGKAI_DATA_DIR": value}
    return {}


if __name__ == "__main__":
    main()
