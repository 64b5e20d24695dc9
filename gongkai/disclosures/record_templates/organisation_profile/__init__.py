"""The profile of a body (机构职能): duties, leaders, inner sections, address, hours, telephone."""

from gongkai.disclosures.schema import Field, Kind, Paper, RecordTemplate

TEMPLATE = RecordTemplate(
    name="organisation_profile",
    label="机构概况",
    description="机构职能、负责人、内设机构、办公地址、办公时间和联系方式。",
    fields=(
        Field("functions", "机构职能", kind=Kind.LIST, is_required=True, hint="每行一条"),
        Field(
            "leaders",
            "负责人",
            kind=Kind.TABLE,
            is_required=True,
            columns=(
                Field("leader", "姓名", is_required=True, max_length=40),
                Field("post", "职务", is_required=True, max_length=80),
                Field("charge", "分工", max_length=300),
            ),
        ),
        Field(
            "sections",
            "内设机构",
            kind=Kind.TABLE,
            columns=(
                Field("section", "名称", is_required=True, max_length=80),
                Field("task", "职责", max_length=300),
                Field("phone", "办公电话", max_length=60),
            ),
        ),
        Field("address", "办公地址", is_required=True),
        Field("opening_hours", "办公时间", is_required=True),
        Field("phone", "联系电话", is_required=True, max_length=80),
        Field("postcode", "邮政编码", max_length=10),
        Field("email", "电子邮箱", max_length=120),
    ),
    papers=(Paper.SECRECY,),
    facts=("summary",),
)
"""Leaders' names are public by their office (条例 art. 20), so no class of personal data."""
