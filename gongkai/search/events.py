"""What the index announces to the apps above it."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.base.events import Event


@dataclass(frozen=True, slots=True)
class IndexFollowed:
    """The index took in new acts: lists of found records may look different now."""

    n_taken: int


index_followed: Event[IndexFollowed] = Event("search.index_followed")
