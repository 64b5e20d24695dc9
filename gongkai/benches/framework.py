"""What every bench needs: figures, percentiles, the machine's name, a scratch world of its own."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TypeVar

BENCHES = ("import", "search", "portal", "publish", "cache", "sheet", "memory")
"""Names in the order in which they run; each is the module ``bench_<name>`` of this package."""

LONGEST_SECONDS = 1_800

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. ``against`` names peers of the same run: our value ÷ theirs."""

    name: str
    value: float
    unit: str
    p50: float | None = None
    p95: float | None = None
    p99: float | None = None
    n: int = 1
    against: dict[str, float] = field(default_factory=dict)
    machine: str = ""


def machine() -> str:
    """The machine in one line: processor, cores, memory, system, Python."""
    model = platform.processor() or platform.machine()
    for line in _lines("/proc/cpuinfo"):
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = next((line.split()[1] for line in _lines("/proc/meminfo")), "0")
    return (
        f"{model}, {os.cpu_count()} cores, {int(memory) / 1e6:.0f} GB,"
        f" {platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def timed(name: str, milliseconds: list[float], **against: float) -> Figure:
    """The figure of repeated times; its value is the median."""
    ordered = sorted(milliseconds)
    p50, p95, p99 = (percentile(ordered, part) for part in (0.5, 0.95, 0.99))
    ratios = {peer: round(p50 / theirs, 4) for peer, theirs in against.items() if theirs}
    return Figure(name, p50, "ms", p50, p95, p99, len(ordered), ratios)


def percentile(ordered: list[float], part: float) -> float:
    """The value below which ``part`` of the ordered values lie (nearest rank)."""
    if not ordered:
        return 0.0
    rank = max(1, -(-len(ordered) * part // 1))
    return round(ordered[int(rank) - 1], 3)


def milliseconds_of(act: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def milliseconds_each(act: Callable[[T], object], inputs: Iterable[T]) -> list[float]:
    """How long the call takes for each input."""
    taken = []
    for given in inputs:
        started = time.perf_counter()
        act(given)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def _lines(path: str) -> list[str]:
    """The lines of a file of the system; none where there is no such file."""
    try:
        return Path(path).read_text("utf-8").splitlines()
    except OSError:
        return []


def tell(line: str) -> None:
    """Progress for the person who waits, on stderr."""
    print(f"[bench] {line}", file=sys.stderr, flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Tell that a long step begins and how long it took."""
    started = time.perf_counter()
    tell(f"{name} …")
    yield
    tell(f"{name}: {time.perf_counter() - started:.1f} s")


def run_apart(name: str, *, size: int) -> list[Figure]:
    """The figures of one bench, run by a process with a data folder and database of its own."""
    with tempfile.TemporaryDirectory(prefix=f"gongkai-bench-{name}-") as folder:
        finished = subprocess.run(
            [sys.executable, "-m", "gongkai.cli", "bench", name, "--size", str(size), "--here"],
            env=scratch_environment(Path(folder)),
            stdout=subprocess.PIPE,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    if finished.returncode:
        raise BenchFailed(name)
    return [Figure(**facts) for facts in json.loads(finished.stdout)]


class BenchFailed(Exception):
    """A bench ended without figures; what it said stands on stderr."""


def scratch_environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a process whose every file lies in ``folder``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    own = {"GONGKAI_DATA_DIR": str(folder), "GONGKAI_SECRET_KEY": "only-for-benches"}
    return kept | own | more


def run_here(name: str, *, size: int) -> list[Figure]:
    """Run the bench in this process, whose database is a scratch one."""
    run: Callable[[int], Iterable[Figure]] = import_module(f"gongkai.benches.bench_{name}").run
    with redirect_stdout(sys.stderr):  # what commands say on the way is not a figure
        return list(run(size))


def as_json(figures: list[Figure]) -> str:
    """The figures for machines."""
    return json.dumps([asdict(figure) for figure in figures], ensure_ascii=False, indent=1)
