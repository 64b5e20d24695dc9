"""Texts of the demo district's disclosures: one composer for each kind of row, all wording our own."""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass, field, replace
from typing import Any

from gongkai.demo.content.people import firm_name, office_phone, person_name


@dataclass(frozen=True, slots=True)
class Subject:
    """What is written about and by whom."""

    level1: str
    level2: str
    domain: str
    body_name: str  # full name of the publishing body
    body_short: str
    body_key: str
    body_address: str
    basis: tuple[tuple[str, str], ...]
    localities: tuple[str, ...]  # villages and communities that may be named
    period: str = ""  # "2026-10", "2026Q3" or "" where the record answers no period


@dataclass(frozen=True, slots=True)
class DemoRecord:
    """A record ready for the real act: template, facts, prose, values, what to attach."""

    template: str
    title: str
    summary: str
    text: str = ""
    document_number: str = ""
    dated_on: dt.date | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    validity: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    attach: str = ""  # "" | "xlsx" | "docx" | "pdf" | "png"


def compose(subject: Subject, *, on: dt.date, chance: random.Random) -> DemoRecord:
    """The record that ``subject`` would publish with the date ``on``."""
    composer = next((c for endings, c in COMPOSERS if subject.level2.endswith(endings)), _report)
    record = composer(subject, on, chance)
    return replace(
        record,
        title=_typeset(record.title),
        summary=_typeset(record.summary),
        text=_typeset(record.text),
        values=_typeset(record.values),
    )


FULL_WIDTH = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？"}
AFTER_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff》”）)0-9])[,;:(?)](?=[\u4e00-\u9fff《“ <0-9,;)]|$)")


