"""Settings from the environment: typed, documented, failing loudly on a bad value."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Variable:
    """One documented variable: its name, what it does, and its default as a person reads it."""

    name: str
    meaning: str
    default: str


DOCUMENTED: list[Variable] = []
"""Every variable that the program reads; ``docs/settings.md`` is checked against it."""


def _variable(name: str, meaning: str, default: str) -> str | None:
    DOCUMENTED.append(Variable(name, meaning, default))
    return os.environ.get(name)


def text(name: str, default: str, meaning: str) -> str:
    """The text of the variable, or the default."""
    value = _variable(name, meaning, default)
    return default if value is None else value


def flag(name: str, default: bool, meaning: str) -> bool:
    """A yes/no variable; anything else than 1/0/true/false/yes/no raises."""
    value = _variable(name, meaning, "yes" if default else "no")
    if value is None:
        return default
    if value.lower() in {"1", "true", "yes"}:
        return True
    if value.lower() in {"0", "false", "no"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: write yes or no")


def number(name: str, default: int, meaning: str) -> int:
    """A whole number; anything else raises."""
    value = _variable(name, meaning, str(default))
    if value is None:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number") from error


def listed(name: str, default: str, meaning: str) -> list[str]:
    """A list separated by commas."""
    return [part.strip() for part in text(name, default, meaning).split(",") if part.strip()]


@dataclass(frozen=True, slots=True)
class SecretKey:
    """The signing key, from a variable, a file, or a file made at first use in the data folder."""

    directory: Path
    file_name: str = field(default="secret_key")

    def value(self) -> str:
        """The key; created with owner-only permissions when there is none yet."""
        given = _variable("GONGKAI_SECRET_KEY", "signing key", "made at first start")
        path_given = _variable("GONGKAI_SECRET_KEY_FILE", "file that holds the signing key", "")
        if given:
            return given
        path = Path(path_given) if path_given else self.directory / self.file_name
        if path.exists():
            return path.read_text("utf-8").strip()
        if path_given:
            raise ImproperlyConfigured(f"GONGKAI_SECRET_KEY_FILE={path_given!r}: no such file")
        self.directory.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), "utf-8")
        return path.read_text("utf-8").strip()
