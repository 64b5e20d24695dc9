"""A service guide (办事指南): who may apply, with what, how long it takes, what it costs, where."""

from gongkai.disclosures.schema import Field, Kind, Paper, RecordTemplate

TEMPLATE = RecordTemplate(
    name="service_guide",
    label="办事指南",
    description="受理条件、材料、流程、时限、收费、地点、电话，缺一项群众就要多跑一趟。",
    fields=(
        Field("object_of_service", "服务对象", is_required=True),
        Field("legal_basis", "设定依据", kind=Kind.LIST, is_required=True, hint="每行一条"),
        Field("conditions", "受理条件", kind=Kind.PROSE, is_required=True),
        Field(
            "materials",
            "申请材料",
            kind=Kind.TABLE,
            is_required=True,
            columns=(
                Field("material", "材料名称", is_required=True, max_length=200),
                Field("form", "形式", max_length=80, hint="原件、复印件、电子件"),
                Field("copies", "份数", kind=Kind.NUMBER),
                Field("remark", "说明", max_length=200),
            ),
        ),
        Field("procedure", "办理流程", kind=Kind.LIST, is_required=True, hint="每行一步"),
        Field("time_limit", "办理时限", is_required=True, hint="法定时限与承诺时限"),
        Field("fee", "收费标准", is_required=True, hint="不收费的写“不收费”"),
        Field("place", "办理地点", is_required=True),
        Field("opening_hours", "办理时间", is_required=True),
        Field("phone", "咨询电话", is_required=True, max_length=80),
        Field("complaint_phone", "监督投诉电话", max_length=80),
        Field("online_url", "网上办理", kind=Kind.URL, max_length=500),
    ),
    papers=(Paper.THREE_REVIEWS,),
    facts=("summary", "dated_on"),
)
