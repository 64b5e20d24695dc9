"""The index follows the log: nothing is lost, nothing is done twice, one process writes."""

from __future__ import annotations

import json
import threading

import pytest

from gongkai.disclosures.models import Disclosure
from gongkai.log.models import LogEntry
from gongkai.search import follow, index
from gongkai.search.follow import catch_up, rebuild, standing
from gongkai.search.queries import SearchRequest, search
from gongkai.search.tests.conftest import log_act, withdraw_row

pytestmark = pytest.mark.django_db


def total(text):
    return search(SearchRequest(text=text)).total


def test_each_act_is_followed_and_then_there_is_nothing_to_do(public_record):
    first = public_record("防汛通知")
    assert catch_up() == 1
    assert total("防汛") == 1
    Disclosure.objects.filter(pk=first.pk).update(title="防汛抗旱通知", state="corrected")
    log_act(first, LogEntry.Kind.CORRECTED)
    public_record("抗旱预案")
    assert catch_up() == 2
    assert (total("抗旱"), total("防汛通")) == (2, 0)
    withdraw_row(first)
    assert (catch_up(), total("防汛"), catch_up()) == (1, 0, 0)
    assert standing().is_current


def test_a_crash_after_the_commit_repeats_harmlessly(public_record):
    public_record("防汛通知")
    catch_up()
    before = index.read_state()
    public_record("防汛预案")
    catch_up()
    index.write_state(before)
    assert not standing().is_current
    assert catch_up() == 1
    assert (total("防汛"), standing().n_documents) == (2, 2)


@pytest.mark.parametrize("damage", ["gone", "nonsense", "other schema", "other log"])
def test_an_index_that_cannot_go_on_is_built_anew(public_record, damage):
    public_record("防汛通知")
    catch_up()
    state = index.root() / "state.json"
    facts = json.loads(state.read_text())
    match damage:
        case "gone":
            state.unlink()
        case "nonsense":
            state.write_text("{")
        case "other schema":
            state.write_text(json.dumps(facts | {"schema": 0}))
        case "other log":
            state.write_text(json.dumps(facts | {"entry_hash": "0" * 64}))
    assert catch_up() == 1
    assert total("防汛") == 1
    assert len(list(index.root().glob("[0-9]*"))) == 1


def test_a_second_writer_leaves_the_work_to_the_first(public_record):
    public_record("防汛通知")
    with index.only_writer(wait=False) as mine:
        assert mine
        assert catch_up() == 0
    assert catch_up() == 1


def test_rebuild_replaces_the_index_under_open_readers(public_record):
    public_record("防汛通知")
    catch_up()
    opened = index.current()
    assert opened is not None
    heard: list[int] = []
    assert rebuild(progress=heard.append) == 1
    assert opened.searcher.num_docs == 1
    assert standing().directory != opened.state.directory
    assert total("防汛") == 1


def test_long_logs_are_taken_in_batches(public_record, monkeypatch):
    public_record("起头")
    catch_up()
    monkeypatch.setattr(follow, "BATCH", 2)
    for number in range(5):
        public_record(f"第{number}份防汛通知")
    assert catch_up() == 5
    assert total("防汛") == 5


def test_readers_in_other_threads_see_the_commit(public_record):
    public_record("防汛通知")
    catch_up()
    seen: list[int] = []
    index.current()
    public_record("防汛预案")
    catch_up()

    def look():
        opened = index.current()
        seen.append(opened.searcher.num_docs if opened else 0)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [2]
