"""What every test of the portal shares: compiled messages, a small district, a clean answer."""

from __future__ import annotations

import datetime as dt
import runpy
from pathlib import Path

import pytest
from django.test import Client

from gongkai.catalogue.tests.factories import DomainFactory, EditionFactory, ItemFactory
from gongkai.duties.tests.factories import DutyFactory
from gongkai.places.tests.factories import BodyFactory, DivisionFactory
from gongkai.portal.tests.building import SHANGHAI, attached, corrected, published

ROOT = Path(__file__).resolve().parents[3]
NOW = dt.datetime(2026, 10, 10, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture(scope="session", autouse=True)
def _messages():
    runpy.run_path(str(ROOT / "tools/compile_messages.py"))["compile_all"]()


@pytest.fixture
def visitor():
    """A reader without session or cookies, who sees errors as pages."""
    return Client(raise_request_exception=False)


@pytest.fixture
def district():
    """A village with two bodies, a department, a catalogue, duties and records of most kinds."""

    class District:
        place = DivisionFactory()
        town = DivisionFactory(town=True, parent=place)
        village = DivisionFactory(village=True, parent=town, name="上湾村")
        committee = BodyFactory(committee=True, division=village, phone="0799-8712345")
        collective = BodyFactory(collective=True, division=village)
        department = BodyFactory(name="云溪区民政局", short_name="区民政局", division=place)
        domain = DomainFactory()
        item = ItemFactory(edition=EditionFactory(domain=domain, body=department))
        village_item = ItemFactory(
            edition=EditionFactory(
                domain=DomainFactory(code="village-affairs", name="村务公开", scope="village"),
                body=department,
            ),
            level1="财务公开",
            level2="财务开支",
            bodies=[committee],
        )
        overdue = DutyFactory(item=item)
        due = DutyFactory(item=item, period="2026Q4", due_on=dt.date(2026, 10, 20))
        met = DutyFactory(item=village_item, body=committee, met=True)
        policy = published(
            body=department,
            domain=domain,
            item=item,
            item_key=item.key,
            duty=met,
            template="policy_document",
            title="云溪区城乡居民最低生活保障实施办法",
            summary="明确低保对象范围、标准和程序。",
            document_number="云溪府办发〔2026〕12号",
            index_number="43990100/2026-00912",
            dated_on=dt.date(2026, 9, 1),
            validity="in_force",
            text="<p>农村每人每月 620 元。</p>",
        )
        notice = published(body=committee, template="notice", title="关于修路的公告")

    found = District()
    attached(found.policy, name="流程图.pdf", content=b"%PDF-1.4 x", media_type="application/pdf")
    corrected(
        found.policy,
        reason="标准有误",
        at=dt.datetime(2026, 9, 20, 9, 0, tzinfo=SHANGHAI),
        text="<p>农村每人每月 640 元。</p>",
    )
    return found
