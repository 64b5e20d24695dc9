"""A small district to ask about, with records that went through the real acts."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongkai.catalogue.tests.factories import ItemFactory
from gongkai.disclosures.actions import withdraw
from gongkai.disclosures.tests.factories import NOW, Office
from gongkai.duties.tests.factories import DutyFactory
from gongkai.places.tests.factories import BodyFactory, DivisionFactory
from gongkai.search.follow import catch_up


@pytest.fixture
def ask(client, settings, tmp_path):
    """GET an address of the API; the JSON of its answer with the status beside it."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"

    def get(path, **query):
        response = client.get(f"/api/v1/{path}", query)
        get.response = response
        return response.status_code, response.json()

    return get


@pytest.fixture
def district(db, settings, tmp_path):
    """A duty, three public records, one of them corrected, one withdrawn, one never published."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    town = DivisionFactory(town=True, name="梅岭镇")
    office = Office.open(township_government=True, division=town, name="梅岭镇人民政府")
    item = ItemFactory(edition__state="in_force", level1="社会救助", level2="临时救助")
    duty = DutyFactory(item=item, body=office.body)
    kept = office.published(title="临时救助第一批")
    changed = office.corrected(office.published(title="临时救助第二批"), title="临时救助第二批更正")
    gone = office.published(title="临时救助第三批")
    withdraw(gone, by=office.supervisor, now=NOW, reason="内容有误")
    draft = office.draft(title="没有发布的草稿")
    BodyFactory(name="云溪区水利局")
    catch_up()
    return {
        "office": office, "item": item, "duty": duty, "kept": kept, "changed": changed,
        "gone": gone, "draft": draft, "town": town, "today": timezone.localdate(),
    }  # fmt: skip
