"""A budget or final account: its tables must add up and close on each other."""

from gongkai.disclosures.schema import (
    Balance,
    Field,
    Kind,
    Paper,
    RecordTemplate,
    RowSum,
    TotalRow,
)

_AMOUNTS = (
    Field("amount", "金额（元）", kind=Kind.MONEY, is_required=True),
    Field("previous_amount", "上年金额（元）", kind=Kind.MONEY),
    Field("remark", "说明", max_length=200),
)

TEMPLATE = RecordTemplate(
    name="budget_account",
    label="预算决算",
    description="部门或政府的预算、决算。收支合计自动核对，批准后 20 日内公开。",
    fields=(
        Field(
            "account_kind",
            "类别",
            kind=Kind.CHOICE,
            is_required=True,
            choices=(("budget", "预算"), ("final", "决算")),
        ),
        Field("year", "年度", kind=Kind.NUMBER, is_required=True),
        Field("approved_on", "批准（批复）日期", kind=Kind.DATE, is_required=True),
        Field(
            "income",
            "收入表",
            kind=Kind.TABLE,
            is_required=True,
            columns=(Field("subject", "项目", is_required=True, max_length=120), *_AMOUNTS),
            sums=(TotalRow("subject", ("amount", "previous_amount"), is_required=True),),
        ),
        Field(
            "expenditure",
            "支出表",
            kind=Kind.TABLE,
            is_required=True,
            columns=(Field("subject", "项目", is_required=True, max_length=120), *_AMOUNTS),
            sums=(TotalRow("subject", ("amount", "previous_amount"), is_required=True),),
        ),
        Field(
            "three_public",
            "“三公”经费",
            kind=Kind.TABLE,
            columns=(
                Field("subject", "项目", is_required=True, max_length=120),
                Field("total", "合计（元）", kind=Kind.MONEY, is_required=True),
                Field("abroad", "因公出国（境）费", kind=Kind.MONEY),
                Field("reception", "公务接待费", kind=Kind.MONEY),
                Field("vehicles", "公务用车费", kind=Kind.MONEY),
            ),
            sums=(RowSum("total", ("abroad", "reception", "vehicles")),),
        ),
        Field("explanation", "情况说明", kind=Kind.PROSE, is_required=True),
    ),
    papers=(Paper.SECRECY, Paper.THREE_REVIEWS),
    facts=("summary", "document_number", "dated_on"),
    balances=(Balance(("income", "amount"), ("expenditure", "amount")),),
)
