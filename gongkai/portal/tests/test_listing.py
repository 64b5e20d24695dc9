"""Lists turn by keys: every record once, newest first, at the same cost on every page."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.places.tests.factories import BodyFactory
from gongkai.portal.listing import Selection, newest
from gongkai.portal.tests.building import MORNING, expired, published, withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def records():
    body = BodyFactory()
    hours = (0, 1, 1, 2, 3, 3, 3, 4, 5)
    rows = [published(at=MORNING + dt.timedelta(hours=hour), body=body) for hour in hours]
    expired(rows[2])
    return rows


def codes(listing):
    return [row.code for row in listing.rows]


def expected(records):
    ordered = sorted(records, key=lambda row: (row.published_at, row.pk), reverse=True)
    return [row.code for row in ordered]


@settings(
    deadline=None, max_examples=9, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(n=st.integers(1, 9))
def test_turning_forward_and_back_meets_every_record_once(records, n):
    seen, page = [], newest(Selection(), n=n)
    assert page.newer == ""
    seen += codes(page)
    while page.older:
        page = newest(Selection(), n=n, before=page.older)
        seen += codes(page)
    assert seen == expected(records)
    back = codes(page)
    while page.newer:
        page = newest(Selection(), n=n, after=page.newer)
        back = codes(page) + back
    assert back == expected(records)


def test_an_unknown_key_shows_the_newest(records):
    for wrong in ("nowhere", "\x00", "x" * 5000, "../.."):
        assert codes(newest(Selection(), n=2, before=wrong, after=wrong)) == expected(records)[:2]


def test_withdrawn_records_are_in_no_list(records):
    withdrawn(records[8], reason="误发", at=MORNING)
    assert records[8].code not in codes(newest(Selection(), n=20))


def test_a_selection_restricts_by_body_template_domain_and_item(district):
    assert codes(newest(Selection(body_ids=(district.committee.pk,)))) == [district.notice.code]
    assert codes(newest(Selection(template="policy_document"))) == [district.policy.code]
    assert codes(newest(Selection(domain_id=district.domain.pk))) == [district.policy.code]
    assert codes(newest(Selection(item_key=district.item.key))) == [district.policy.code]
    assert codes(newest(Selection(body_ids=()))) == []


def test_a_page_costs_four_questions_however_long_the_list(records, django_assert_num_queries):
    with django_assert_num_queries(4):
        newest(Selection(), n=2)
    for _ in range(20):
        published()
    with django_assert_num_queries(4):
        newest(Selection(), n=20)
