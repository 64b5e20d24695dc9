"""``gongkai search-index`` tells and does, for people and for machines."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def answer(*arguments):
    out = StringIO()
    call_command("search_index", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_status_says_what_to_do_where_there_is_no_index():
    assert "gongkai search-index rebuild" in answer("status")


def test_rebuild_and_catch_up_end_current(public_record):
    public_record("防汛通知")
    assert "1 records, log entry 1 of 1: current" in answer("rebuild")
    public_record("防汛预案")
    assert "1 acts behind" in answer("status")
    told = json.loads(answer("catch-up", "--json"))
    assert (told["n_documents"], told["indexed"], told["is_current"]) == (2, 2, True)
