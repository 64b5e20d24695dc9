"""The index follows the public log: *the log is the queue*, so no crash can lose a change.

Every publication, correction and withdrawal is one log entry. The index remembers the last entry
that it contains and reads on from there; what it writes is the present state of each record named,
so reading an entry twice does no harm. Expiry writes no entry and needs none: filters and labels
come from the database when a hit is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import tantivy
from django.db.models import QuerySet

from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.querysets import DisclosureQuerySet
from gongkai.log.models import LogEntry
from gongkai.search import index
from gongkai.search.document import to_document
from gongkai.search.events import IndexFollowed, index_followed
from gongkai.search.index import IndexState

BATCH = 500
SUBJECT_PREFIX = "disclosure:"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the index is: the last entry it holds, the last entry there is, its records."""

    indexed: int
    logged: int
    n_documents: int
    directory: str

    @property
    def is_current(self) -> bool:
        """Whether every act made public is in the index."""
        return bool(self.directory) and self.indexed == self.logged


def standing() -> Standing:
    """Where the index stands now."""
    opened = index.current()
    logged = LogEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    if opened is None:
        return Standing(indexed=0, logged=logged, n_documents=0, directory="")
    return Standing(opened.state.number, logged, opened.searcher.num_docs, opened.state.directory)


def catch_up() -> int:
    """The index holds every act logged so far; returns how many entries (or records) it took in.

    Nothing is done (0) while another process writes: it takes the same entries. Where there is no
    index, or it belongs to another log (a restored database), it is built anew.
    """
    if _is_current():
        return 0
    with index.only_writer(wait=False) as mine:
        if not mine:
            return 0
        state = index.read_state()
        n_taken = _take_in(state) if _continues(state) else _rebuild(progress=None)
    index_followed.announce(IndexFollowed(n_taken))
    return n_taken


def rebuild(*, progress: Callable[[int], None] | None = None) -> int:
    """A new index of every public record stands in place of the old; returns their number."""
    with index.only_writer(wait=True):
        n_added = _rebuild(progress=progress)
    index_followed.announce(IndexFollowed(n_added))
    return n_added


def _is_current() -> bool:
    """The quick look of every tick: one row of the log against the state."""
    state = index.read_state()
    last = LogEntry.objects.order_by("-number").values_list("number", "entry_hash").first()
    return bool(state.directory) and (state.number, state.entry_hash) == (last or (0, ""))


def _continues(state: IndexState) -> bool:
    """Whether the log still holds the very entry at which the index stopped."""
    if not state.directory or not (index.root() / state.directory).is_dir():
        return False
    if state.number == 0:
        return True
    return LogEntry.objects.filter(number=state.number, entry_hash=state.entry_hash).exists()


def _take_in(state: IndexState) -> int:
    n_taken = 0
    while True:
        entries = list(
            LogEntry.objects.filter(number__gt=state.number)
            .order_by("number")
            .values_list("number", "entry_hash", "subject")[:BATCH]
        )
        if not entries:
            return n_taken
        codes = {
            subject.removeprefix(SUBJECT_PREFIX)
            for _number, _hash, subject in entries
            if subject.startswith(SUBJECT_PREFIX)
        }
        writer = index.open_folder(state.directory).writer(index.WRITER_HEAP_BYTES, 1)
        for code in codes:
            writer.delete_documents_by_term("code", code)
        _add(writer, _public().filter(code__in=codes))
        writer.commit()
        writer.wait_merging_threads()
        number, entry_hash, _subject = entries[-1]
        state = replace(state, number=number, entry_hash=entry_hash)
        index.write_state(state)
        n_taken += len(entries)


def _rebuild(*, progress: Callable[[int], None] | None) -> int:
    """Build into a new folder, then switch; the log position is taken first, so none is missed."""
    last = LogEntry.objects.order_by("-number").values_list("number", "entry_hash").first()
    number, entry_hash = last or (0, "")
    name, fresh = index.create_folder()
    writer = fresh.writer(index.REBUILD_HEAP_BYTES, 1)
    n_added = _add(writer, _public().iterator(BATCH), progress=progress)
    writer.commit()
    writer.wait_merging_threads()
    index.write_state(IndexState(name, index.SCHEMA_VERSION, number, entry_hash))
    index.drop_other_folders(name)
    return n_added


def _public() -> QuerySet[Disclosure]:
    return (
        DisclosureQuerySet(Disclosure).public().select_related("body__division", "domain", "item")
    )


def _add(
    writer: tantivy.IndexWriter,
    disclosures: Iterable[Disclosure],
    *,
    progress: Callable[[int], None] | None = None,
) -> int:
    n_added = 0
    for disclosure in disclosures:
        writer.add_document(to_document(disclosure))
        n_added += 1
        if progress is not None and n_added % BATCH == 0:
            progress(n_added)
    return n_added
