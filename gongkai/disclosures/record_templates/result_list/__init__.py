"""A list of results (补贴、救助、评定名单): people's names are masked on the web."""

from gongkai.disclosures.schema import Field, Kind, Paper, Personal, RecordTemplate, TotalRow

TEMPLATE = RecordTemplate(
    name="result_list",
    label="结果名单",
    description="补贴、救助、评定、录取等结果。网上自动隐去姓名中间的字，不填写证件号、银行卡号和病残情况。",
    fields=(
        Field("batch", "批次或时段", is_required=True, max_length=80),
        Field("basis", "政策依据", kind=Kind.PROSE, is_required=True),
        Field(
            "results",
            "名单",
            kind=Kind.TABLE,
            is_required=True,
            columns=(
                Field("person", "姓名", personal=Personal.PERSON_NAME, max_length=60),
                Field("organisation", "单位名称", max_length=160),
                Field("locality", "所在乡镇、村（社区）", max_length=120),
                Field("category", "类别", max_length=80),
                Field("quantity", "数量", kind=Kind.NUMBER),
                Field("amount", "金额（元）", kind=Kind.MONEY),
                Field("since", "起始年月或日期", max_length=40),
                Field("conclusion", "结果", max_length=120),
            ),
            sums=(TotalRow("category", ("quantity", "amount")),),
        ),
        Field("supervision", "监督渠道", kind=Kind.PROSE, is_required=True),
        Field("ends_on", "公示结束日期", kind=Kind.DATE),
    ),
    papers=(Paper.SECRECY, Paper.THREE_REVIEWS),
    facts=("summary", "document_number", "dated_on"),
)
