"""``gongkai log verify`` tells whether the chain holds, and where it does not."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from gongkai.log.models import LogEntry
from gongkai.log.tests.test_append import appended

pytestmark = pytest.mark.django_db


def verified(*options: str) -> tuple[int, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("log", "verify", *options, stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue() + err.getvalue()
    return 0, out.getvalue()


@pytest.mark.parametrize("n", [0, 3])
def test_a_whole_chain(n):
    appended(n)
    code, text = verified("--json")
    told = json.loads(text)
    assert (code, told["intact"], told["entries"], told["fault"]) == (0, True, n, None)


def test_a_changed_entry_is_named():
    appended(3)
    LogEntry.objects.filter(number=2).update(reason="改过")
    code, text = verified()
    assert code == 1
    assert "第 2 项" in text


def test_an_entry_cut_off_the_end_is_a_fault_for_machines():
    appended(3)
    LogEntry.objects.filter(number=3).delete()
    code, text = verified("--json")
    assert code == 1
    assert json.loads(text)["fault"]["code"] == "head"
