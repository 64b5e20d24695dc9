"""A notice or public announcement (通知公告、公示): what, until when, whom to call."""

from gongkai.disclosures.schema import Field, Kind, Paper, RecordTemplate

TEMPLATE = RecordTemplate(
    name="notice",
    label="通知公告",
    description="通知、公告、公示。公示要写明起止日期和反映意见的方式。",
    fields=(
        Field(
            "notice_kind",
            "类别",
            kind=Kind.CHOICE,
            is_required=True,
            choices=(
                ("notice", "通知"),
                ("announcement", "公告"),
                ("public_notice", "公示"),
                ("tender", "招标采购"),
                ("recruitment", "招考招聘"),
            ),
        ),
        Field("starts_on", "公示开始日期", kind=Kind.DATE),
        Field("ends_on", "公示结束日期", kind=Kind.DATE),
        Field("contact_office", "联系单位", max_length=120),
        Field("contact_phone", "联系电话", max_length=60, hint="填写办公电话"),
        Field("objections", "意见反映方式", kind=Kind.PROSE),
    ),
    papers=(Paper.THREE_REVIEWS,),
    facts=("summary", "document_number", "dated_on"),
    needs_text_or_attachment=True,
)
