"""A change makes stale every page that shows it, and says so by tags."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from gongkai.portal.cachetags import HEADER, tag, tags_of_change, tags_of_duty

pytestmark = pytest.mark.pure


def test_tags_are_gathered_once_each():
    response = HttpResponse()
    tag(response, "list", "", "body:a")
    tag(response, "list", "body:b")
    assert response[HEADER] == "list body:a body:b"


def test_a_change_reaches_the_record_its_lists_and_every_place_above():
    tags = tags_of_change(code="k3", body_code="b", domain_code="d", division_code="439901102201")
    assert tags == {
        "disclosure:k3", "body:b", "domain:d", "list",
        "place:439901000000", "place:439901102000", "place:439901102201",
    }  # fmt: skip


def test_a_duty_reaches_the_registers():
    tags = tags_of_duty(body_code="b", domain_code="d")
    assert tags == {"body:b", "domain:d", "duties"}
