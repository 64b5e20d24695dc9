"""Data files are complete, harmless in a spreadsheet, and follow what is published."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.bulk import build as building
from gongkai.portal.bulk.formats import csv_line, json_line, safe_cell
from gongkai.portal.tests.building import published, withdrawn
from gongkai.portal.tests.conftest import NOW

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-1", "'-1"), (-1, "-1"), (1.5, "1.5"),
        ("＝1", "'＝1"), (" =1", "' =1"), ("低保", "低保"), (None, ""), (True, "true"),
        (["甲", "乙"], "甲\n乙"), (dt.date(2026, 9, 1), "2026-09-01"), ("", ""),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(value, cell):
    assert safe_cell(value) == cell


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\x00\r")), min_size=1))
def test_a_csv_line_reads_back_as_its_cells(cells):
    (row,) = csv.reader(io.StringIO(csv_line(cells)))
    assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in cells]


def test_a_json_line_is_one_line():
    line = json_line(("a", "b"), ("行\n行", None))
    assert line.count("\n") == 1
    assert json.loads(line) == {"a": "行\n行", "b": None}


@pytest.mark.django_db
def test_the_files_hold_every_public_record_and_their_digest(district):
    manifest = building.build(now=NOW)
    file = manifest.file("disclosures.csv")
    content = (building.folder() / "disclosures.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == file.sha256
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert {row["公开编号"] for row in rows} == {district.policy.code, district.notice.code}
    lines = (building.folder() / "disclosures.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == file.n_rows == 2
    assert building.read_manifest() == manifest


@pytest.mark.django_db
def test_a_withdrawal_leaves_the_files_at_once(district):
    building.build(now=NOW)
    withdrawn(district.notice, reason="误发", at=NOW)
    assert building.build_if_stale(now=NOW + MINUTE)
    assert district.notice.code not in (building.folder() / "disclosures.csv").read_text("utf-8")


@pytest.mark.django_db
def test_publications_are_gathered_before_the_files_are_built_again(district):
    assert building.build_if_stale(now=NOW)
    published(at=NOW)
    assert not building.build_if_stale(now=NOW + MINUTE)
    assert building.build_if_stale(now=NOW + 11 * MINUTE)
    assert not building.build_if_stale(now=NOW + 12 * MINUTE)


@pytest.mark.django_db
def test_a_file_is_served_with_its_digest_and_not_sent_twice(district, visitor):
    call_command("build_data", stdout=io.StringIO())
    first = visitor.get("/data/disclosures.csv")
    assert first.status_code == 200
    assert b"".join(first.streaming_content).startswith("\ufeff公开编号".encode())
    again = visitor.get("/data/disclosures.csv", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert visitor.get("/data/nothing.csv").status_code == 404


@pytest.mark.django_db
def test_the_description_names_every_file(district, visitor):
    assert (
        "dcat:distribution" not in visitor.get("/data/catalogue.jsonld").json()["dcat:dataset"][0]
    )
    building.build(now=NOW)
    datasets = visitor.get("/data/catalogue.jsonld").json()["dcat:dataset"]
    urls = [d["dcat:downloadURL"]["@id"] for s in datasets for d in s["dcat:distribution"]]
    assert len(urls) == 12
    assert visitor.get("/data/").content.decode().count("/data/disclosures.") == 2


@pytest.mark.django_db
def test_files_that_hold_what_was_withdrawn_since_are_kept_back_until_built_anew(visitor):
    record = published(title="停水公告")
    building.build(now=NOW)
    address = "/data/disclosures.csv"
    answer = visitor.get(address)
    assert answer["Cache-Control"] == "no-cache"
    assert "停水公告".encode() in b"".join(answer.streaming_content)
    withdrawn(record, reason="含个人信息", at=NOW, is_privacy=True)
    for header in ({}, {"If-None-Match": answer["ETag"]}):
        assert visitor.get(address, headers=header).status_code == 503
    assert building.build_if_stale(now=NOW)
    assert "停水公告".encode() not in b"".join(visitor.get(address).streaming_content)
