"""Behaviour of the canonical spelling and of the chain."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.log.rules import GENESIS, Entry, canonical_json, digest, entry_hash, first_fault

pytestmark = pytest.mark.pure

TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
ENTRIES = st.builds(
    Entry,
    number=st.just(0),
    kind=st.sampled_from(["published", "corrected", "withdrawn"]),
    subject=TEXT,
    record_digest=st.just("a" * 64),
    reason=TEXT,
    body_code=TEXT,
    logged_at=st.datetimes(timezones=st.just(dt.UTC)),
)


def chained(entries: list[Entry]) -> list[tuple[Entry, str, str]]:
    chain, last = [], GENESIS
    for number, entry in enumerate(entries, start=1):
        numbered = dataclasses.replace(entry, number=number)
        own = entry_hash(numbered, previous_hash=last)
        chain.append((numbered, last, own))
        last = own
    return chain


def head_of(chain: list[tuple[Entry, str, str]]) -> tuple[int, str]:
    return (len(chain), chain[-1][2]) if chain else (0, GENESIS)


@given(JSON)
def test_canonical_json_reads_back_as_the_same_value(value):
    assert json.loads(canonical_json(value)) == value


@given(st.dictionaries(TEXT, st.integers(), max_size=6))
def test_the_order_of_keys_does_not_change_the_digest(value):
    assert digest(value) == digest(dict(reversed(value.items())))


@given(st.lists(ENTRIES, max_size=6))
def test_a_chain_built_in_order_holds(entries):
    chain = chained(entries)
    assert first_fault(chain, head=head_of(chain)) is None


@given(st.lists(ENTRIES, min_size=1, max_size=6), st.data())
def test_any_change_of_an_entry_is_found_at_that_entry(entries, data):
    chain = chained(entries)
    place = data.draw(st.integers(0, len(chain) - 1))
    entry, previous, own = chain[place]
    tampered = dataclasses.replace(entry, reason=entry.reason + "改")
    fault = first_fault(
        [*chain[:place], (tampered, previous, own), *chain[place + 1 :]], head=head_of(chain)
    )
    assert fault is not None
    assert (fault.number, fault.code) == (place + 1, "hash")


@given(st.lists(ENTRIES, min_size=1, max_size=6), st.data())
def test_a_missing_entry_is_found(entries, data):
    chain = chained(entries)
    place = data.draw(st.integers(0, len(chain) - 1))
    fault = first_fault([*chain[:place], *chain[place + 1 :]], head=head_of(chain))
    assert fault is not None
    assert fault.code == ("head" if place == len(chain) - 1 else "number")


def test_a_rewritten_hash_breaks_the_next_entry():
    entry = Entry(
        0, "published", "disclosure:x", "a" * 64, "", "b", dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    )
    chain = chained([entry, entry])
    changed = dataclasses.replace(chain[0][0], subject="disclosure:y")
    forged = (changed, GENESIS, entry_hash(changed, previous_hash=GENESIS))
    fault = first_fault([forged, chain[1]], head=head_of(chain))
    assert fault is not None
    assert (fault.number, fault.code) == (2, "previous")
