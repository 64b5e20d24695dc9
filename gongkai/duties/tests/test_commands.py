"""The commands print the register, and refuse with a reason and exit code 1."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.catalogue.tests.factories import PERMANENT, ItemFactory
from gongkai.duties.ical import duties_calendar
from gongkai.duties.models import Duty
from gongkai.duties.register_sheet import cell_text
from gongkai.duties.tests.factories import DutyFactory

pytestmark = pytest.mark.django_db


def run(capsys, *arguments):
    """The exit code and the two outputs of a command."""
    try:
        call_command(*arguments)
        code = 0
    except SystemExit as end:
        code = end.code
    told = capsys.readouterr()
    return code, told.out, told.err


def test_the_register_is_printed_with_explained_dates(capsys):
    duty = DutyFactory.create(steps=[{"code": "day_rule", "facts": {"rule": ""}}])
    code, out, _ = run(capsys, "duties", "--on", "2026-10-08")
    assert code == 0
    for text in (duty.code, "已逾期", "2026-09-30", "本期最后一日", "已逾期 1"):
        assert text in out


def test_the_register_for_machines(capsys):
    duty = DutyFactory.create(by_event=True)
    code, out, _ = run(
        capsys, "duties", "--json", "--body", duty.body.code, "--on", "2026-10-08",
        "--state", "due", "--domain", "社会救助",
    )  # fmt: skip
    told = json.loads(out)
    assert code == 0
    assert told["counts"] == {"due": 1}
    assert told["duties"][0]["code"] == duty.code
    assert told["duties"][0]["event"]["occurred_on"] == "2026-09-18"
    assert told["duties"][0]["channels"][0]["required"] is True


@pytest.mark.parametrize("arguments", [("--body", "nobody"), ("--domain", "没有的领域")])
def test_an_unknown_name_is_refused(capsys, arguments):
    code, _, err = run(capsys, "duties", *arguments)
    assert code == 1
    assert "没有" in err


def test_a_wrong_date_is_wrong_usage():
    with pytest.raises(CommandError):
        call_command("duties", "--on", "tomorrow")


def test_an_event_is_registered_from_the_command_line(capsys):
    item = ItemFactory.create()
    code, out, _ = run(
        capsys, "register_event", "--body", item.edition.body.code, "--item", item.title,
        "--title", "印发办法", "--on", "2026-09-18", "--json",
    )  # fmt: skip
    assert code == 0
    assert json.loads(out)["duties"][0]["due_on"] == "2026-10-22"


@pytest.mark.parametrize(
    "changes", [{"--body": "nobody"}, {"--item": "没有"}, {"--on": "2999-01-01"}, {"--title": " "}]
)
def test_a_wrong_event_is_refused(capsys, changes):
    item = ItemFactory.create()
    given = {
        "--body": item.edition.body.code, "--item": item.key, "--title": "印发办法",
        "--on": "2026-09-18",
    } | changes  # fmt: skip
    code, _, err = run(capsys, "register_event", *(text for pair in given.items() for text in pair))
    assert code == 1
    assert err
    assert not Duty.objects.exists()


def test_a_duty_is_waived_in_the_name_of_a_person_with_the_mandate(capsys):
    duty = DutyFactory.create()
    office = UserFactory.mandated(duty.body, Role.DISTRICT_OFFICE)
    editor = UserFactory.mandated(duty.body)
    for by, expected in ((editor.username, 1), ("nobody", 1), (office.username, 0)):
        code, _, _ = run(capsys, "waive_duty", duty.code, "--reason", "划转", "--by", by)
        assert code == expected
    duty.refresh_from_db()
    assert duty.closed_by == "waived"


def test_generating_lists_items_without_a_duty_and_ends_with_code_3(capsys):
    ItemFactory.create(deadlines=[PERMANENT])
    nobody = ItemFactory.create(bodies=[], deadlines=[PERMANENT])
    code, out, _ = run(capsys, "generate_duties", "--on", "2026-09-20", "--json")
    assert code == 3
    assert json.loads(out)["created"] == 1
    assert json.loads(out)["items_without_body"] == [nobody.key]


def test_the_calendar_of_a_body_holds_its_dated_duties():
    duty = DutyFactory.create()
    DutyFactory.create(item=duty.item, body=duty.body, period="2026Q2", waived=True)
    DutyFactory.create(item=duty.item, body=duty.body, period="", standing=True)
    first = duties_calendar(duty.body, on=dt.date(2026, 9, 20))
    assert first.count(b"BEGIN:VEVENT") == 1
    assert b"DTSTART;VALUE=DATE:20260930" in first
    assert duty.code.encode() in first
    assert duties_calendar(duty.body, on=dt.date(2026, 9, 20)) == first


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM", "\tx", "＝1"])
def test_a_cell_never_begins_a_formula(text):
    assert cell_text(text) == f"'{text}"


def test_a_cell_has_no_sign_that_a_spreadsheet_cannot_hold():
    assert cell_text("低\x00保\x0b名单") == "低保名单"