def _typeset(value: Any) -> Any:
    """The same value with full-width punctuation where it stands in Chinese text."""
    if isinstance(value, dict):
        return {key: _typeset(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_typeset(part) for part in value]
    if isinstance(value, str) and re.search(r"[\u4e00-\u9fff]", value):
        spaced = re.sub(r"(?<=\d)([,:])(?=\d)", lambda m: m[1] + "\x00", value)
        return AFTER_CHINESE.sub(lambda m: FULL_WIDTH[m[0]], spaced).replace("\x00", "")
    return value


def _period_name(subject: Subject, on: dt.date) -> str:
    """The period as people say it: the duty's own, else the quarter of the date."""
    year, _, part = subject.period.partition("-")
    if part:
        return f"{year}年{int(part)}月"
    year, _, part = (subject.period or f"{on.year}Q{(on.month - 1) // 3 + 1}").partition("Q")
    if part:
        return f"{year}年第{'一二三四'[int(part) - 1]}季度"
    return f"{year.replace('H1', '年上半年').replace('H2', '年下半年')}" + (
        "年" if year.isdigit() else ""
    )


def _guide(subject: Subject, on: dt.date, chance: random.Random) -> DemoRecord:
    matter = subject.level1
    days = chance.choice((3, 5, 7, 10, 15, 20))
    return DemoRecord(
        "service_guide",
        f"{matter}办事指南",
        f"办理{matter}需要什么条件、带什么材料、到哪里办、多长时间办结。",
        dated_on=on,
        values={
            "object_of_service": chance.choice(("个人", "企业和其他组织", "个人、企业和其他组织")),
            "legal_basis": [_cite(*law) for law in subject.basis],
            "conditions": f"<p>在云溪区办理{matter},应当同时符合下列条件:</p><ol><li>属于云溪区管辖范围;</li><li>材料真实、完整,申请人对其真实性负责;</li><li>符合{_cite(*subject.basis[-1])}规定的其他条件。</li></ol>",
            "materials": [
                {"material": "申请表", "form": "原件", "copies": "1", "remark": "窗口领取或网上下载"},
                {"material": "有效身份证明或者营业执照", "form": "验原件收复印件", "copies": "1", "remark": "已有电子证照的不再提交"},
                {"material": f"{matter}相关证明材料", "form": "原件", "copies": "1", "remark": chance.choice(("部门能够核查的由部门核查", "村(社区)不再开具证明", ""))},
            ],
            "procedure": ["申请:到窗口提交材料,或者网上申请", "受理:材料齐全当场受理,不齐全的一次告知", "审核:经办人审核,需要现场查看的提前约定时间", "决定:作出是否同意的决定并说明理由", "送达:电话或短信通知,窗口领取或邮寄"],
            "time_limit": f"法定时限 {days * 2} 个工作日,承诺时限 {days} 个工作日",
            "fee": "不收费",
            "place": f"云溪区政务服务中心二楼{chance.choice('ABCDE')}区 {chance.randint(1, 28)} 号窗口",
            "opening_hours": "工作日 9:00—12:00,13:30—17:00",
            "phone": office_phone(subject.body_key),
            "complaint_phone": office_phone(subject.body_key + "jd"),
        },
    )  # fmt: skip


def _policy(subject: Subject, on: dt.date, chance: random.Random) -> DemoRecord:
    matter = subject.level1 if subject.level1 not in {"政策文件", "综合信息"} else subject.domain
    genre = chance.choice(("实施细则", "工作方案", "管理办法", "若干措施"))
    title = f"{subject.body_name}关于印发《云溪区{matter}{genre}》的通知"
    clauses = (
        f"第一条 为规范{matter}工作,保障群众和企业的合法权益,根据{_cite(*subject.basis[-1])},结合本区实际,制定本{genre[-2:]}。",
        f"第二条 本区行政区域内的{matter}及其监督管理,适用本规定。",
        f"第三条 {matter}遵循公开、公平、便民的原则,条件、标准、程序和结果依法向社会公开。",
        f"第四条 {subject.body_short}负责全区{matter}的组织实施;各乡镇人民政府、街道办事处按照职责做好受理、初审和公示。",
        f"第五条 申请材料齐全的,应当在{chance.choice((5, 7, 10))}个工作日内作出决定;不予同意的,书面说明理由。",
        "第六条 审核结果在申请人所在村(社区)公示,公示期不少于15日,接受群众监督。",
        f"第七条 任何单位和个人可以拨打{office_phone(subject.body_key)}反映问题,{subject.body_short}在15个工作日内答复。",
        f"第八条 本规定自{on.year}年{on.month}月{on.day}日起施行,有效期五年。",
    )
    return DemoRecord(
        "policy_document",
        title,
        f"明确{matter}的适用范围、办理时限、公示和监督要求。",
        text=f"<p>各乡镇人民政府、街道办事处,区直有关单位:</p><p>《云溪区{matter}{genre}》已经研究同意,现印发给你们,请结合实际认真执行。</p><h3>云溪区{matter}{genre}</h3>" + "".join(f"<p>{clause}</p>" for clause in clauses),
        document_number=f"云{_sign(subject.body_short)}发〔{on.year}〕{chance.randint(1, 89)}号",
        dated_on=on,
        valid_from=on,
        valid_until=dt.date(on.year + 5, on.month, min(on.day, 28)),
        validity="in_force",
        values={"issuer": subject.body_name, "subject_words": [matter, "通知"]},
        attach=chance.choice(("", "", "docx", "pdf")),
    )  # fmt: skip


def _explanation(subject: Subject, on: dt.date, chance: random.Random) -> DemoRecord:
    matter = subject.domain
    answers = (
        ("为什么要出台?", f"近两年办理{matter}事项的群众反映材料多、跑动多,各乡镇掌握的标准不一致。新规定把条件、材料和时限写清楚,让办事有准数。"),
        ("哪些人能享受?", "户籍在云溪区,或者在云溪区连续居住满一年的居民,以及在云溪区登记的企业和合作社。"),
        ("和以前比有什么变化?", f"材料由{chance.randint(6, 9)}项减到{chance.randint(3, 5)}项;时限由20个工作日压缩到{chance.choice((5, 7, 10))}个工作日;村(社区)不再开具证明。"),
        ("到哪里办?", "就近到村(社区)便民服务站,或者区政务服务中心;不方便出门的老人可以打电话请网格员上门。"),
    )  # fmt: skip
    return DemoRecord(
        "article",
        f"一图读懂:云溪区{matter}新规定怎么看、怎么用",
        f"用四个问题说清{matter}新规定:为什么、谁能享受、变了什么、到哪办。",
        text="".join(f"<h3>{question}</h3><p>{answer}</p>" for question, answer in answers),
        dated_on=on,
        values={"source": subject.body_short},
        attach="png",
    )


def _results(subject: Subject, on: dt.date, chance: random.Random) -> DemoRecord:
    matter = subject.level1
    with_people = chance.random() < 0.7
    rows: list[dict[str, Any]] = []
    for _ in range(chance.randint(6, 18)):
        amount = chance.randrange(12_000, 480_000, 100)
        rows.append(
            {
                "person": person_name(chance) if with_people else "",
                "organisation": "" if with_people else firm_name(chance),
                "locality": chance.choice(subject.localities),
                "category": matter[:20],
                "quantity": str(chance.randint(1, 5)),
                "amount": amount,
                "since": f"{on.year}年{on.month}月",
                "conclusion": "符合条件",
            }
        )
    total = {
        "category": "合计",
        "quantity": str(sum(int(row["quantity"]) for row in rows)),
        "amount": sum(int(row["amount"]) for row in rows),
    }
    return DemoRecord(
        "result_list",
        f"{subject.body_short}{_period_name(subject, on)}{subject.level2}",
        f"本批{matter}共 {len(rows)} 户(家),金额合计 {sum(int(row['amount']) for row in rows) / 100:,.2f} 元。",
        dated_on=on,
        values={
            "batch": f"{on.year}年{on.month}月批次",
            "basis": f"<p>{_cite(*subject.basis[-1])}</p>",
            "results": [*rows, total],
            "supervision": f"<p>对结果有异议的,请在公示期内向{subject.body_short}反映,电话 {office_phone(subject.body_key)}。</p>",
            "ends_on": (on + dt.timedelta(days=20)).isoformat(),
        },
        attach=chance.choice(("", "xlsx")),
    )  # fmt: skip


def _profile(subject: Subject, on: dt.date, chance: random.Random) -> DemoRecord:
    return DemoRecord(
        "organisation_profile",
        f"{subject.body_name}机构概况",
        f"{subject.body_short}的职责、负责人、内设机构和联系方式。",
        dated_on=on,
        values={
            "functions": [f"贯彻执行国家关于{subject.domain}的法律法规和政策", f"拟订全区{subject.domain}工作规划并组织实施", f"负责{subject.domain}领域的政务公开", "完成区委、区政府交办的其他任务"],
            "leaders": [{"leader": person_name(chance), "post": post, "charge": charge} for post, charge in (("党组书记、局长", "主持全面工作"), ("党组成员、副局长", "分管业务与政务公开"), ("党组成员、副局长", "分管财务与监督"))],
            "sections": [{"section": section, "task": task, "phone": office_phone(subject.body_key + section)} for section, task in (("办公室", "综合协调、政务公开、信访"), ("政策法规股", "规范性文件起草与合法性审查"), ("业务股", f"{subject.domain}事项的受理和审核"))],
            "address": subject.body_address,
            "opening_hours": "工作日 8:30—12:00,14:00—17:30",
            "phone": office_phone(subject.body_key),
        },
    )  # fmt: skip


def _account(subject: Subject, on: dt.date, chance: random.Random) -> DemoRecord:
    is_final = "决算" in subject.level2
    year = on.year - 1 if is_final else on.year
    income = [
        ("一般公共预算拨款收入", chance.randint(800, 4200)),
        ("政府性基金预算拨款收入", chance.randint(0, 900)),
        ("其他收入", chance.randint(5, 120)),
    ]
    total = sum(amount for _, amount in income)
    staff = int(total * 0.42)
    expenditure = [("基本支出", staff), ("项目支出", total - staff)]
    return DemoRecord(
        "budget_account",
        f"云溪区{year}年度{subject.level2}",
        f"{year}年度收入、支出总计各 {total:,} 万元。",
        dated_on=on,
        values={
            "account_kind": "final" if is_final else "budget",
            "year": str(year),
            "approved_on": (on - dt.timedelta(days=chance.randint(3, 18))).isoformat(),
            "income": _account_rows(income, chance),
            "expenditure": _account_rows(expenditure, chance),
            "three_public": [{"subject": "“三公”经费", "total": 186_000_00, "abroad": 0, "reception": 46_000_00, "vehicles": 140_000_00}],
            "explanation": f"<p>{year}年度坚持过紧日子,一般性支出同比压减 {chance.randint(3, 9)}%。民生支出占比 {chance.randint(71, 82)}%,重点保障教育、社会救助和农村饮水。</p>",
        },
        attach="xlsx",
    )  # fmt: skip


def _account_rows(lines: list[tuple[str, int]], chance: random.Random) -> list[dict[str, Any]]:
    """Rows in fen with last year's figures and a 合计 row that closes."""
    rows: list[dict[str, Any]] = [
        {"subject": subject, "amount": amount * 1_000_000, "previous_amount": int(amount * chance.uniform(0.85, 1.1)) * 1_000_000, "remark": ""}
        for subject, amount in lines
    ]  # fmt: skip
    rows.append({"subject": "合计", "amount": sum(row["amount"] for row in rows), "previous_amount": sum(row["previous_amount"] for row in rows), "remark": ""})  # fmt: skip
    return rows


def _announcement(subject: Subject, on: dt.date, chance: random.Random) -> DemoRecord:
    ends_on = on + dt.timedelta(days=30)
    name = subject.level1 if subject.level2 == "征求意见" else subject.level2
    return DemoRecord(
        "notice",
        f"{subject.body_short}关于{name.removesuffix('公告').removesuffix('公示')}的公告",
        f"{on.month}月{on.day}日起至{ends_on.month}月{ends_on.day}日止,欢迎提出意见。",
        text=f"<p>根据{_cite(*subject.basis[-1])},现将{subject.level1}有关情况公告如下:</p><p>一、范围:{'、'.join(chance.sample(subject.localities, 2))}。</p><p>二、主要内容:{'、'.join(_elements(subject))}。相关图件和说明材料可在区政务服务中心公开查阅点、所在乡镇(街道)便民服务站查看。</p><p>三、意见反映:公告期内,单位和个人可以书面、电话或者当面反映意见,我们逐条登记并答复采纳情况。</p><p>特此公告。</p>",
        dated_on=on,
        values={
            "notice_kind": "public_notice" if "公示" in subject.level2 else "announcement",
            "starts_on": on.isoformat(),
            "ends_on": ends_on.isoformat(),
            "contact_office": subject.body_short,
            "contact_phone": office_phone(subject.body_key),
            "objections": "<p>来信、来电、来访均可;请留下联系方式,便于答复。</p>",
        },
        attach=chance.choice(("", "", "pdf")),
    )  # fmt: skip


def _report(subject: Subject, on: dt.date, chance: random.Random) -> DemoRecord:
    period = _period_name(subject, on)
    accepted = chance.randint(18, 420)
    done = accepted - chance.randint(0, 12)
    rows = "".join(
        f"<tr><td>{locality}</td><td>{chance.randint(1, 40)}</td><td>{chance.randint(0, 6)}</td></tr>"
        for locality in chance.sample(subject.localities, min(5, len(subject.localities)))
    )
    return DemoRecord(
        "article",
        f"{subject.body_short}{period}{subject.level2.removesuffix('情况')}情况",
        f"{subject.body_short}{period}受理 {accepted} 件、办结 {done} 件,附各村(社区)分布。",
        text=(
            f"<p>{period},{subject.body_short}围绕{subject.level1}受理事项 {accepted} 件,办结 {done} 件,按时办结率 {done / accepted:.1%}。</p>"
            f"<h3>一、主要情况</h3><p>{chance.choice(OPENINGS)}{chance.choice(DETAILS)}</p>"
            f"<h3>二、分布</h3><table><thead><tr><th>村(社区)</th><th>办理件数</th><th>咨询件数</th></tr></thead><tbody>{rows}</tbody></table>"
            f"<h3>三、下一步安排</h3><p>{chance.choice(PLANS)}对公布内容有疑问的,请拨打 {office_phone(subject.body_key)}。</p>"
        ),
        dated_on=on,
        values={"source": subject.body_short},
        attach=chance.choice(("", "", "", "xlsx", "png")),
    )  # fmt: skip


OPENINGS = (
    "本期办理量较上期有所上升,主要集中在月中和月末两个时段。",
    "各乡镇、街道初审质量明显提高,退回补正的件数减少三成。",
    "针对群众反映的排队时间长问题,新增两个综合窗口并延长周六上午服务。",
    "会同村(社区)开展了一次集中走访,把政策讲到院落里、板凳上。",
)
DETAILS = (
    "其中网上办理占六成,帮办代办一百二十余件,上门为行动不便的老人办理二十三件。",
    "抽查案卷三十份,发现材料归档不齐的四份,已全部整改。",
    "投诉一件,已在五个工作日内办结并回访,来电人表示满意。",
    "对不符合条件的申请逐件说明理由,告知救济渠道。",
)
PLANS = (
    "下期将把办理指南印成大字版,放到每个村(社区)便民服务站。",
    "下期重点清理超期未办结事项,逐件明确责任人和完成日期。",
    "继续压缩办理时限,能当场办结的不过夜。",
    "对照标准目录逐项核对公开内容,缺的补、旧的换、错的改。",
)


def _elements(subject: Subject) -> tuple[str, ...]:
    return (f"{subject.level2}的依据和范围", "具体安排和标准", "公众反映意见的方式")


def _cite(name: str, number: str) -> str:
    return f"《{name}》({number})" if number else f"《{name}》"


def _sign(short_name: str) -> str:
    return short_name.removeprefix("区").removesuffix("局") or "政"


COMPOSERS = (
    (("办事指南", "办理指引"), _guide),
    (("政策法规文件", "规范性文件", "政策", "法规政策", "管理办法"), _policy),
    (("政策解读",), _explanation),
    (("审核信息", "初审结果", "办理结果", "发放结果", "分配结果", "补偿结果", "认定结果"), _results),
    (("机构职能",), _profile),
    (("政府预算", "政府决算", "部门预算", "部门决算"), _account),
    (("征求意见", "公告", "公示", "告知", "听证", "草案"), _announcement),
)  # fmt: skip
