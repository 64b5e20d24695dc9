"""The commands: import with its exit codes, export, and the way there and back."""

from __future__ import annotations

import json
import re

import pytest
from django.core.management import call_command

from gongkai.catalogue.models import Edition
from gongkai.catalogue.queries import edition_difference
from gongkai.places.tests.factories import BodyFactory, DivisionFactory
from gongkai.readings.export import FORMATS
from gongkai.readings.models import CatalogueReading, CatalogueSource
from gongkai.readings.tests.factories import csv_file, row

DOUBT = "按领导要求择机安排"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def file(tmp_path):
    def write(rows, name="社会救助.csv", **options):
        path = tmp_path / name
        path.write_bytes(csv_file(rows, **options))
        return str(path)

    return write


@pytest.fixture
def body(db):
    DivisionFactory(district=True)
    return BodyFactory(name="云溪区民政局", code="yx-civil")


def run(*arguments):
    """The exit code of the command."""
    try:
        call_command("import_catalogue", *arguments)
    except SystemExit as stop:
        return stop.code
    return 0


def test_a_dry_run_needs_no_database_and_prints_the_contract(file, capsys):
    assert run("--dry-run", "--json", file([row(1)])) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"source", "refused", "warnings", "tables", "counts"}
    (table,) = printed["tables"]
    assert table["domain"] == "社会救助"
    assert table["rows"][0]["deadlines"][0]["n"] == 20


def test_a_dry_run_with_questions_ends_with_3(file, capsys):
    assert run("--dry-run", file([row(1, deadline=DOUBT)])) == 3
    assert DOUBT in capsys.readouterr().out


def test_several_files_are_printed_as_a_list(file, capsys):
    files = file([row(1)], "a.csv"), file([row(2)], "b.csv")
    assert run("--dry-run", "--json", *files) == 0
    assert [one["source"]["name"] for one in json.loads(capsys.readouterr().out)] == [
        "a.csv", "b.csv",
    ]  # fmt: skip


def test_without_a_body_the_usage_is_wrong(file):
    assert run(file([row(1)])) == 2


def test_an_unknown_body_is_refused(db, file, capsys):
    assert run(file([row(1)]), "--body", "nobody") == 1
    assert "nobody" in capsys.readouterr().err


def test_a_missing_file_is_refused(capsys):
    assert run("--dry-run", "no-such-file.csv") == 1
    assert "no-such-file.csv" in capsys.readouterr().err


def test_a_refused_file_is_told_in_words_without_codes(tmp_path, capsys):
    path = tmp_path / "notes.txt"
    path.write_text("昨天开会，今天种树。")
    assert run("--dry-run", str(path)) == 1
    told = capsys.readouterr().err
    assert told.startswith("notes.txt：未读入。")
    assert not re.search(r"[a-z]_[a-z]", told)


def test_a_clear_catalogue_takes_effect_at_once(body, file, capsys):
    assert run(file([row(1), row(2)]), "--body", "yx-civil", "--json") == 0
    (stored,) = json.loads(capsys.readouterr().out)["stored"]
    assert (stored["state"], stored["items"]) == ("confirmed", 2)
    assert Edition.objects.get().state == Edition.State.IN_FORCE


def test_a_doubtful_catalogue_waits_and_takes_effect_when_accepted(body, file):
    path = file([row(1, deadline=DOUBT)])
    assert run(path, "--body", "yx-civil") == 3
    assert not Edition.objects.exists()
    assert CatalogueReading.objects.get().state == "open"
    assert run(path, "--body", "yx-civil", "--accept-unknown") == 0
    assert Edition.objects.get().items.get().deadlines.get().kind == "unknown"


def test_one_refused_file_keeps_all_files_out(body, file, tmp_path, capsys):
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(b"PK\x03\x04 no workbook")
    assert run(file([row(1)]), str(wrong), "--body", "yx-civil") == 1
    assert "wrong.xlsx" in capsys.readouterr().err
    assert not CatalogueSource.objects.exists()
    assert not Edition.objects.exists()


def test_the_domain_given_counts_for_every_table(body, file):
    assert run(file([row(1)], title="目录"), "--body", "yx-civil", "--domain", "卫生健康") == 0
    assert Edition.objects.get().domain.name == "医疗卫生"


@pytest.mark.parametrize("format_", FORMATS)
def test_an_export_imports_to_the_same_catalogue(body, file, tmp_path, format_):
    rows = [
        row(1),
        row(2, deadline="长期公开", bodies="区民政局、各乡镇（街道）"),
        row(3, deadline="及时公开"),
    ]
    assert run(file(rows), "--body", "yx-civil") == 0
    first = Edition.objects.get()
    target = tmp_path / f"export.{format_}"
    call_command("export_catalogue", body="yx-civil", format=format_, to=str(target))
    assert run(str(target), "--body", "yx-civil") == 0
    second = Edition.objects.get(state=Edition.State.IN_FORCE)
    assert second != first
    assert not edition_difference(first, second)
    assert list(first.items.values_list("key", flat=True)) == list(
        second.items.values_list("key", flat=True)
    )


def test_an_export_without_catalogue_is_refused(body, capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("export_catalogue", body="yx-civil", format="csv")
    assert stop.value.code == 1
    with pytest.raises(SystemExit) as stop:
        call_command("export_catalogue", body="yx-civil", format="csv", domain="没有的领域")
    assert stop.value.code == 1
