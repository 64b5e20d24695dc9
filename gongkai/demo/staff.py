"""The fictional people who work in the demo district, with their mandates and sign-ins."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from gongkai.accounts.models import Mandate, Role, User
from gongkai.demo.content.people import person_name
from gongkai.places.models import Body, BodyKind

PASSWORD = "gongkai-yunxi"  # noqa: S105 -- printed by `make run`; the demo holds no real data
"""The one password of every demo account."""


@dataclass(frozen=True, slots=True)
class Team:
    """The people of one body: who writes and who decides, in the order of the steps."""

    editor: User
    reviewers: tuple[User, ...]


@dataclass(frozen=True, slots=True)
class SignIn:
    """What ``make run`` prints for one role."""

    role: str
    username: str
    name: str


def hire(bodies: list[Body], *, government: Body, since: dt.date) -> dict[int, Team]:
    """Every body has an editor and two reviewers; the district has its office, auditor and
    administrator. Shapes: {body id: team}. Queries: four.
    """
    chance = random.Random(1953)
    plans = [
        (f"{_short(body)}{suffix}", body, role)
        for body in bodies
        for suffix, role in _roles_of(body)
    ]
    plans += [
        ("admin", government, Role.ADMINISTRATOR),
        ("gongkaiban", government, Role.DISTRICT_OFFICE),
        ("shenji-jiandu", government, Role.AUDITOR),
    ]
    password = make_password(PASSWORD)
    User.objects.bulk_create(
        [
            User(username=username, password=password, display_name=person_name(chance))
            for username, _, _ in plans
        ],
        batch_size=500,
    )
    users = {user.username: user for user in User.objects.all()}
    Mandate.objects.bulk_create(
        [
            Mandate(
                user=users[username],
                body=body,
                role=role,
                covers_subtree=body == government,
                valid_from=since,
            )
            for username, body, role in plans
        ],
        batch_size=500,
    )
    return {
        body.pk: Team(users[_short(body)], (users[f"{_short(body)}-1"], users[f"{_short(body)}-2"]))
        for body in bodies
    }


def _roles_of(body: Body) -> tuple[tuple[str, str], ...]:
    is_village = body.kind in {
        BodyKind.VILLAGE_COMMITTEE, BodyKind.RESIDENTS_COMMITTEE, BodyKind.COLLECTIVE,
    }  # fmt: skip
    writer = Role.VILLAGE_CLERK if is_village else Role.EDITOR
    return (("", writer), ("-1", Role.REVIEWER), ("-2", Role.REVIEWER))


def _short(body: Body) -> str:
    return body.code.removeprefix("yunxi-")


SIGN_INS: tuple[SignIn, ...] = (
    SignIn("区政务公开办", "gongkaiban", "导入目录、看全区义务、督办"),
    SignIn("部门业务人员（区民政局）", "minzheng", "写公开信息、登记事件"),
    SignIn("科室负责人（区民政局）", "minzheng-1", "第一步审核"),
    SignIn("分管领导（区民政局）", "minzheng-2", "第二步审核、手机审批"),
    SignIn("乡镇业务人员（金盆镇）", "439901104000", "写公开信息"),
    SignIn("村务公开员（金盆村）", "439901104200", "填写村里的公开信息"),
    SignIn("监督审计（只读）", "shenji-jiandu", "只看不改"),
    SignIn("系统管理员", "admin", "机构、人员授权"),
)
"""One account of each role."""
