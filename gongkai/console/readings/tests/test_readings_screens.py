"""The catalogue screens for the district office, a colleague elsewhere, and strangers."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.catalogue.models import Edition
from gongkai.places.tests.factories import BodyFactory, DivisionFactory
from gongkai.readings.actions.confirm_reading import confirm_reading
from gongkai.readings.models import CatalogueReading
from gongkai.readings.tests.factories import NOW, csv_file, row, stored

pytestmark = pytest.mark.django_db
DOUBT = "按领导要求择机安排"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def body():
    DivisionFactory(district=True)
    return BodyFactory(name="云溪区民政局", code="yx-civil")


def client_of(user=None):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def office(body):
    return client_of(UserFactory.mandated(body, Role.DISTRICT_OFFICE))


@pytest.fixture
def editor(body):
    return client_of(UserFactory.mandated(body, Role.EDITOR))


@pytest.fixture
def colleague():
    return client_of(UserFactory.mandated(BodyFactory(), Role.DISTRICT_OFFICE))


def url(name, *args):
    return reverse(f"console_readings:{name}", args=args)


def text(response):
    return response.content.decode()


def test_the_overview_lists_editions_and_waiting_readings(body, office):
    confirm_reading(stored(body, [row(1)]), by=None, now=NOW)
    stored(body, [row(1), row(2, deadline=DOUBT)])
    page = text(office.get(url("overview")))
    assert "社会救助领域基层政务公开标准目录" in page
    assert "1 / 1 待处理" in page
    assert "现行" in page


def test_an_empty_overview_says_what_to_do_next(office, colleague, editor):
    assert url("upload") in text(office.get(url("overview")))
    assert "由区政务公开办导入" in text(editor.get(url("overview")))


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_overview_queries_as_often_for_few_as_for_many(body, office):
    stored(body, [row(1)])
    office.get(url("overview"))
    few = queries_of(office, url("overview"))
    for n in range(6):
        stored(body, [row(n)], title=f"甲{n}领域基层政务公开标准目录")
        confirm_reading(stored(body, [row(n)]), by=None, now=NOW)
    assert queries_of(office, url("overview")) == few + 1  # no editions, no page of them


def test_files_are_sent_and_each_result_told(body, office):
    files = [
        SimpleUploadedFile("clear.csv", csv_file([row(1)])),
        SimpleUploadedFile("doubt.csv", csv_file([row(1, deadline=DOUBT)])),
        SimpleUploadedFile("wrong.xlsx", b"PK\x03\x04 nothing"),
    ]
    page = text(office.post(url("upload"), {"body": "yx-civil", "files": files}))
    assert "没有疑问，可以确认" in page
    assert "1 个疑问" in page
    assert "没有读入" in page
    assert CatalogueReading.objects.count() == 2


@pytest.mark.parametrize("fields", [{}, {"body": "yx-civil"}, {"body": "nobody"}])
def test_an_upload_without_body_or_file_says_what_is_missing(office, fields):
    response = office.post(url("upload"), fields)
    assert response.status_code == 400
    assert "请选择" in text(response)


def test_too_large_a_file_is_refused_unread(office, settings):
    settings.UPLOAD_LIMIT_BYTES = 10
    file = SimpleUploadedFile("big.csv", csv_file([row(1)]))
    assert "文件过大" in text(office.post(url("upload"), {"body": "yx-civil", "files": [file]}))
    assert not CatalogueReading.objects.exists()


def test_the_reading_stands_beside_its_source_with_the_doubtful_cell_marked(body, office):
    reading = stored(body, [row(1), row(2, deadline=DOUBT)])
    page = text(office.get(url("reading", reading.pk)))
    assert f"<mark>{DOUBT}</mark>" in page
    assert "已处理 0 / 1" in page
    assert "审核信息2" in page
    assert "审核信息1" not in page
    assert "审核信息1" in text(office.get(url("reading", reading.pk) + "?show=all"))


def test_an_answer_given_beside_the_source_settles_equal_questions(body, office):
    reading = stored(body, [row(n, deadline=DOUBT) for n in range(1, 4)])
    question = reading.questions.first()
    assert "同样的 3 处一并答复" in text(office.get(url("reading", reading.pk)))
    response = office.post(
        url("answer", reading.pk, question.pk),
        {"kind": "value", "value": "长期公开", "equal": "1", "show": "open", "page": "1"},
        follow=True,
    )
    assert "已处理 3 / 3" in text(response)
    assert not reading.questions.filter(settled_at=None).exists()


def test_a_wrong_answer_is_explained_and_nothing_is_settled(body, office):
    reading = stored(body, [row(1, deadline=DOUBT)])
    question = reading.questions.get()
    response = office.post(
        url("answer", reading.pk, question.pk), {"kind": "value", "value": "再议再议"}, follow=True
    )
    assert "仍无法理解" in text(response)
    question.refresh_from_db()
    assert question.settled_at is None


def test_the_rest_is_accepted_as_unknown_then_confirmed(body, office):
    reading = stored(body, [row(1, deadline=DOUBT), row(2)])
    assert "1 个疑问没有处理" in text(office.get(url("difference", reading.pk)))
    office.post(url("unknown", reading.pk))
    page = text(office.get(url("difference", reading.pk)))
    assert "确认，使目录生效" in page
    response = office.post(
        url("confirm", reading.pk), {"effective_from": "2026-10-01"}, follow=True
    )
    assert "目录已生效" in text(response)
    assert Edition.objects.get().effective_from.isoformat() == "2026-10-01"


def test_the_difference_is_told_before_it_takes_effect(body, office):
    confirm_reading(stored(body, [row(1), row(2)]), by=None, now=NOW)
    newer = stored(body, [row(2, deadline="长期公开"), row(3)])
    page = text(office.get(url("difference", newer.pk)))
    assert "<del>自信息形成或者变更之日起20个工作日内</del>" in page
    assert "<ins>长期公开</ins>" in page
    assert "审核信息3" in page
    assert Edition.objects.get().items.count() == 2


def test_clear_readings_are_confirmed_together(body, office):
    clear = [
        stored(body, [row(1)]),
        stored(body, [row(1)], title="养老服务领域基层政务公开标准目录"),
    ]
    doubtful = stored(body, [row(1, deadline=DOUBT)], title="救灾领域基层政务公开标准目录")
    chosen = [reading.pk for reading in (*clear, doubtful)]
    page = text(office.post(url("confirm_clear"), {"reading": chosen}, follow=True))
    assert "2 份目录已生效" in page
    assert Edition.objects.count() == 2


def test_a_discarded_reading_is_gone_from_the_list(body, office):
    reading = stored(body, [row(1)])
    office.post(url("discard", reading.pk))
    reading.refresh_from_db()
    assert reading.state == "discarded"


def test_an_edition_is_shown_and_exported_in_the_official_columns(body, editor):
    edition = confirm_reading(stored(body, [row(1, bodies="区民政局、招标人")]), by=None, now=NOW)
    page = text(editor.get(url("edition", edition.pk)))
    assert "公开渠道和载体" in page
    assert "■政府网站" in page
    assert "未对应到机构" in page
    for format_ in ("xlsx", "csv", "json", "html"):
        response = editor.get(url("export", edition.pk, format_))
        assert response.status_code == 200
        assert "attachment" in response["Content-Disposition"]
        assert editor.get(url("export_all", body.code, format_)).status_code == 200
    assert editor.get(url("export", edition.pk, "exe")).status_code == 404


def test_the_source_is_given_back_byte_by_byte(body, editor):
    reading = stored(body, [row(1)])
    response = editor.get(url("source", reading.pk))
    assert b"".join(response.streaming_content) == csv_file([row(1)])


def status(client, address):
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)  # read to its end, which closes the file
    return response.status_code


def routes(reading, question, edition):
    looks = [
        url("reading", reading.pk), url("source", reading.pk), url("difference", reading.pk),
    ]  # fmt: skip
    acts = [
        url("answer", reading.pk, question.pk), url("unknown", reading.pk),
        url("confirm", reading.pk), url("discard", reading.pk),
    ]  # fmt: skip
    shared = [url("overview"), url("edition", edition.pk), url("export", edition.pk, "csv")]
    return looks, acts, shared


def test_who_may_look_and_who_may_change(body, office, editor, colleague):
    edition = confirm_reading(stored(body, [row(1)]), by=None, now=NOW)
    reading = stored(body, [row(2, deadline=DOUBT)])
    question = reading.questions.get()
    looks, acts, shared = routes(reading, question, edition)
    stranger, nobody = client_of(), client_of(UserFactory())
    for address in looks:
        assert status(office, address) == 200
        assert status(editor, address) == 200
        assert status(colleague, address) == 404
    for address in acts:
        assert editor.post(address).status_code in (302, 403)
        assert colleague.post(address).status_code == 404
        assert stranger.post(address).status_code in (302, 403)
    for address in shared:
        assert editor.get(address).status_code == 200
        assert colleague.get(address).status_code == 200
    for address in (*looks, *shared, url("upload")):
        assert stranger.get(address).status_code == 302
        assert nobody.get(address).status_code in (302, 403)
    reading.refresh_from_db()
    question.refresh_from_db()
    assert (reading.state, question.settled_at) == ("open", None)
    assert editor.get(url("upload")).status_code in (302, 403)


@pytest.mark.parametrize("query", ["?page=0", "?page=abc", "?page=99999999", "?show=x", "?page=-1"])
def test_odd_queries_give_a_page(body, office, query):
    reading = stored(body, [row(1, deadline=DOUBT)])
    assert office.get(url("reading", reading.pk) + query).status_code == 200
    assert office.get(url("overview") + query).status_code == 200
