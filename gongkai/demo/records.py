"""The demo district's year of disclosures: written, reviewed, published, corrected, withdrawn."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction

from gongkai.accounts.models import User
from gongkai.base.errors import Refused
from gongkai.catalogue.models import Item, ItemBody
from gongkai.demo.attachments import make_attachment
from gongkai.demo.content.texts import DemoRecord, Subject
from gongkai.demo.old_site import old_site_export
from gongkai.demo.staff import Team
from gongkai.disclosures import record_templates
from gongkai.disclosures.actions.add_attachment import add_attachment
from gongkai.disclosures.actions.add_paper import add_paper
from gongkai.disclosures.actions.create_draft import create_draft
from gongkai.disclosures.actions.decide import approve
from gongkai.disclosures.actions.import_disclosures import import_disclosures
from gongkai.disclosures.actions.save_draft import save_draft
from gongkai.disclosures.actions.submit import submit
from gongkai.disclosures.codes import code_of
from gongkai.disclosures.jobs import fetch_from_portal, prove_on_web
from gongkai.disclosures.models import Disclosure
from gongkai.duties.actions.register_event import register_event
from gongkai.duties.models import Duty
from gongkai.places.models import Body, Division

CHINA = ZoneInfo("Asia/Shanghai")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in the demo and for what."""

    teams: dict[int, Team]
    office: User
    today: dt.date


def at(day: dt.date, hour: int = 9, minute: int = 30) -> dt.datetime:
    """That time of that day in China."""
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


def owed_items() -> list[tuple[Body, Item]]:
    """Every (body, item in force) with the website among its channels, in a fixed order."""
    links = (
        ItemBody.objects.filter(
            body__isnull=False,
            item__edition__state="in_force",
            item__channels__code="website",
            item__channels__is_ticked=True,
        )
        .select_related("body__division", "item__edition__domain")
        .prefetch_related("item__bases", "item__deadlines")
        .order_by(
            "item__edition__domain__code",
            "item__edition__body__code",
            "item__position",
            "body__code",
        )
        .distinct()
    )
    return [(link.body, link.item) for link in links if link.body is not None]


def localities() -> dict[str, str]:
    """Names of all villages and communities by their code."""
    return dict(Division.objects.filter(level="village").values_list("code", "name"))


def subject_of(body: Body, item: Item, places: dict[str, str], *, period: str = "") -> Subject:
    """What a composer needs to know about the row and the body."""
    bases = tuple((basis.name, basis.document_number) for basis in item.bases.all() if basis.name)
    return Subject(
        item.level1,
        item.level2,
        item.edition.domain.name,
        body.name,
        body.title,
        body.code,
        body.address,
        bases or (("中华人民共和国政府信息公开条例", ""),),
        tuple(n for code, n in places.items() if code.startswith(body.division.subtree_prefix)),
        period,
    )


def publish_for_duty(
    duty: Duty, record: DemoRecord, *, cast: Cast, on: dt.date, chance: random.Random
) -> Disclosure:
    """The record went draft → review → public on ``on`` by its body's own people, with evidence."""
    team = cast.teams[duty.body_id]
    with transaction.atomic():
        disclosure = submitted(duty, record, team=team, on=on, chance=chance)
        approve_all(disclosure, team=team, now=at(on, 10))
    prove_on_web(
        disclosure,
        digest=disclosure.digest,
        replaces="",
        fetch=fetch_from_portal,
        now=at(on, 10, 5),
    )
    return disclosure


def demo_code(duty: Duty) -> str:
    """The public code of the record for ``duty``: the same in every build of one day."""
    return code_of(f"demo {duty.code}")


def submitted(
    duty: Duty, record: DemoRecord, *, team: Team, on: dt.date, chance: random.Random
) -> Disclosure:
    """The record is written with its papers and attachment, and waits for the first decision."""
    written_at = at(on, 8)
    disclosure = create_draft(
        duty.body,
        template=record.template,
        by=team.editor,
        now=written_at,
        duty=duty,
        changes=changes_of(record),
        code=demo_code(duty),
    )
    if record.attach:
        name, content = make_attachment(record.attach, title=record.title, chance=chance)
        add_attachment(disclosure, content=content, name=name, by=team.editor, now=written_at)
    sign_papers(disclosure, team=team, now=written_at)
    submit(disclosure, by=team.editor, now=at(on, 8, 40))
    return disclosure


def sign_papers(disclosure: Disclosure, *, team: Team, now: dt.datetime) -> None:
    """Every paper that the template demands is attached to the text as it is now."""
    for paper in record_templates.get(disclosure.template).papers:
        add_paper(
            disclosure,
            kind=paper.value,
            conclusion="经审查，不涉密、不涉及个人隐私，同意公开。",
            signed_name=team.reviewers[0].display_name,
            signed_on=now.date(),
            by=team.editor,
            now=now,
        )


def correct_record(
    disclosure: Disclosure, *, cast: Cast, changes: dict[str, object], reason: str, on: dt.date
) -> None:
    """The public record was corrected on ``on`` after its own review, with the reason shown."""
    team = cast.teams[disclosure.body_id]
    with transaction.atomic():
        save_draft(disclosure, by=team.editor, changes=changes, now=at(on, 9))
        sign_papers(disclosure, team=team, now=at(on, 9, 10))
        submit(disclosure, by=team.editor, now=at(on, 9, 20), reason=reason)
        before = disclosure.digest
        approve_all(disclosure, team=team, now=at(on, 11))
    prove_on_web(
        disclosure,
        digest=disclosure.digest,
        replaces=before,
        fetch=fetch_from_portal,
        now=at(on, 11, 5),
    )


def approve_all(disclosure: Disclosure, *, team: Team, now: dt.datetime) -> None:
    """Both steps decide on the digest that was submitted; the second makes it public."""
    digest = disclosure.review_decisions.order_by("-pk").values_list("digest", flat=True)[0]
    for reviewer in team.reviewers:
        approve(disclosure, by=reviewer, digest=digest, now=now)


def changes_of(record: DemoRecord) -> dict[str, object]:
    """The content columns of a draft."""
    return {
        "title": record.title,
        "summary": record.summary,
        "text": record.text,
        "document_number": record.document_number,
        "dated_on": record.dated_on,
        "valid_from": record.valid_from,
        "valid_until": record.valid_until,
        "validity": record.validity,
        "values": record.values,
    }


def duty_for_event(body: Body, item: Item, *, cast: Cast, occurred_on: dt.date, title: str) -> Duty:
    """The duty that arises when the body's editor registers the event."""
    duties = register_event(
        body,
        item,
        title=title,
        occurred_on=occurred_on,
        by=cast.teams[body.pk].editor,
        now=at(occurred_on, 17),
    )
    return duties[0]


def import_old_site(
    rows: list[tuple[Body, Item, DemoRecord]], *, cast: Cast, government: Body, week: dt.date
) -> int:
    """A week of the former site's records came in as a spreadsheet through the real import."""
    if not rows:
        return 0
    report = import_disclosures(
        old_site_export(rows, week=week),
        name=f"旧网站导出-{week}.xlsx",
        body=government,
        by=cast.office,
        now=at(week, 17),
    )
    if report.n_refused:
        raise Refused("demo.old_site", problems=report.problems[:3])
    return report.n_created


def weeks(today: dt.date, n: int) -> Iterator[dt.date]:
    """The last ``n`` Fridays before today, oldest first."""
    friday = today - dt.timedelta(days=(today.weekday() - 4) % 7 or 7)
    return (friday - dt.timedelta(weeks=back) for back in range(n - 1, -1, -1))
