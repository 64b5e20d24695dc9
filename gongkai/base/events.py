"""Upward talk: an app announces what happened, apps above it handle it, without imports upward.

Handlers run after the transaction has committed (work that must not be lost is a job enqueued
inside it, see ``base.jobs``). A handler is registered in its app's ``ready()``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import transaction

Fact = TypeVar("Fact")


class Event(Generic[Fact]):
    """A kind of thing that happens; ``Fact`` is a frozen dataclass that says what."""

    registry: dict[str, Event[object]] = {}

    def __init__(self, name: str) -> None:
        self.name = name
        self.handlers: list[Callable[[Fact], None]] = []
        Event.registry[name] = self  # type: ignore[assignment]

    def handle(self, handler: Callable[[Fact], None]) -> Callable[[Fact], None]:
        """Call ``handler`` with every fact announced; usable as a decorator; once per handler."""
        if handler not in self.handlers:
            self.handlers.append(handler)
        return handler

    def announce(self, fact: Fact) -> None:
        """Call every handler after the current transaction commits (at once outside of one)."""
        for handler in self.handlers:
            transaction.on_commit(lambda handler=handler: handler(fact))  # type: ignore[misc]
