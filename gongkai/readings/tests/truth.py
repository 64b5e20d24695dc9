"""What the fictional catalogue of 云溪区 really says, and checks of a reading against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.readings.reading import Reading, ReadRow

CHANNELS = {
    "website": "政府网站", "gazette": "政府公报", "new_media": "两微一端",
    "press_conference": "发布会/听证会", "broadcast": "广播电视", "print": "纸质媒体",
    "reading_point": "公开查阅点", "service_centre": "政务服务中心",
    "convenience_point": "便民服务站", "visit": "入户/现场",
    "board": "社区/企事业单位/村公示栏(电子屏)", "push": "精准推送", "other": "其他",
}  # fmt: skip
TICK_COLUMNS = ("全社会", "特定群体", "主动", "依申请", "县级", "乡级")


@dataclass(frozen=True)
class TrueRow:
    """One catalogue row: what each cell says in clean form and what that means."""

    number: str
    level1: str
    level2: str
    contents: tuple[str, ...]
    basis: tuple[tuple[str, str | None], ...]  # (name, document number)
    deadline: str
    kind: str
    n: int | None
    bodies: tuple[str, ...]
    channels: frozenset[str]
    ticks: tuple[bool, ...]  # in the order of TICK_COLUMNS
    extra: dict[str, str] = field(default_factory=dict)

    def basis_text(self) -> str:
        """The basis cell."""
        return "、".join(
            f"《{name}》" + (f"({number})" if number else "") for name, number in self.basis
        )


REGULATION = ("中华人民共和国政府信息公开条例", "国令第711号")
AFTER_10 = "制定或获取信息之日起10个工作日内"
AFTER_20 = "信息形成或者变更之日起20个工作日内"
BOTH = ("云溪区民政局", "乡镇人民政府(街道办事处)")
ALL = (True, False, True, False, True, True)
COUNTY = (True, False, True, False, True, False)
GROUP = (False, True, False, True, True, True)

ROWS: tuple[TrueRow, ...] = (
    TrueRow("1", "综合业务", "政策法规文件", ("救助类政策文件", "配套实施办法"), (REGULATION,),
            AFTER_10, "workdays_after", 10, BOTH, frozenset({"website", "reading_point"}), ALL),
    TrueRow("2", "综合业务", "监督检查", ("信访通讯地址", "投诉举报电话"), (REGULATION,),
            AFTER_20, "workdays_after", 20, BOTH, frozenset({"website", "board"}), ALL),
    TrueRow("3", "最低生活保障", "办事指南", ("办理条件", "申请材料", "办理流程"),
            (REGULATION, ("云溪区最低生活保障工作细则", None)), AFTER_10, "workdays_after", 10,
            BOTH, frozenset({"website", "service_centre"}), ALL),
    TrueRow("4", "最低生活保障", "审批结果", ("保障对象名单", "保障金额"), (REGULATION,),
            "及时公开", "prompt", None, ("云溪区民政局",), frozenset({"board"}), GROUP),
    TrueRow("5", "临时救助", "救助标准", ("救助对象范围", "救助金额标准"),
            (("云溪区临时救助实施办法", "云政发〔2021〕8号"),), "每季度公布一次", "periodic", None,
            ("乡镇人民政府(街道办事处)",), frozenset({"website", "board"}), COUNTY),
    TrueRow("6", "临时救助", "救助资金", ("资金安排情况", "资金使用情况"), (REGULATION,),
            "长期公开", "permanent", None, ("云溪区财政局",), frozenset({"website"}), COUNTY),
)  # fmt: skip

FIELDS = ("number", "level1", "level2", "contents", "basis", "deadlines", "bodies", "channels")


def said(row: ReadRow, name: str) -> object:
    """The value of the field in the form of the truth, or None where it is not known."""
    if name in {"number", "level1", "level2"}:
        return getattr(row, name)
    if name == "contents":
        return tuple("".join(x.split()) for x in row.contents) or None
    if name == "basis":
        return tuple((b.name, b.document_number) for b in row.basis) or None
    if name == "deadlines":
        known = [d for d in row.deadlines if d.kind != "unknown" and not d.inferred]
        known = known or [d for d in row.deadlines if d.kind == "prompt"]
        return (known[0].kind, known[0].n) if known else None
    if name == "bodies":
        return row.bodies or None
    return frozenset(c.code for c in row.channels if c.ticked) if row.channels else None


def meant(row: TrueRow, name: str) -> object:
    """What the truth says of the field."""
    if name == "deadlines":
        return (row.kind, row.n)
    return getattr(row, name)


def same(name: str, found: object, true: object) -> bool:
    """Whether the value found is the true one (numbers of prompt deadlines are inferred)."""
    if name == "deadlines" and isinstance(true, tuple) and true[1] is None:
        return isinstance(found, tuple) and found[0] == true[0]
    if name == "basis" and isinstance(found, tuple) and isinstance(true, tuple):
        return [_flat(x) for x in found] == [_flat(x) for x in true]
    if name == "bodies" and isinstance(found, tuple):
        found = tuple(x.replace("（", "(").replace("）", ")") for x in found)
    return found == true


def _flat(basis: tuple[str | None, str | None]) -> tuple[str, str]:
    name, number = basis
    return ("".join((name or "").split()), "".join((number or "").split()))


def ticks_of(row: ReadRow) -> dict[str, bool | None]:
    """The ticks of a row under the words of the form."""
    found = {
        "全社会": row.audience.society, "特定群体": row.audience.group,
        "主动": row.mode.proactive, "依申请": row.mode.on_request,
    }  # fmt: skip
    return found | row.levels


def wrong_facts(row: ReadRow, true: TrueRow) -> list[str]:
    """Every fact of the row that is not what the catalogue says; unknown is never wrong."""
    wrong = []
    for name in FIELDS:
        found = said(row, name)
        if found is not None and not same(name, found, meant(true, name)):
            wrong.append(f"{name}: {found!r} instead of {meant(true, name)!r}")
    truth = dict(zip(TICK_COLUMNS, true.ticks, strict=True))
    for column, tick in ticks_of(row).items():
        if tick is not None and column in truth and tick != truth[column]:
            wrong.append(f"{column}: {tick}")
    return wrong


def missing_facts(row: ReadRow, true: TrueRow, *, columns: Iterable[str]) -> set[str]:
    """The fields and √ columns among ``columns`` that are not known."""
    wanted = set(columns)
    missing = {name for name in FIELDS if name in wanted and said(row, name) is None}
    ticks = ticks_of(row)
    return missing | {c for c in TICK_COLUMNS if c in wanted and ticks.get(c) is None}


def all_rows(reading: Reading) -> list[ReadRow]:
    """The rows of all tables in order."""
    return [row for table in reading.tables for row in table.rows]


def asked(reading: Reading) -> set[str]:
    """The codes of all questions."""
    return {question.why for row in all_rows(reading) for question in row.questions}


def matched(reading: Reading, truth: Sequence[TrueRow]) -> list[tuple[ReadRow, TrueRow]]:
    """Each read row with its true row: by number where it has one, else in order."""
    rows = all_rows(reading)
    by_number = {row.number: row for row in truth}
    if rows and all(row.number in by_number for row in rows):
        return [(row, by_number[row.number or ""]) for row in rows]
    assert len(rows) == len(truth), f"{len(rows)} rows instead of {len(truth)}"
    return list(zip(rows, truth, strict=True))
