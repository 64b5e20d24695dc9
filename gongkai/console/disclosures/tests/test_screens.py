"""The screens of disclosures: who gets in, what they do, and that no input breaks them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.accounts.models import Role
from gongkai.accounts.tests.factories import UserFactory
from gongkai.catalogue.tests.factories import ItemFactory
from gongkai.disclosures import record_templates
from gongkai.disclosures.actions import save_draft, schedule
from gongkai.disclosures.canonical import digest_of, draft_of
from gongkai.disclosures.models import Attachment, Disclosure, ReviewPaper
from gongkai.disclosures.tests.factories import NOW, TEXT, Office
from gongkai.duties.models import Duty
from gongkai.places.tests.factories import BodyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office() -> Office:
    return Office.open()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name: str, *arguments: object) -> str:
    return reverse(f"console_disclosures:{name}", args=arguments)


def posted(record: Disclosure, **changes: str) -> dict[str, str]:
    return {"title": record.title, "text": "null", "act": "save"} | changes


GETS = ("page", "edit", "schedule", "withdraw", "review")
POSTS = ("edit", "checks", "papers", "review", "recall", "publish", "schedule", "withdraw")


class TestAccess:
    """Owner, colleague of another body, stranger."""

    @pytest.mark.parametrize("name", GETS)
    def test_the_owner_gets_every_page(self, office, name):
        record = office.published()
        client = signed_in(office.editor)
        answer = client.get(address(name, record.code), follow=True)
        assert answer.status_code == 200

    @pytest.mark.parametrize("name", GETS)
    def test_a_colleague_of_another_body_is_refused(self, office, name):
        record = office.draft()
        client = signed_in(UserFactory.mandated(BodyFactory.create(), Role.EDITOR))
        assert client.get(address(name, record.code)).status_code == 403

    @pytest.mark.parametrize("name", POSTS)
    def test_a_colleague_of_another_body_changes_nothing(self, office, name):
        record = office.submitted()
        for role in (Role.EDITOR, Role.REVIEWER, Role.DISTRICT_OFFICE):
            client = signed_in(UserFactory.mandated(BodyFactory.create(), role))
            digest = digest_of(draft_of(record, record.latest_revision))
            answer = client.post(address(name, record.code), {"act": "approve", "digest": digest})
            assert answer.status_code == 403
        assert Disclosure.objects.get().state == "in_review"
        assert record.review_decisions.count() == 1

    @pytest.mark.parametrize("name", ["index", "queue", "new"])
    def test_strangers_are_sent_to_sign_in(self, name):
        assert Client().get(address(name)).status_code == 302

    @pytest.mark.parametrize("name", GETS)
    def test_strangers_see_no_record(self, office, name):
        record = office.draft()
        assert Client().get(address(name, record.code)).status_code == 302
        without_mandate = signed_in(UserFactory.create())
        answer = without_mandate.get(address(name, record.code))
        assert answer.status_code in (302, 403)

    def test_an_auditor_looks_but_does_not_write(self, office):
        record = office.draft()
        client = signed_in(UserFactory.mandated(office.body, Role.AUDITOR))
        assert client.get(address("page", record.code)).status_code == 200
        assert client.get(address("edit", record.code)).status_code == 403
        assert client.get(address("new")).status_code == 403

    def test_files_and_papers_are_for_the_body_only(self, office):
        record = office.with_papers(office.draft())
        paper = ReviewPaper.objects.get()
        elsewhere = signed_in(UserFactory.mandated(BodyFactory.create(), Role.EDITOR))
        for path in (
            address("paper", record.code, paper.pk),
            address("file", record.code, "a" * 64),
        ):
            assert elsewhere.get(path).status_code == 403
            assert signed_in(office.editor).get(path).status_code == 404

    def test_lists_hold_only_the_records_of_the_person_s_bodies(self, office):
        office.draft(title="本机构的草稿")
        Office.open().draft(title="别处的草稿")
        page = signed_in(office.editor).get(address("index")).content.decode()
        assert "本机构的草稿" in page
        assert "别处的草稿" not in page


class TestWriting:
    """From a new record to its submission."""

    def test_a_new_record_from_a_duty_is_prefilled(self, office):
        item = ItemFactory.create()
        duty = Duty.objects.create(
            code="duty-1", body=office.body, item=item, item_key=item.key, occasion="period",
            period="2026Q3", due_on=NOW.date(), created_at=NOW,
        )  # fmt: skip
        client = signed_in(office.editor)
        assert client.get(address("new") + "?duty=duty-1").status_code == 200
        answer = client.post(address("new"), {"duty": "duty-1", "template": "article"})
        record = Disclosure.objects.get()
        assert answer.headers["Location"] == address("edit", record.code)
        assert (record.duty, record.item_key) == (duty, item.key)
        assert record.domain == item.edition.domain
        assert "2026Q3" in record.title

    @pytest.mark.parametrize("name", list(record_templates.registry()))
    def test_every_template_has_its_form_page_and_review(self, office, name):
        record = office.draft(template=name)
        client = signed_in(office.editor)
        form = client.get(address("edit", record.code)).content.decode()
        for field in record_templates.get(name).fields:
            assert f'id="field-{field.name}"' in form
        assert client.get(address("page", record.code)).status_code == 200

    def test_values_tables_and_files_are_saved(self, office):
        record = office.draft(template="result_list")
        data = {
            "title": "名单", "text": "null", "v_batch": "第三季度", "act": "save",
            "t_results-0-person": "张小三", "t_results-0-amount": "1,200.50",
            "t_results-1-person": "", "t_results-5-person": "李四", "t_results-5-amount": "约一百",
            "files": SimpleUploadedFile("../说明.txt", "说明".encode()),
        }  # fmt: skip
        signed_in(office.editor).post(address("edit", record.code), data)
        record = Disclosure.objects.get()
        assert record.values["results"] == [
            {"person": "张小三", "amount": 120050},
            {"person": "李四", "amount": "约一百"},
        ]
        file = Attachment.objects.get()
        assert record.attachment_list == [{"sha256": file.sha256, "title": "说明.txt"}]
        page = signed_in(office.editor).get(address("edit", record.code)).content.decode()
        assert "约一百" in page
        download = signed_in(office.editor).get(address("file", record.code, file.sha256))
        assert b"".join(download) == "说明".encode()

    def test_a_refused_file_says_why_and_the_draft_is_kept(self, office):
        record = office.draft()
        data = posted(record, title="新标题") | {"files": SimpleUploadedFile("a.exe", b"MZ\x00")}
        page = signed_in(office.editor).post(address("edit", record.code), data, follow=True)
        assert "a.exe" in page.content.decode()
        assert Disclosure.objects.get().title == "新标题"
        assert not Attachment.objects.exists()

    def test_a_bad_date_is_shown_at_its_field_and_nothing_is_lost(self, office):
        record = office.draft()
        data = posted(record, dated_on="昨天", title="改过的标题")
        page = signed_in(office.editor).post(address("edit", record.code), data).content.decode()
        assert "改过的标题" in page
        assert "gk-error" in page

    def test_checks_of_what_is_typed_save_nothing(self, office):
        record = office.draft()
        data = posted(record, title="电话13812345678")
        page = signed_in(office.editor).post(address("checks", record.code), data).content.decode()
        assert "手机号" in page
        assert "#field-title" in page
        assert Disclosure.objects.get().title == record.title

    def test_handing_in_names_what_is_missing(self, office):
        record = office.draft()
        client = signed_in(office.editor)
        page = client.post(
            address("edit", record.code), posted(record, act="submit"), follow=True
        ).content.decode()
        assert "保密审查表" in page
        assert Disclosure.objects.get().state == "draft"

    def test_a_paper_is_added_and_the_draft_handed_in(self, office):
        record = office.draft(text="<p>正文</p>")
        client = signed_in(office.editor)
        signed = {"conclusion": "同意", "signed_name": "何静安", "signed_on": "2026-09-21"}
        upload = {"file": SimpleUploadedFile("a.txt", b"scan")}
        client.post(address("papers", record.code), {"kind": "secrecy"} | signed | upload)
        paper = ReviewPaper.objects.get()
        scan = client.get(address("paper", record.code, paper.pk))
        assert b"".join(scan) == b"scan"
        content = '{"blocks":[{"key":"a","text":"正文","type":"unstyled","depth":0,' \
            '"inlineStyleRanges":[],"entityRanges":[]}],"entityMap":{}}'  # fmt: skip
        fields = {"title": record.title, "index_number": record.index_number, "text": content}
        answer = client.post(address("edit", record.code), fields | {"act": "submit"})
        assert answer.headers["Location"] == address("page", record.code)
        assert Disclosure.objects.get().state == "in_review"

    def test_what_is_under_review_has_no_form(self, office):
        record = office.submitted()
        answer = signed_in(office.editor).get(address("edit", record.code))
        assert answer.headers["Location"] == address("page", record.code)

    def test_a_submission_is_recalled(self, office):
        record = office.submitted()
        signed_in(office.editor).post(address("recall", record.code))
        assert Disclosure.objects.get().state == "draft"


class TestReviewing:
    """The queue and the decision."""

    def test_the_queue_shows_least_time_first_and_why_not(self, office):
        office.submitted(title="无期限的")
        item = ItemFactory.create()
        duty = Duty.objects.create(
            code="duty-1", body=office.body, item=item, item_key=item.key, occasion="standing",
            due_on=NOW.date(), created_at=NOW,
        )  # fmt: skip
        office.submitted(office.draft(title="有期限的", duty=duty))
        page = signed_in(office.first).get(address("queue")).content.decode()
        assert page.index("有期限的") < page.index("无期限的")
        assert "有期限的" not in signed_in(office.editor).get(address("queue")).content.decode()

    def test_two_reviewers_approve_and_the_record_is_public(self, office):
        record = office.submitted()
        for reviewer in (office.first, office.second):
            client = signed_in(reviewer)
            page = client.get(address("review", record.code))
            assert page.context["why_not"] == ""
            answer = client.post(
                address("review", record.code), {"act": "approve", "digest": page.context["digest"]}
            )
            assert answer.headers["Location"] == address("queue")
        assert Disclosure.objects.get().state == "published"

    def test_a_return_needs_its_comment(self, office):
        record = office.submitted()
        client = signed_in(office.first)
        digest = client.get(address("review", record.code)).context["digest"]
        client.post(address("review", record.code), {"act": "return", "digest": digest})
        assert Disclosure.objects.get().state == "in_review"
        fields = {"act": "return", "digest": digest, "comment": "请补依据"}
        client.post(address("review", record.code), fields)
        assert Disclosure.objects.get().state == "draft"
        assert (
            "请补依据"
            in signed_in(office.editor).get(address("page", record.code)).content.decode()
        )

    def test_a_correction_shows_what_changed(self, office):
        record = office.published()
        save_draft(record, by=office.editor, changes={"text": TEXT + "<p>补充一句</p>"}, now=NOW)
        office.submitted(record, reason="遗漏")
        page = signed_in(office.first).get(address("review", record.code)).content.decode()
        assert "<ins>" in page
        assert "遗漏" in page

    def test_a_page_that_went_stale_decides_nothing(self, office):
        record = office.submitted()
        fields = {"act": "approve", "digest": "0" * 64}
        signed_in(office.first).post(address("review", record.code), fields)
        assert record.review_decisions.count() == 1

    def test_versions_are_compared(self, office):
        record = office.corrected(office.published(), text="<p>改后</p>")
        client = signed_in(office.editor)
        assert "<del>" in client.get(address("compare", record.code, 1, 2)).content.decode()
        assert client.get(address("compare", record.code, 2, 0)).status_code == 200
        assert client.get(address("compare", record.code, 1, 9)).status_code == 404


class TestActs:
    """Times, publishing what waits, withdrawing."""

    def test_what_waits_for_its_time_is_published_now(self, office):
        record = office.draft()
        later = NOW.replace(year=2030)
        schedule(record, by=office.editor, go_live_at=later, expire_at=None, now=NOW)
        office.approved(office.submitted(record))
        client = signed_in(office.editor)
        assert "现在公开" in client.get(address("page", record.code)).content.decode()
        client.post(address("publish", record.code))
        assert Disclosure.objects.get().state == "published"

    def test_what_was_not_approved_is_not_published(self, office):
        record = office.submitted()
        signed_in(office.editor).post(address("publish", record.code))
        assert Disclosure.objects.get().state == "in_review"

    def test_times_are_set(self, office):
        record = office.draft()
        client = signed_in(office.editor)
        client.post(address("schedule", record.code), {"go_live_at": "2030-01-01T09:00"})
        assert Disclosure.objects.get().go_live_at is not None
        page = client.post(address("schedule", record.code), {"go_live_at": "2020-01-01T09:00"})
        assert page.status_code == 200

    def test_a_withdrawal_needs_its_reason_and_an_editor_may_only_for_privacy(self, office):
        record = office.published()
        client = signed_in(office.editor)
        client.post(address("withdraw", record.code), {"reason": "内容有误"})
        client.post(address("withdraw", record.code), {"reason": "", "is_privacy": "1"})
        assert Disclosure.objects.get().state == "published"
        client.post(address("withdraw", record.code), {"reason": "含个人信息", "is_privacy": "1"})
        assert Disclosure.objects.get().state == "withdrawn"
        assert client.get(address("page", record.code)).status_code == 200
        assert client.get(address("compare", record.code, 1, 2)).status_code == 200


ANYTHING = st.text(max_size=40)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(st.sampled_from(["state", "body", "template", "q", "page"]), ANYTHING))
def test_no_filter_breaks_the_list(office, query):
    assert signed_in(office.editor).get(address("index"), query).status_code == 200


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_form_input_breaks_the_editor(office, data):
    template = data.draw(st.sampled_from(sorted(record_templates.registry())))
    record = office.draft(template=template)
    chosen = record_templates.get(template)
    cells = [f"t_{t.name}-{n}-{c.name}" for t in chosen.tables for c in t.columns for n in (0, 3)]
    names = ["title", "text", "summary", "dated_on", "domain", "validity", "act", "reason"]
    names += [*cells, *(f"v_{field.name}" for field in chosen.fields)]
    fields = data.draw(st.dictionaries(st.sampled_from(names), ANYTHING, max_size=8))
    client = signed_in(office.editor)
    for path in (address("edit", record.code), address("checks", record.code)):
        assert client.post(path, fields).status_code in (200, 302)
    assert client.get(address("edit", record.code)).status_code == 200
    assert client.get(address("page", record.code)).status_code == 200
