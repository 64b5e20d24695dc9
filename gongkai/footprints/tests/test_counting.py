"""Views grow day and total together; programs and foreign sites do not count."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.base.errors import Refused
from gongkai.footprints.actions import count_view, count_views
from gongkai.footprints.models import DailyViews, TotalViews
from gongkai.footprints.queries import most_viewed, views_of
from gongkai.footprints.rules import is_subject, is_view_by_person

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
PHONE = "Mozilla/5.0 (Linux; Android 14; PLK110) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"
DAY = dt.date(2026, 9, 18)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("headers", "is_counted"),
    [
        ({"User-Agent": PHONE, "Sec-Fetch-Site": "same-origin"}, True),
        ({"User-Agent": PHONE}, True),
        ({"User-Agent": f"{PHONE} MicroMessenger/8.0"}, True),
        ({"User-Agent": PHONE, "Sec-Fetch-Site": "cross-site"}, False),
        ({"User-Agent": PHONE, "Sec-Purpose": "prefetch"}, False),
        ({"User-Agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"}, False),
        ({"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, False),
        ({"User-Agent": "curl/8.5"}, False),
        ({"User-Agent": "Mozilla/5.0 HeadlessChrome/130"}, False),
        ({}, False),
    ],
)
def test_a_view_is_a_persons_browser_on_our_own_page(headers, is_counted):
    assert is_view_by_person(headers) is is_counted


@pytest.mark.pure
@pytest.mark.parametrize(
    ("subject", "is_one"),
    [("disclosure:k3x9", True), ("disclosure:", False), ("x", False), ("a:b c", False)],
)
def test_a_subject_is_a_kind_and_a_code(subject, is_one):
    assert is_subject(subject) is is_one


@pytest.mark.django_db
def test_a_view_counts_on_its_local_day_and_in_all():
    late_evening = dt.datetime(2026, 9, 18, 23, 30, tzinfo=SHANGHAI)
    count_view("disclosure:a", now=late_evening)
    count_view("disclosure:a", now=late_evening + dt.timedelta(hours=1))
    rows = DailyViews.objects.order_by("day").values_list("day", "n_views")
    assert list(rows) == [(DAY, 1), (DAY + dt.timedelta(days=1), 1)]
    assert views_of(["disclosure:a", "disclosure:b"]) == {"disclosure:a": 2, "disclosure:b": 0}


@pytest.mark.django_db
def test_many_views_are_counted_together():
    count_views({"disclosure:a": 3, "disclosure:b": 5}, day=DAY)
    count_views({"disclosure:a": 4}, day=DAY)
    assert most_viewed(kind="disclosure", since=DAY, n=5) == [
        ("disclosure:a", 7),
        ("disclosure:b", 5),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("counts", [{"disclosure:a": 1, "no subject": 1}, {"disclosure:a": 0}])
def test_a_wrong_count_changes_nothing(counts):
    with pytest.raises(Refused):
        count_views(counts, day=DAY)
    assert not TotalViews.objects.exists()
