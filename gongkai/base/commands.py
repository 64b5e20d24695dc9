"""What every ``gongkai`` command shares: names with hyphens, an example in the help, exit codes.

0 done · 1 refused, nothing changed · 2 wrong usage (argparse) · 3 done, with questions listed.
"""

from __future__ import annotations

import json
import sys
from argparse import RawDescriptionHelpFormatter
from enum import IntEnum
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    QUESTIONS = 3


class GongkaiCommand(BaseCommand):
    """A command; ``help`` holds what it does, ``example`` one line that can be copied."""

    example = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """A parser whose help shows the hyphenated name and ends with the example."""
        kwargs.setdefault("epilog", f"example: {self.example}" if self.example else None)
        kwargs.setdefault("formatter_class", RawDescriptionHelpFormatter)
        return super().create_parser(prog_name, subcommand.replace("_", "-"), **kwargs)

    def write_json(self, value: Any) -> None:
        """Print ``value`` for machines, Chinese as it is."""
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str))

    def stop(self, code: ExitCode, text: str = "") -> NoReturn:
        """End with ``code``; ``text`` goes to standard error."""
        if text:
            self.stderr.write(text)
        sys.exit(int(code))
