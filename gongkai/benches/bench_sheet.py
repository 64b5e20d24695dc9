"""Printed sheets: one of forty rows through the program, beside Typst alone in this process."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from gongkai.benches.asking import Asker
from gongkai.benches.framework import Figure, milliseconds_each, milliseconds_of, step, timed
from gongkai.benches.population import populate, prepare, sentence
from gongkai.disclosures.models import Disclosure
from gongkai.sheets import compiling, typeset
from gongkai.sheets.composing import sheet_of_record
from gongkai.sheets.document import as_json

N_SHEETS = 100
N_ROWS = 40
N_LONG_ROWS = 2_000
N_STARTS = 5


def run(size: int) -> Iterator[Figure]:
    """Every sheet has words of its own, so nothing typeset before helps the next."""
    prepare()
    populate(min(size, N_SHEETS))
    _with_rows()
    records = list(
        Disclosure.objects.select_related("body__division", "item__edition").order_by("pk")
    )
    sheets = [as_json(sheet_of_record(record, language="zh-Hans")) for record in records]
    ask = Asker()
    yield timed("sheet.start", [_start(sheet) for sheet in sheets[:N_STARTS]])
    with step(f"{len(sheets)} sheets by Typst in this process"):
        alone = _alone(sheets)
    yield alone
    typeset.typeset(sheets[0].replace("测量", "预热"))
    with step(f"{len(sheets)} sheets through the program"):
        first = milliseconds_each(partial(_ask, ask), records)
    yield timed("sheet.first", first, in_process=alone.p50 or 0.0)
    kept = milliseconds_each(partial(_ask, ask), records)
    yield timed("sheet.kept", kept, in_process=alone.p50 or 0.0)
    yield Figure("sheet.memory", _megabytes_of_child(), "MB", n=len(sheets))
    yield _long(sheets[0])


def _with_rows() -> None:
    """The text of each record is a table of forty rows, unlike that of any other."""
    chance = random.Random(40)
    for pk, title in Disclosure.objects.values_list("pk", "title"):
        rows = "".join(
            f"<tr><td>{number}</td><td>{title[:4]}{chance.randrange(10**6)}</td>"
            f"<td>{sentence(chance)[:12]}</td><td>{chance.randrange(10**6) / 100:,.2f}</td></tr>"
            for number in range(1, N_ROWS + 1)
        )
        head = "<thead><tr><th>序号</th><th>对象</th><th>事由</th><th>金额（元）</th></tr></thead>"
        text = f"<p>{sentence(chance)}</p><table>{head}<tbody>{rows}</tbody></table>"
        Disclosure.objects.filter(pk=pk).update(text=text)


def _ask(ask: Asker, record: Disclosure) -> bytes:
    return ask.get(f"/d/{record.code}.pdf")


def _start(sheet: str) -> float:
    """A typesetter's first sheet: its process, its fonts, the sheet."""
    setter = typeset.Typesetter()
    try:
        return milliseconds_of(partial(setter.answer, sheet.encode()))
    finally:
        setter.stop()


def _alone(sheets: list[str]) -> Figure:
    setter = compiling.compiler()
    compiling.compiled(setter, sheets[0].replace("测量", "预热").encode())
    contents = [sheet.encode() for sheet in sheets]
    return timed(
        "sheet.in_process", milliseconds_each(partial(compiling.compiled, setter), contents)
    )


def _long(sheet: str) -> Figure:
    """A list of two thousand rows, the longest that townships publish on one page."""
    values = json.loads(sheet)
    table = next(block for block in values["blocks"] if block["kind"] == "table")
    pattern = json.dumps(table["body"][0])
    table["body"] = [json.loads(pattern) for _ in range(N_LONG_ROWS)]
    for number, row in enumerate(table["body"], 1):
        for cell in row["cells"]:
            cell["runs"][0]["text"] += f"·{number}"  # no row like another, none set from memory
    content = json.dumps(values, ensure_ascii=False)
    started = time.perf_counter()
    typeset.typeset(content)
    return Figure(
        "sheet.two_thousand_rows", round((time.perf_counter() - started) * 1000), "ms", n=1
    )


def _megabytes_of_child() -> float:
    """What the typesetter holds after all of that."""
    process = typeset.running_process()
    if process is None:
        return 0.0
    lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    kilobytes = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return round(kilobytes / 1e3, 1)
