"""Where nobody may import, the command says so and what to do, for people and for machines."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from gongkai.places.tests.factories import BodyFactory

pytestmark = pytest.mark.django_db


def refusal(*options: str, folder) -> str:
    path = folder / "feed.json"
    path.write_text("{}")
    out, err = io.StringIO(), io.StringIO()
    body = BodyFactory.create()
    with pytest.raises(SystemExit) as end:
        call_command(
            "import_disclosures", str(path), "--body", body.code, *options, stdout=out, stderr=err
        )
    assert end.value.code == 1
    return out.getvalue() or err.getvalue()


def test_people_are_told_whom_to_appoint(tmp_path):
    assert "--by" in refusal(folder=tmp_path)


def test_machines_get_a_code(tmp_path):
    told = json.loads(refusal("--json", folder=tmp_path))
    assert told["refused"]["code"] == "import.nobody_supervises"
