"""The shared numbers: what is purged is bad everywhere, and nothing else is."""

from __future__ import annotations

import multiprocessing
import struct

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.pagecache.generations import Generations, slots_of

pytestmark = pytest.mark.pure


def test_a_page_is_good_until_one_of_its_tags_is_purged(shared):
    since = shared.sequence
    page, other = slots_of(["list", "body:a"]), slots_of(["body:b"])
    shared.purge({"body:c"})
    assert shared.is_good(page, since=since)
    shared.purge({"body:a"})
    assert not shared.is_good(page, since=since)
    assert shared.is_good(other, since=since)
    assert shared.is_good(page, since=shared.sequence)


def test_a_page_rendered_before_the_purge_is_bad_when_stored_after_it(shared):
    since = shared.sequence
    shared.purge({"disclosure:x"})
    shared.purge({"disclosure:y"})
    assert not shared.is_good(slots_of(["disclosure:x"]), since=since)


def test_everything_can_be_purged(shared):
    since = shared.sequence
    shared.purge_everything()
    assert not shared.is_good(slots_of([]), since=since)


def test_another_opening_of_the_folder_sees_the_same(shared, cache_dir):
    since = shared.sequence
    Generations(cache_dir).purge({"list"})
    assert not shared.is_good(slots_of(["list"]), since=since)
    shared.set_log_number(7)
    assert Generations(cache_dir).log_number == 7


def test_a_damaged_file_starts_anew_with_everything_bad(shared, cache_dir):
    shared.purge({"list"})
    shared.set_log_number(7)
    since = shared.sequence
    (cache_dir / "generations").write_bytes(struct.pack("=QQ", 99, since))
    again = Generations(cache_dir)
    assert again.sequence > since
    assert again.log_number == 0
    assert not again.is_good(slots_of(["list"]), since=since)


def _purge_often(folder, tag, n):
    shared = Generations(folder)
    for _ in range(n):
        shared.purge({tag})


def test_purges_of_many_processes_are_all_counted(shared, cache_dir):
    before = shared.sequence
    context = multiprocessing.get_context("fork")
    workers = [
        context.Process(target=_purge_often, args=(cache_dir, f"tag:{n}", 50)) for n in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert shared.sequence == before + 200


def test_the_name_for_nginx_moves_with_every_purge(shared, cache_dir):
    link = cache_dir / "nginx" / "current"
    names = set()
    for _ in range(40):
        shared.purge({"list"})
        assert link.resolve().is_dir()
        names.add(link.resolve().name)
    assert len(names) == 40
    assert len([path for path in link.parent.iterdir() if path.name.isdigit()]) <= 17


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    page=st.sets(st.sampled_from("abcdef"), min_size=1),
    acts=st.lists(st.sampled_from("abcdef")),
)
def test_a_page_is_bad_just_when_one_of_its_tags_was_purged(shared, page, acts):
    since = shared.sequence
    for tag in acts:
        shared.purge({tag})
    assert shared.is_good(slots_of(page), since=since) == page.isdisjoint(acts)
