"""Reading catalogues: a district's thirty, one very long one, and thousands of broken ones."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import time
from collections.abc import Iterator

from django.utils import timezone
from openpyxl import Workbook

from gongkai.benches.framework import Figure, milliseconds_each, step, timed
from gongkai.benches.population import prepare
from gongkai.catalogue.models import Domain
from gongkai.demo.content.catalogues import county_catalogues
from gongkai.demo.messy import HEADER_SUB, HEADER_TOP, write_catalogue
from gongkai.demo.places_file import GOVERNMENT
from gongkai.places.models import Body
from gongkai.readings.actions.store_reading import store_file
from gongkai.readings.read import read_catalogue

N_LONG = 5_000
N_BROKEN = 5_000


def run(size: int) -> Iterator[Figure]:
    """Thirty read and stored; one of 5,000 rows read in a process of its own; fuzz."""
    prepare()
    Domain.objects.all().delete()
    files = [write_catalogue(one, number) for number, one in enumerate(county_catalogues())]
    files = files[:30]
    yield from _thirty(files)
    yield from _long()
    yield from _broken(files, n=N_BROKEN if size >= N_BROKEN else size)


def _thirty(files: list[tuple[str, bytes]]) -> Iterator[Figure]:
    government = Body.objects.get(code=GOVERNMENT)
    n_rows = 0
    started = time.perf_counter()
    with step(f"{len(files)} catalogues read and stored"):
        for name, content in files:
            stored = store_file(name, content, body=government, by=None, now=timezone.now())
            n_rows += sum(len(reading.table["rows"]) for reading in stored.readings)
    seconds = time.perf_counter() - started
    yield Figure("import.thirty", round(seconds, 2), "s", n=len(files))
    yield Figure("import.thirty_items", n_rows, "items", n=len(files))


def _long() -> Iterator[Figure]:
    """Time and memory of reading, as the whole process needs it."""
    with step(f"one workbook of {N_LONG} rows"):
        content = long_workbook(N_LONG)
        program = (
            "import resource, sys, time\n"
            "from gongkai.readings.read import read_catalogue\n"
            "content = sys.stdin.buffer.read()\n"
            "started = time.perf_counter()\n"
            "reading = read_catalogue('long.xlsx', content)\n"
            "seconds = time.perf_counter() - started\n"
            "rows = sum(len(table.rows) for table in reading.tables)\n"
            "print(seconds, rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
        )
        finished = subprocess.run(
            [sys.executable, "-c", program], input=content, capture_output=True, check=True
        )
    seconds, n_rows, kilobytes = finished.stdout.decode().split()
    yield Figure("import.long", round(float(seconds), 2), "s", n=int(n_rows))
    yield Figure("import.long_memory", round(int(kilobytes) / 1e3, 1), "MB", n=int(n_rows))


def _broken(files: list[tuple[str, bytes]], *, n: int) -> Iterator[Figure]:
    """Every damaged file is read or refused; an exception fails the bench."""
    chance = random.Random(711)
    small = sorted(files, key=lambda file: len(file[1]))[:8]
    cases = [_damaged(*chance.choice(small), chance) for _ in range(n)]
    outcomes = {"read": 0, "refused": 0}

    def read(case: tuple[str, bytes]) -> None:
        refused = read_catalogue(*case).refused is not None
        outcomes["refused" if refused else "read"] += 1

    with step(f"{n} damaged files"):
        times = milliseconds_each(read, cases)
    yield timed("import.fuzz", times)
    yield Figure("import.fuzz_refused", outcomes["refused"], "files", n=n)


def _damaged(name: str, content: bytes, chance: random.Random) -> tuple[str, bytes]:
    """Cut, overwritten, doubled, shuffled in blocks, emptied, or under another name."""
    kind = chance.randrange(6)
    at, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    if kind == 0:
        return name, content[:at]
    if kind == 1:
        noise = bytes(chance.randrange(256) for _ in range(min(64, len(content))))
        return name, content[:at] + noise + content[at + len(noise) :]
    if kind == 2:
        return name, content[:end] + content[at:]
    if kind == 3:
        blocks = [content[n : n + 512] for n in range(0, len(content), 512)]
        chance.shuffle(blocks)
        return name, b"".join(blocks)
    if kind == 4:
        return name, content[:at] + content[end:]
    endings = ("xlsx", "xls", "docx", "html", "csv", "txt", "md", "pdf")
    return f"renamed.{chance.choice(endings)}", content


def long_workbook(n_rows: int) -> bytes:
    """A catalogue of ``n_rows`` rows in the official columns."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("目录")
    sheet.append(["基层政务公开标准目录"])
    sheet.append(list(HEADER_TOP))
    sheet.append(list(HEADER_SUB))
    for number in range(1, n_rows + 1):
        sheet.append([
            number, f"类别{number // 50 + 1}", f"事项{number}", "1.对象\n2.标准\n3.结果",
            f"《云溪区测量办法》(云政发〔2026〕{number}号)", "自信息形成或者变更之日起20个工作日内",
            "民政局", "■政府网站\n□政府公报\n■两微一端\n□其他", "√", "", "√", "", "√", "",
        ])  # fmt: skip
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
