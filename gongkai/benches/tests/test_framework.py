"""Figures say what was measured; the command refuses what it does not know."""

from __future__ import annotations

import json
import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gongkai.benches import framework
from gongkai.benches.bench_import import _damaged, long_workbook
from gongkai.benches.framework import (
    BENCHES,
    BenchFailed,
    Figure,
    as_json,
    machine,
    percentile,
    scratch_environment,
    timed,
)
from gongkai.benches.population import questions, title
from gongkai.readings.read import read_catalogue

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("values", "part", "expected"),
    [
        ([], 0.5, 0.0),
        ([7.0], 0.99, 7.0),
        ([1.0, 2.0, 3.0, 4.0], 0.5, 2.0),
        ([1.0, 2.0, 3.0, 4.0], 0.95, 4.0),
        ([float(n) for n in range(1, 101)], 0.99, 99.0),
    ],
)
def test_a_percentile_is_a_value_that_was_measured(values, part, expected):
    assert percentile(values, part) == expected


def test_the_value_of_repeated_times_is_their_median_beside_the_peer():
    figure = timed("x", [4.0, 1.0, 2.0], peer=8.0, absent=0.0)
    assert (figure.value, figure.p95, figure.n) == (2.0, 4.0, 3)
    assert figure.against == {"peer": 0.25}


def test_figures_for_machines_have_the_promised_fields():
    (facts,) = json.loads(as_json([Figure("x", 1.5, "ms", machine=machine())]))
    assert set(facts) == {"name", "value", "unit", "p50", "p95", "p99", "n", "against", "machine"}
    assert "cores" in facts["machine"]


def test_every_bench_is_there():
    for name in BENCHES:
        module = __import__(f"gongkai.benches.bench_{name}", fromlist=["run"])
        assert callable(module.run), name


def test_a_bench_sees_nothing_of_the_site(tmp_path, monkeypatch):
    monkeypatch.setenv("GONGKAI_DATABASE_URL", "postgres://production")
    environment = scratch_environment(tmp_path, GONGKAI_PAGE_CACHE_MB="0")
    assert "GONGKAI_DATABASE_URL" not in environment
    assert environment["GONGKAI_DATA_DIR"] == str(tmp_path)
    assert environment["GONGKAI_PAGE_CACHE_MB"] == "0"


def test_the_command_refuses_an_unknown_bench():
    with pytest.raises(CommandError) as refusal:
        call_command("bench", "unheard")
    assert refusal.value.returncode == 2
    assert "import, search" in str(refusal.value)


def test_a_bench_that_fails_is_told_and_the_others_are_shown(monkeypatch):
    def measured(name, *, size):
        if name == "portal":
            raise BenchFailed(name)
        return [timed(f"{name}.some", [1.0, 2.0], peer=2.0)]

    monkeypatch.setattr("gongkai.benches.management.commands.bench.run_apart", measured)
    out = StringIO()
    with pytest.raises(CommandError, match="without figures: portal"):
        call_command("bench", "search", "portal", stdout=out)
    assert "search.some" in out.getvalue()
    out = StringIO()
    call_command("bench", "search", "--json", stdout=out)
    (figure,) = json.loads(out.getvalue())
    assert figure["machine"] == framework.machine()


def test_questions_stand_in_what_is_written():
    chance = random.Random(1)
    assert all(len(text) == 3 for text in questions(chance, length=3, n=50))
    assert "2026" in title(chance, 2026)


def test_damage_is_the_same_every_time_and_never_breaks_the_reader():
    content = long_workbook(3)
    assert read_catalogue("long.xlsx", content).refused is None
    first, again = random.Random(5), random.Random(5)
    for _ in range(40):
        case = _damaged("long.xlsx", content, first)
        assert case == _damaged("long.xlsx", content, again)
        read_catalogue(*case)
