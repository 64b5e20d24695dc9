"""A synthetic district of any size: the demo's places and people, and rows written in bulk.

Bulk rows do not go through the act of publication; benches that measure the act use it.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from django.core.management import call_command
from django.utils import timezone

from gongkai.benches.framework import step, tell
from gongkai.catalogue.models import Domain
from gongkai.demo.places_file import GOVERNMENT, places_file
from gongkai.demo.staff import Team, hire
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.states import DisclosureState
from gongkai.places.actions.import_places import import_places
from gongkai.places.models import Body

BATCH = 2_000
SUBJECTS = (
    "农业补贴", "临时救助", "最低生活保障", "残疾人两项补贴", "义务教育招生", "高龄津贴",
    "财务收支", "村级工程招标", "土地征收", "环境影响评价", "行政许可", "行政处罚",
    "食品安全抽检", "养老机构", "公共文化服务", "医疗救助", "疫苗接种", "就业培训",
    "公益性岗位", "危房改造", "农村饮水", "河道整治", "森林防火", "防汛抗旱", "安全生产检查",
    "保障性住房", "公租房分配", "户籍办理", "法律援助", "政府采购",
)  # fmt: skip
FORMS = (
    "公示", "公告", "通知", "实施方案", "结果名单", "收支明细表", "办事指南", "工作总结",
    "决定书", "预算",
)  # fmt: skip
PHRASES = (
    "为切实做好", "根据上级有关文件精神", "经村民代表会议讨论通过", "现予以公示",
    "接受群众监督", "公示期为七个工作日", "如有异议请向", "联系电话", "资金使用情况",
    "补助标准", "发放对象", "户主姓名", "实际到账金额", "项目名称", "建设地点", "中标单位",
    "合同金额", "开工日期", "竣工验收", "责任单位", "办理时限", "申请材料", "受理条件",
    "法定依据", "监督投诉渠道", "街道办事处", "镇人民政府", "村民委员会", "居民委员会",
    "集体经济组织", "领导小组", "专项检查", "整改情况", "审计意见", "年度计划", "重点任务",
    "第一季度", "第二季度", "第三季度", "第四季度",
)  # fmt: skip
NAMES = "梅石柳龙双白青云桃竹松枫茶河湾塘坡井岭溪"


def prepare() -> dict[int, Team]:
    """The database, the static files, the places and the people of the district."""
    with step("database, places and people"):
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        import_places(places_file(), now=timezone.now())
        Domain.objects.bulk_create(
            [
                Domain(code=f"field-{number:02d}", name=f"测量领域{number:02d}", position=number)
                for number in range(1, 31)
            ]
        )
        government = Body.objects.get(code=GOVERNMENT)
        bodies = list(Body.objects.select_related("division"))
        return hire(bodies, government=government, since=dt.date(2024, 1, 1))


def populate(n: int) -> None:
    """``n`` public disclosures of the last ten years, the same ones every time."""
    with step(f"{n} disclosures"):
        chance = random.Random(20260918)
        bodies = list(Body.objects.values_list("pk", flat=True))
        domains = list(Domain.objects.values_list("pk", flat=True))
        batch: list[Disclosure] = []
        for number, record in enumerate(_records(n, chance, bodies, domains), 1):
            batch.append(record)
            if len(batch) == BATCH or number == n:
                Disclosure.objects.bulk_create(batch)
                batch = []
            if number % 50_000 == 0:
                tell(f"{number} disclosures")


def _records(
    n: int, chance: random.Random, bodies: list[int], domains: list[int]
) -> Iterator[Disclosure]:
    start = dt.datetime(2016, 1, 4, tzinfo=dt.UTC)
    seconds = 10 * 365 * 86_400 // max(1, n)
    for number in range(n):
        moment = start + dt.timedelta(seconds=seconds * number)
        yield Disclosure(
            code=f"s{number:09d}",
            template="article",
            title=title(chance, moment.year),
            summary="".join(chance.choices(PHRASES, k=4)),
            body_id=chance.choice(bodies),
            domain_id=chance.choice(domains),
            document_number=f"云政发〔{moment.year}〕{number % 400 + 1}号",
            text="".join(f"<p>{sentence(chance)}</p>" for _ in range(4)),
            state=DisclosureState.PUBLISHED,
            version=1,
            live=True,
            digest=f"{number:064x}",
            published_at=moment,
            first_published_at=moment,
            created_at=moment,
        )


def title(chance: random.Random, year: int) -> str:
    """A title as districts write them."""
    place = "".join(chance.choices(NAMES, k=2))
    return f"{place}村{year}年{chance.choice(SUBJECTS)}{chance.choice(FORMS)}"


def sentence(chance: random.Random) -> str:
    """About seventy characters of office prose."""
    parts = [*chance.choices(PHRASES, k=9), chance.choice(SUBJECTS)]
    place = "".join(chance.choices(NAMES, k=2))
    return f"{place}村" + "，".join(chance.sample(parts, len(parts))) + "。"


def questions(chance: random.Random, *, length: int, n: int) -> list[str]:
    """``n`` stretches of ``length`` characters that stand somewhere in the records."""
    asked = []
    for _ in range(n):
        source = chance.choice((title(chance, 2026).replace("2026", ""), chance.choice(PHRASES)))
        source = source if len(source) >= length else chance.choice(SUBJECTS)
        at = chance.randrange(max(1, len(source) - length + 1))
        asked.append(source[at : at + length])
    return asked
